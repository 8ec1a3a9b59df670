/** The pages about n8n's inside and about traps name tests and code that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import {
	CONTRACT,
	entriesOf,
	isIn,
	packageSources,
	ROOT,
	titlesIn,
	TRAPS,
	wrongAboutN8n,
} from '../support/contractDocs.cts';

/** n8n's packages that this one's tests have; what of `n8n` itself is named, the e2e tests check. */
const INSTALLED = ['n8n-core', 'n8n-workflow'];

describe.each([CONTRACT, TRAPS])('%s', (page) => {
	const entries = entriesOf(page);
	const named = entries.flatMap(({ guards }) => guards);

	it('has entries', () => expect(entries.length).toBeGreaterThan(14));

	it('has a test for each entry, or says why there is none', () => {
		const without = entries.filter(({ guards, untested }) => guards.length === 0 && !untested);
		expect(without.map(({ heading }) => heading)).toEqual([]);
	});

	it('names test files that are there', () => {
		const files = [...new Set(named.map(({ file }) => file))];
		expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
	});

	it('names titles of tests as they stand in those files', () => {
		const wrong = named.filter(
			({ file, title }) => existsSync(join(ROOT, file)) && !titlesIn(file).includes(title),
		);
		expect(wrong).toEqual([]);
	});

	it('names functions, classes and constants that the package has', () => {
		const sources = packageSources();
		const wrong = entries.flatMap(({ heading, where }) =>
			where.filter((name) => !isIn(sources, name)).map((name) => `${heading}: ${name}`),
		);
		expect(wrong).toEqual([]);
	});

	it('names code that n8n has', () => {
		const read = (file: string) => {
			const [name, ...path] = file.split('/');
			// Not known here: taken for right.
			if (!INSTALLED.includes(name)) return readFileSync(join(ROOT, page), 'utf8');
			const whole = join(dirname(require.resolve(`${name}/package.json`)), ...path);
			return existsSync(whole) ? readFileSync(whole, 'utf8') : undefined;
		};
		expect(wrongAboutN8n(page, read)).toEqual([]);
	});
});

it('each entry of docs/n8n-contract.md says where it matters, where n8n does it, and what happens without', () => {
	const incomplete = entriesOf(CONTRACT).filter(
		({ text, where, inN8n }) =>
			where.length === 0 ||
			inN8n.length === 0 ||
			!/^- Seen: .*\d+\.\d+/m.test(text) ||
			!/^- Without it: /m.test(text),
	);
	expect(incomplete.map(({ heading }) => heading)).toEqual([]);
});

it('each entry of docs/traps.md gives its reason', () => {
	const without = entriesOf(TRAPS).filter(({ text }) => !/^- Why: /m.test(text));
	expect(without.map(({ heading }) => heading)).toEqual([]);
});
