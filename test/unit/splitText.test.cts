import fc from 'fast-check';

import { splitText } from '../../nodes/Eyun/text/split.ts';

/** Long texts in parts: where they are cut, and that nothing is lost. */

const graphemes = (text: string) =>
	[...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
		({ segment }) => segment,
	);

const FAMILY = '👨‍👩‍👧‍👦';
const ASTRONAUT = '👩🏽‍🚀';
const FLAG = '🇨🇳';

it.each([
	['nothing of white space', ' \n\t ', 10, []],
	['what is short enough, as it is', '  one\n\ntwo  ', 20, ['one\n\ntwo']],
	[
		'between paragraphs',
		'first\nline\n\nsecond\nline\n\nthird',
		25,
		['first\nline\n\nsecond\nline', 'third'],
	],
	['between lines', 'first line\nsecond line\nthird', 23, ['first line\nsecond line', 'third']],
	[
		'between sentences',
		'第一句。第二句！“第三句？”第四句',
		13,
		['第一句。第二句！', '“第三句？”第四句'],
	],
	[
		'behind a full stop, not inside a number',
		'Costs 3.14 in all. Then more',
		20,
		['Costs 3.14 in all.', 'Then more'],
	],
	['between words', 'alpha beta gamma delta', 12, ['alpha beta', 'gamma delta']],
	['anywhere, if there is no better place', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
	['behind white space that reaches over the limit', 'abcd    efgh', 4, ['abcd', 'efgh']],
	['not before an early paragraph', 'a\n\nbbbb bbbb bbbb', 12, ['a\n\nbbbb bbbb', 'bbbb']],
])('cuts %s', (_what, text, limit, parts) => {
	expect(splitText(text, limit)).toEqual(parts);
});

it('leaves room in the first part', () => {
	expect(splitText('aaaa bbbb cccc', 9, 4)).toEqual(['aaaa', 'bbbb cccc']);
});

it.each([
	['surrogate pairs', '😀'.repeat(50), 7],
	['families', FAMILY.repeat(20), 30],
	['skin tones', ASTRONAUT.repeat(20), 20],
	['flags', FLAG.repeat(40), 30],
	['accents', 'e\u0301'.repeat(50), 7],
	['keys and signs', '1️⃣!️⃣'.repeat(30), 10],
])('keeps %s whole', (_what, text, limit) => {
	const parts = splitText(text, limit);
	expect(parts.join('')).toBe(text);
	expect(parts.flatMap(graphemes)).toEqual(graphemes(text));
	expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(limit);
});

it('goes on where one character is longer than a part, without halving a surrogate pair', () => {
	const zalgo = `😀${'\u0301'.repeat(30)}😀`;
	const parts = splitText(zalgo, 8);
	expect(parts.join('')).toBe(zalgo);
	expect(parts.every((part) => !/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/.test(part))).toBe(true);
});

it('loses nothing but white space, and keeps to the limit', () => {
	const piece = fc.constantFrom(
		'a',
		'word',
		' ',
		'\n',
		'\n\n',
		'\r\n',
		'。',
		'. ',
		'！',
		'?',
		'，',
		'中文',
		'😀',
		FAMILY,
		FLAG,
		ASTRONAUT,
		'e\u0301',
		'3.14',
		'\t',
		'\u3000',
		'”',
	);
	const text = fc.oneof(
		fc.array(piece, { maxLength: 300 }).map((pieces) => pieces.join('')),
		fc.string({ unit: 'binary', maxLength: 300 }),
	);
	fc.assert(
		fc.property(
			text,
			fc.integer({ min: 50, max: 120 }),
			fc.integer({ min: 25, max: 50 }),
			(given, limit, first) => {
				const parts = splitText(given, limit, first);
				const bare = (some: string) => some.replace(/\s/g, '');
				expect(bare(parts.join(''))).toBe(bare(given));
				parts.forEach((part, place) => {
					expect(part.length).toBeLessThanOrEqual(place === 0 ? first : limit);
					expect(part).toBe(part.trim());
					expect(part).not.toBe('');
					expect(
						/^[\uDC00-\uDFFF]/.test(part) && !/(^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(given),
					).toBe(false);
				});
			},
		),
		{ numRuns: 1_000 },
	);
});

it('takes time in proportion to the text', () => {
	const began = performance.now();
	splitText('word '.repeat(200_000), 2_000);
	splitText('\n'.repeat(100_000) + ' '.repeat(100_000) + 'x', 2_000);
	splitText('x'.repeat(500_000), 2_000);
	expect(performance.now() - began).toBeLessThan(15_000);
});
