/**
 * The RE2 of the package, which asks JavaScript where the library has tables of Unicode, against the
 * library itself. Needs `npm run build` first.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { RE2JS } from 're2js';
import { unicodeRanges } from '../../nodes/Eyun/libraries/unicodeRanges';

const PACKAGED = resolve(__dirname, '../../dist/nodes/Eyun/libraries/regex.js');

let packaged: { RE2JS: typeof RE2JS };
beforeAll(async () => {
	packaged = (await import(PACKAGED)) as typeof packaged;
});

/** Those that patterns of our users are likely to have, and the odd ones. */
const PROPERTIES = [
	...['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Latin', 'Cyrillic', 'Common'],
	...['L', 'Lu', 'Ll', 'N', 'Nd', 'P', 'Po', 'S', 'So', 'Z', 'Zs', 'C', 'Cs', 'Emoji'],
];

/** One that Node.js may not know yet is left out: RE2's tables may be those of a newer Unicode. */
const isAssigned = (text: string) => !/\p{Cn}/u.test(text);

/** Where an answer may change, and the middle between. */
function probes(ranges: readonly number[]): string[] {
	const edges = ranges.flatMap((code) => [code - 1, code, code + 1]);
	const middles = ranges.slice(1).map((code, at) => Math.floor((code + ranges[at]) / 2));
	return [...edges, ...middles]
		.filter((code) => code >= 0 && code <= 0x10ffff)
		.map((code) => String.fromCodePoint(code))
		.filter(isAssigned);
}

describe('RE2 in the package', () => {
	it.each(PROPERTIES)(String.raw`finds \p{%s} where the library finds it`, (property) => {
		const script = unicodeRanges(`Script=${property}`);
		const texts = probes(script.length > 0 ? script : unicodeRanges(property));
		const finds = ({ compile }: typeof RE2JS, pattern: string) => {
			const compiled = compile(pattern);
			return texts.map((text) => compiled.matcher(text).find());
		};
		expect(texts.length).toBeGreaterThan(3);
		for (const pattern of [`^\\p{${property}}$`, `^\\P{${property}}$`, `(?i)^\\p{${property}}$`]) {
			expect(finds(packaged.RE2JS, pattern)).toEqual(finds(RE2JS, pattern));
		}
	});

	it('knows every name that the library knows, and no other', () => {
		const names = (code: string) =>
			[...code.matchAll(/(\w+): ?\(\) ?=> ?new /g)].map(([, name]) => name).sort();
		const library = names(readFileSync(require.resolve('re2js'), 'utf8'));
		expect(library.length).toBeGreaterThan(200);
		expect(names(readFileSync(PACKAGED, 'utf8'))).toEqual(library);
		expect(() => packaged.RE2JS.compile(String.raw`\p{Klingon}`)).toThrow(
			'invalid character class',
		);
	});

	it('takes a property that JavaScript does not know for one that no character has', () => {
		expect(unicodeRanges('Script=Klingon')).toEqual([]);
	});
});
