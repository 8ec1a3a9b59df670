/** docs/errors.md and docs/credential.md explain what the code can say. */
import { join, relative } from 'node:path';

import { errorTextsIn } from '../support/errorTexts.cts';
import { chineseOf, filesIn, messagesOf, ROOT, textOf } from '../support/guides.cts';

const PAGES = ['docs/errors.md', 'docs/credential.md'];

/** Texts that are not explained, with the reason. */
const NOT_EXPLAINED: Record<string, string> = {
	'The proof is wrong': 'said by one node of the package to the other, and shown to nobody',
	'These are no questions of this n8n': 'the same',
	'… questions wait for their answers already':
		'stands below the one that no trigger could be told',
	'is over: …': 'says all by itself',
	'must be …, not …': 'says all by itself',
	'takes …, not "…"': 'says all by itself',
	'… failed: …. …': 'explained with what follows it: Delivered, not to be sent again',
	'…: … (code …)': 'explained by what it begins with: the token, or the instance ID',
	'…. Nothing was sent': 'explained with what stands before it, which is put together elsewhere',
};

const texts = errorTextsIn(
	[...filesIn('nodes', '.ts'), ...filesIn('credentials', '.ts')].map((file) => join(ROOT, file)),
).map(({ text, file }) => ({ text, file: relative(ROOT, file) }));

/** Without the field that stands in front, and the item behind. */
function core(text: string): string {
	return text
		.replace(/^"[^"]*" \([\w…]*\) /, '')
		.replace(/ \[item …\]$/, '')
		.trim();
}

/** What a page quotes, as patterns: "…" stands for anything, and what follows the first words may be left out. */
const explained = PAGES.flatMap(messagesOf)
	.map(core)
	.filter((message) => message.replace(/…/g, '').length > 7)
	.map((message) => {
		const literal = message.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
		return new RegExp(`^${literal.join('.*')}`);
	});

it('finds the texts in the sources', () => {
	expect(texts.length).toBeGreaterThan(110);
	const all = texts.map(({ text }) => text);
	expect(all).toContain('Eyun refused: … (code …)');
	expect(all).toContain('Eyun did not accept the Authorization token');
	expect(all).toContain('asks for the binary field "…", which the item does not have');
	expect(all).toContain('Eyun did not answer in time');
	expect(all).toContain('Callbacks from this address are not allowed');
});

it.each(texts.filter(({ text }) => core(text).replace(/…/g, '').length > 7))(
	'is explained: $text ($file)',
	({ text }) => {
		if (text in NOT_EXPLAINED) return;
		expect(explained.filter((pattern) => pattern.test(core(text)))).not.toEqual([]);
	},
);

it('leaves nothing out that is not said any more', () => {
	const all = texts.map(({ text }) => text);
	expect(Object.keys(NOT_EXPLAINED).filter((text) => !all.includes(text))).toEqual([]);
});

it.each(PAGES)('%s explains the same messages in Chinese', (page) => {
	const wordsOf = (message: string) => message.replace(/ ?[(（].*$/, '').trim();
	expect(messagesOf(chineseOf(page)).map(wordsOf)).toEqual(messagesOf(page).map(wordsOf));
});

it('begins with the ten most frequent', () => {
	const [, first] = textOf('docs/errors.md').split(/^## /m);
	expect(first).toMatch(/^The ten most frequent\n/);
	expect(first.match(/^\| .* \|$/gm)).toHaveLength(1 + 1 + 10);
});
