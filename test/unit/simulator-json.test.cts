import { parse } from 'lossless-json';

import { formatExact, parseExact } from '../../simulator/json.cts';

/** The simulator's own JSON: exact numbers, whatever the size of the texts beside them. */

const file = `data:application/pdf;base64,${'AbC+/9'.repeat(50_000)}`;

it.each([
	['a file', { file }],
	['the same file twice', { file, again: [file, { file }] }],
	['a file inside a file', { inner: file, outer: `${file}${file}`, last: file }],
	['a long text with escapes', { text: '"\\\n'.repeat(60_000), file }],
])('parses %s like the library', (_, value) => {
	const text = JSON.stringify(value).replace('{', '{"newMsgId":7365193471029381234,"x":1.50,');
	expect(parseExact(text)).toEqual(parse(text));
	expect(formatExact(parseExact(text))).toBe(text);
});

it('parses a file of 50 MB within seconds', () => {
	const text = `{"wId":"w","base64":"${'A'.repeat(70_000_000)}","id":7365193471029381234}`;
	const value = parseExact(text) as { base64: string; id: unknown };
	expect(value.base64).toHaveLength(70_000_000);
	expect(String(value.id)).toBe('7365193471029381234');
});

it('refuses long text that is no JSON', () => {
	expect(() => parseExact(`{"file":"${file}"`)).toThrow(SyntaxError);
});
