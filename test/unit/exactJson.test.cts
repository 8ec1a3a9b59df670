import fc from 'fast-check';
import { isSafeNumber, parse, stringify } from 'lossless-json';

import { parseExact, parseToSend, stringifyExact } from '../../nodes/Eyun/common/exactJson';

const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });

/** Any JSON text, ids of 64 bits among its numbers and digits among its texts. */
const document = fc.letrec((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		fc.string().map((entry) => JSON.stringify(entry)),
		wide.map((entry) => JSON.stringify(String(entry))),
		wide.map(String),
		fc.integer().map(String),
		fc
			.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300, max: 1e15 })
			.map((entry) => JSON.stringify(entry)),
		fc.constantFrom('true', 'false', 'null'),
		fc
			.array(tie('value') as fc.Arbitrary<string>, { maxLength: 5 })
			.map((items) => `[${items.join(' ,')}]`),
		fc
			.uniqueArray(
				fc.tuple(
					fc.string().filter((key) => key !== '__proto__'),
					tie('value') as fc.Arbitrary<string>,
				),
				{ maxLength: 5, selector: ([key]) => key },
			)
			.map(
				(entries) =>
					`{${entries.map(([key, entry]) => `${JSON.stringify(key)}: ${entry}`).join(',')}}`,
			),
	),
})).value;

/** An independent reader as the oracle: every integer a number cannot hold becomes text. */
function byLibrary(text: string): unknown {
	return parse(text, undefined, (digits) =>
		/^-?\d+$/.test(digits) && !isSafeNumber(digits) ? digits : Number(digits),
	);
}

/** Reads integers digit by digit and the rest as JavaScript does. */
function integers(digits: string): bigint | number {
	return /^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits);
}

describe('parseExact', () => {
	it.each([
		['{"newMsgId":7365193471029381234}', { newMsgId: '7365193471029381234' }],
		['{"commentId":-4245909463265376127}', { commentId: '-4245909463265376127' }],
		['{"id":18446744073709551615}', { id: '18446744073709551615' }],
		['{"msgId":2562652205}', { msgId: 2562652205 }],
		['{"newMsgId":5}', { newMsgId: '5' }],
		['[9007199254740991,9007199254740992]', [9007199254740991, '9007199254740992']],
		[
			'{"text":"call 7365193471029381234, \\"9007199254740993\\" now"}',
			{ text: 'call 7365193471029381234, "9007199254740993" now' },
		],
		['{"\\\\":"\\\\","a":9007199254740993}', { '\\': '\\', a: '9007199254740993' }],
		['0.12345678901234567890', 0.12345678901234568],
		['12345678901234567890e3', Number('12345678901234567890e3')],
		['1234567890123456.5', 1234567890123456.5],
		[' 7365193471029381234 ', '7365193471029381234'],
	])('reads %s', (text, expected) => {
		expect(parseExact(text)).toEqual(expected);
	});

	it('agrees with an independent parser on any JSON', () => {
		fc.assert(
			fc.property(document, (text) => {
				expect(parseExact(text)).toEqual(byLibrary(text));
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		'',
		'{',
		'{"a":1',
		'"open',
		'{"a":7365193471029381234',
		'nonsense 7365193471029381234',
		"{'a':1}",
	])('refuses %j', (text) => {
		expect(() => parseExact(text)).toThrow(SyntaxError);
	});

	it('does not slow down on millions of quotes that never close', () => {
		const hostile = `"${'\\"'.repeat(2_000_000)}7365193471029381234`;
		expect(() => parseExact(hostile)).toThrow(SyntaxError);
	});

	it('reads a long base64 text beside a 64-bit integer', () => {
		const payload = 'A1'.repeat(5_000_000);
		expect(parseExact(`{"img":"${payload}","newMsgId":7365193471029381234}`)).toEqual({
			img: payload,
			newMsgId: '7365193471029381234',
		});
	});
});

describe('parseToSend', () => {
	it.each([
		['{"newMsgId":7365193471029381234}', { newMsgId: 7365193471029381234n }],
		['{"newMsgId":"7365193471029381234"}', { newMsgId: '7365193471029381234' }],
		['{"newMsgId":5}', { newMsgId: 5 }],
		['[9007199254740991,9007199254740992]', [9007199254740991, 9007199254740992n]],
		['["n7365193471029381234",-9007199254740993]', ['n7365193471029381234', -9007199254740993n]],
		['{"9007199254740993":"t"}', { '9007199254740993': 't' }],
		['{"t":"","a\\"b":9007199254740993}', { t: '', 'a"b': 9007199254740993n }],
		[
			'[0.12345678901234567890,12345678901234567890e3]',
			[0.12345678901234568, 1.2345678901234568e22],
		],
	])('reads %s', (text, expected) => {
		expect(parseToSend(text)).toEqual(expected);
	});

	it('agrees with an independent parser on any JSON', () => {
		fc.assert(
			fc.property(document, (text) => {
				const byParser = parse(text, undefined, (digits) =>
					/^-?\d+$/.test(digits) && !isSafeNumber(digits) ? BigInt(digits) : Number(digits),
				);
				expect(parseToSend(text)).toEqual(byParser);
			}),
			{ numRuns: 500 },
		);
	});

	it('brings any JSON to the wire with the digits it was written with', () => {
		fc.assert(
			fc.property(document, (text) => {
				expect(parse(stringifyExact(parseToSend(text)), undefined, integers)).toEqual(
					parse(text, undefined, integers),
				);
			}),
			{ numRuns: 500 },
		);
	});

	it.each(['', '{', '{"a":7365193471029381234', "{'a':1}", 'NaN'])('refuses %j', (text) => {
		expect(() => parseToSend(text)).toThrow(SyntaxError);
	});
});

describe('stringifyExact', () => {
	it('writes any 64-bit id as the digits it was read from', () => {
		fc.assert(
			fc.property(wide, (id) => {
				expect(stringifyExact({ id })).toBe(`{"id":${id}}`);
				expect(String((parseExact(`{"newMsgId":${id}}`) as { newMsgId: string }).newMsgId)).toBe(
					String(id),
				);
			}),
		);
	});

	it('writes what an independent writer writes', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(stringifyExact(value)).toBe(stringify(value));
			}),
		);
	});

	it('leaves undefined members out', () => {
		expect(stringifyExact({ a: undefined, b: null, c: [1n, 'x'] })).toBe('{"b":null,"c":[1,"x"]}');
	});
});
