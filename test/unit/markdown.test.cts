import fc from 'fast-check';

import { plainText } from '../../nodes/Eyun/text/markdown.ts';

/** Markdown as language models write it, made readable in WeChat. */

it.each([
	['headings', '# One\n\n## Two ##\ntext\n\nThree\n===', 'One\n\nTwo\ntext\n\nThree'],
	['bold, italics, strikes', '**a** __b__ *c* _d_ ***e*** ~~f~~', 'a b c d e f'],
	['bold beside Chinese punctuation', '**注意：**请看**“这里”**好', '注意：请看“这里”好'],
	['bullets', '- one\n* two\n+ three', '• one\n• two\n• three'],
	['numbers as they were written', '3. three\n4. four\n\n1) one', '3. three\n4. four\n\n1) one'],
	['lists in lists', '1. one\n   - a\n   - b\n2. two', '1. one\n  • a\n  • b\n2. two'],
	['lists with space between', '- one\n\n- two', '• one\n\n• two'],
	['tasks', '- [ ] open\n- [x] done', '☐ open\n☑ done'],
	['tables', '| A | **B** |\n|:--|--:|\n| 1 | `2` |\n| 3 |', 'A | B\n1 | 2\n3 |'],
	[
		'links',
		'[site](https://a.cn/x "t"), <https://b.cn>, https://c.cn/d_e_f',
		'site (https://a.cn/x), https://b.cn, https://c.cn/d_e_f',
	],
	[
		'links whose text is the address',
		'[https://a.cn](https://a.cn) [a.cn](https://a.cn/)',
		'https://a.cn a.cn',
	],
	['links by reference', '[site][1]\n\n[1]: https://a.cn', 'site (https://a.cn)'],
	['mail addresses', '<a@b.cn> and c@d.cn', 'a@b.cn and c@d.cn'],
	[
		'images',
		'![a chart](https://a.cn/x.png) ![](https://a.cn/y.png)',
		'a chart (https://a.cn/x.png) https://a.cn/y.png',
	],
	[
		'code',
		'Run `npm *i*` now:\n```sh\nnpm i\n  # x **y**\n```\ndone',
		'Run npm *i* now:\nnpm i\n  # x **y**\ndone',
	],
	['quotes', '> one\n> **two**\n\nthree', 'one\ntwo\n\nthree'],
	['rules', 'one\n\n---\n\ntwo', 'one\n\n———\n\ntwo'],
	['line breaks as they are', 'one\ntwo  \nthree\\\nfour<br>five', 'one\ntwo\nthree\nfour\nfive'],
	['escapes and entities', '\\*no\\* 1 &lt; 2 &amp;&amp; a&nbsp;b', '*no* 1 < 2 && a b'],
])('turns %s into plain text', async (_what, markdown, plain) => {
	expect(await plainText(markdown)).toBe(plain);
});

it.each([
	'2*3*4 = 24',
	'snake_case_name and other_name',
	'5 > 3, a < b & c',
	'C:\\Users\\me',
	'#hashtag @somebody 100%',
	'你好，世界！\n第二行',
	'<tag attr="x">kept</tag>',
	'a * b * c',
	'~ about 5 ~',
	'',
])('leaves alone what is no Markdown: %j', async (text) => {
	expect(await plainText(text)).toBe(text);
});

/** Without fences, whose language is no text, and addresses, which stand there once. */
it('loses no letters or digits of ordinary words', async () => {
	const words = fc.array(
		fc.constantFrom(
			'word',
			'字',
			'7',
			' ',
			'\n',
			'\n\n',
			'- ',
			'1. ',
			'**',
			'*',
			'`c`',
			'# ',
			'> ',
			'|',
			'😀',
			'_',
			'[',
			']',
			')',
			'!',
			'~~x~~',
			'<',
			'&',
		),
		{ maxLength: 60 },
	);
	const bare = (text: string) => text.replace(/[^a-z字7😀]/gu, '');
	await fc.assert(
		fc.asyncProperty(
			words.map((all) => all.join('')),
			async (text) => {
				expect(bare(await plainText(text))).toBe(bare(text));
			},
		),
		{ numRuns: 2_000 },
	);
});

it.each([
	['> '.repeat(5_000)],
	[`${'*'.repeat(9_000)}a${'*'.repeat(9_000)}`],
	['['.repeat(20_000)],
	['_a'.repeat(10_000)],
	['**a'.repeat(6_600)],
	[Array.from({ length: 140 }, (_, n) => `${' '.repeat(n * 2)}- a`).join('\n')],
	['x'.repeat(200_000)],
])('neither fails nor hangs (%#)', async (text) => {
	const began = performance.now();
	expect(typeof (await plainText(text))).toBe('string');
	expect(performance.now() - began).toBeLessThan(15_000);
});
