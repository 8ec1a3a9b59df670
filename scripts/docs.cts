/** `npm run docs`: writes the documents that are derived from the code (see lib/docs.cts). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { derivedDocuments } from './lib/docs.cts';

const ROOT = resolve(__dirname, '..');

for (const { path, render } of derivedDocuments) {
	const file = join(ROOT, path);
	const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
	const text = render(present);
	if (text !== present) writeFileSync(file, text);
	console.log(`${path}: ${text === present ? 'is current' : 'written'}`);
}
