/**
 * `npm run publisher`: writes what publisher.json says into every file that repeats it. With `--check` it
 * writes nothing, and fails where something would keep the package from being published; npm runs that
 * before it publishes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './lib/package.cts';
import { FILES, type Publisher, publisherFlaws, withPublisher } from './lib/publisher.cts';

const read = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8');

const publisher = JSON.parse(read('publisher.json')) as Publisher;

if (process.argv.includes('--check')) {
	const flaws = publisherFlaws(publisher, read);
	if (flaws.length > 0) {
		console.error(`Not to be published yet. publisher.json:\n\n   ${flaws.join('\n   ')}\n`);
		process.exitCode = 1;
	}
} else {
	for (const file of FILES) {
		const before = read(file);
		const after = withPublisher(file, before, publisher);
		if (after !== before) writeFileSync(join(REPOSITORY, file), after);
		console.log(`${file}: ${after === before ? 'is current' : 'written'}`);
	}
}
