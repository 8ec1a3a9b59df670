import fc from 'fast-check';

import type { Field } from '../../nodes/Eyun/catalogue/types';
import { InvalidInput } from '../../nodes/Eyun/execution/values/invalidInput';
import { toWire } from '../../nodes/Eyun/execution/values/toWire';

/** What users and expressions give, what the vendor gets, and what is caught before it is sent. */

const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({
	name: 'field',
	label: 'Field',
	type,
	...more,
});

const list = field('list', { separator: ',' });
const paths = field('list', { separator: ';', format: 'url' });
const video = field('object', {
	optional: true,
	fields: [field('string', { name: 'key' }), field('int', { name: 'size', min: 1 })],
});

it.each<[string, Field, unknown, unknown]>([
	['text as it is', field('string'), ' two  spaces \n', ' two  spaces \n'],
	['spaces that may be meant', field('string'), ' ', ' '],
	['a text of several lines as it is', field('string', { rows: 4 }), ' two\n', ' two\n'],
	['a number as text', field('string'), 12, '12'],
	['an id without spaces around it', field('string', { format: 'id' }), ' wxid_1\n', 'wxid_1'],
	['an int', field('int'), 3, 3],
	['an int given as text', field('int'), ' 3 ', 3],
	['0', field('int'), 0, 0],
	['a number beyond the choices', field('int', { choices: [{ name: 'A', value: 2 }] }), 0, 0],
	['true', field('boolean'), true, true],
	['false as text', field('boolean'), 'False', false],
	['a 64-bit integer', field('int64'), '7365193471029381234', 7365193471029381234n],
	['a negative 64-bit integer', field('int64'), '-4245909463265376127', -4245909463265376127n],
	['the largest 64-bit integer', field('int64'), '18446744073709551615', 18446744073709551615n],
	['a 64-bit integer with spaces', field('int64'), ' 5 ', 5n],
	['a small number as 64-bit integer', field('int64'), 697760511, 697760511n],
	['a list', list, 'a, b,,c ', 'a,b,c'],
	['a list with Chinese commas', list, 'a，b', 'a,b'],
	['a list by lines', list, 'a\nb\n', 'a,b'],
	['a list as array', list, ['a', 'b'], 'a,b'],
	['a list as JSON text', list, '["a","b"]', 'a,b'],
	['a list of 64-bit integers as JSON text', list, '[7365193471029381234]', '7365193471029381234'],
	['paths', paths, 'https://a/1.png;https://a/2.png', 'https://a/1.png;https://a/2.png'],
	[
		'paths with commas between',
		paths,
		'https://a/1,2.png,https://a/3.png',
		'https://a/1,2.png;https://a/3.png',
	],
	['an array', field('array'), 'a,b', ['a', 'b']],
	['an array as array', field('array'), ['a', 1], ['a', '1']],
	['an object from the editor', video, { values: { key: 'k', size: '9' } }, { key: 'k', size: 9 }],
	['an object from an expression', video, { key: 'k', size: 9 }, { key: 'k', size: 9 }],
	['an object as JSON text', video, '{"key":"k","size":9}', { key: 'k', size: 9 }],
	[
		'a data URI',
		field('string', { format: 'dataUri' }),
		'data:text/plain;base64,aGk=',
		'data:text/plain;base64,aGk=',
	],
	[
		'base64',
		field('string', { format: 'dataUri' }),
		'aGk=\n',
		'data:application/octet-stream;base64,aGk=',
	],
	['a group', field('string', { format: 'group' }), ' 123@chatroom ', '123@chatroom'],
	[
		'a group with WeCom members',
		field('string', { format: 'group' }),
		'123@im.chatroom',
		'123@im.chatroom',
	],
	['a cursor as it came', field('cursor', { sendEmpty: true }), { a: [1] }, { a: [1] }],
	['a cursor as JSON text', field('cursor', { sendEmpty: true }), '[1,2]', [1, 2]],
	['a base64 cursor', field('cursor', { sendEmpty: true }), 'CC0QAA==', 'CC0QAA=='],
])('sends %s', (_what, given, value, wire) => {
	expect(toWire(given, value)).toEqual(wire);
});

describe('what is left empty', () => {
	it.each([undefined, null, '', []])('is not sent when optional: %j', (value) => {
		for (const type of ['string', 'int', 'int64', 'list', 'array', 'object', 'cursor'] as const) {
			expect(toWire(field(type, { optional: true }), value)).toBeUndefined();
		}
		expect(toWire(video, { values: {} })).toBeUndefined();
	});

	it.each<[Field, unknown]>([
		[field('string', { sendEmpty: true, default: '' }), ''],
		[field('string', { sendEmpty: true, default: '0' }), '0'],
		[field('int', { sendEmpty: true, default: 0 }), 0],
		[field('int64', { sendEmpty: true, default: '0' }), 0n],
		[field('cursor', { sendEmpty: true }), null],
		[field('string', { sendEmpty: true, format: 'id' }), ''],
	])('is sent as the start value the vendor wants: %j', (given, wire) => {
		expect(toWire(given, '')).toEqual(wire);
	});

	it.each(['string', 'int', 'int64', 'list', 'array', 'boolean'] as const)(
		'is refused when required: %s',
		(type) => {
			expect(() => toWire(field(type), '')).toThrow('"Field" (field) is empty');
		},
	);
});

it.each<[Field, unknown, string]>([
	[field('int'), '3.5', 'takes a whole number, not "3.5"'],
	[field('int'), 'three', 'takes a whole number, not "three"'],
	[field('int'), Number.NaN, 'takes a whole number'],
	[field('int'), 2 ** 53, 'takes a whole number'],
	[field('int', { min: 1 }), 0, 'must be at least 1, not 0'],
	[field('int', { min: 0, max: 2 }), 7, 'must be between 0 and 2, not 7'],
	[field('boolean'), 'yes', 'takes true or false, not "yes"'],
	[
		field('int64'),
		Number('7365193471029381234'),
		'whose last digits JavaScript has already rounded',
	],
	[field('int64'), '7.5', 'takes a whole number, not "7.5"'],
	[field('int64'), '1e18', 'takes a whole number, not "1e18"'],
	[field('int64'), '18446744073709551616', 'has more than 64 bits'],
	[field('int64'), '-9223372036854775809', 'has more than 64 bits'],
	[field('string'), { a: 1 }, 'takes text, not an object'],
	[field('string'), ['a'], 'takes text, not a list'],
	[field('string', { format: 'id' }), '  ', 'holds only spaces'],
	[field('string', { rows: 4 }), ' \n\t', 'holds only spaces'],
	[
		field('string', { format: 'group' }),
		'wxid_1',
		'takes a group ID, which ends in @chatroom, not "wxid_1"',
	],
	[
		field('string', { format: 'url' }),
		'file:///etc/passwd',
		'takes a web address that starts with http:// or https://',
	],
	[field('string', { format: 'url' }), 'example.com/a.png', 'takes a web address'],
	[field('string', { format: 'dataUri' }), '<html>', 'is not base64'],
	[{ ...list, maxItems: 2 }, 'a,b,c', 'takes at most 2 values in one call, not 3'],
	[list, ' , ,', 'is empty'],
	[list, [{ a: 1 }], 'takes text, not an object'],
	[paths, 'https://a/1.png;oops', 'takes a web address'],
	[video, 'not json', 'takes an object, not "not json"'],
	[video, { key: 'k' }, '"Field" (size) is empty'],
])('catches %j given %j', (given, value, message) => {
	expect(() => toWire(given, value)).toThrow(InvalidInput);
	expect(() => toWire(given, value)).toThrow(message);
});

it('every refusal names the field and says what to do', () => {
	const kinds = ['string', 'int', 'boolean', 'int64', 'list', 'array', 'object'] as const;
	fc.assert(
		fc.property(fc.constantFrom(...kinds), fc.anything(), (type, value) => {
			try {
				toWire(field(type), value);
			} catch (error) {
				expect(error).toBeInstanceOf(InvalidInput);
				expect((error as InvalidInput).message).toContain('"Field" (field)');
				expect((error as InvalidInput).cure).not.toBe('');
			}
		}),
	);
});
