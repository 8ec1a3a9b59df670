/** An n8n that is there already, for `npm run demo -- --n8n <folder>`: what is refused, and in which words. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownN8n } from '../../scripts/lib/own-n8n.cts';

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'own-n8n-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts an n8n of this version where npm would, whose command does what the script says. */
function installed(version: string, script = ''): void {
	const root = join(folder, 'node_modules', 'n8n');
	mkdirSync(join(root, 'bin'), { recursive: true });
	writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'n8n', version }));
	writeFileSync(join(root, 'bin', 'n8n'), script);
}

it('is looked for where npm puts it', async () => {
	await expect(ownN8n(folder)).rejects.toThrow(/^There is no n8n in .*npm prefix -g/);
	await expect(ownN8n(join(folder, 'nowhere'))).rejects.toThrow('There is no n8n in');
});

it.each(['0.236.3', '1.50.0', '1.122.5'])('is refused when it is %s', async (version) => {
	installed(version);
	await expect(ownN8n(folder)).rejects.toThrow(
		`is ${version}. The nodes are made for n8n 1.123 and newer`,
	);
});

it.each(['1.123.0', '1.200.0', '2.0.3', '3.0.0'])('is taken when it is %s', async (version) => {
	installed(version);
	const { n8n, node } = await ownN8n(folder);
	expect(n8n.version).toBe(version);
	expect(node.binary).toBe(process.execPath);
});
