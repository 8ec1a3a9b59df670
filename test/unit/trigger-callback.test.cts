import * as fc from 'fast-check';

import { parseCallback } from '../../nodes/Eyun/callbacks/parse.ts';

const parse = (body: unknown) =>
	parseCallback(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

const TEXT = {
	account: '18700000000',
	wcId: 'wxid_me',
	messageType: '60001',
	data: { wId: 'w-1', fromUser: 'wxid_friend', toUser: 'wxid_me', content: 'hi', self: false },
};

it('reads a push', () => {
	expect(parse(TEXT)).toEqual({ ...TEXT, code: '60001' });
});

it('tolerates a byte order mark, spaces, a number as type, absent account and data', () => {
	expect(parse(`\uFEFF ${JSON.stringify(TEXT)}\r\n`)).toMatchObject({ code: '60001' });
	expect(parse({ messageType: 60001, data: {} })).toMatchObject({ messageType: '60001' });
	expect(parse({ messageType: '30000' })).toEqual({
		messageType: '30000',
		code: '30000',
		account: undefined,
		wcId: undefined,
		data: {},
	});
	expect(parse({ messageType: '30000', data: null })).toMatchObject({ data: {} });
});

it('keeps an unknown type', () => {
	expect(parse({ messageType: '61234', data: { a: 1 } })).toMatchObject({
		messageType: '61234',
		code: '61234',
	});
});

it('keeps every 64-bit integer exact', () => {
	const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });
	fc.assert(
		fc.property(wide, (id) => {
			const body = `{"messageType":"60001","data":{"newMsgId":${id},"list":[${id}]}}`;
			const { data } = parse(body) as { data: Record<string, unknown> };
			expect(String(data.newMsgId)).toBe(String(id));
			expect(String((data.list as unknown[])[0])).toBe(String(id));
			expect(typeof data.newMsgId).toBe('string');
		}),
	);
});

describe('malformed bodies', () => {
	it.each([
		['nothing', ''],
		['spaces', ' \n'],
		['text', 'hello'],
		['a web page', '<html></html>'],
		['a form', 'messageType=60001&data=1'],
		['a list', '[]'],
		['a string', '"60001"'],
		['a number', '5'],
		['null', 'null'],
		['an empty object', '{}'],
		['an empty type', '{"messageType":"","data":{}}'],
		['a type that is an object', '{"messageType":{},"data":{}}'],
		['a type that is a fraction', '{"messageType":1.5,"data":{}}'],
		['a type that is negative', '{"messageType":-1,"data":{}}'],
		['a type with spaces', '{"messageType":"6 0","data":{}}'],
		['data that is text', '{"messageType":"60001","data":"x"}'],
		['data that is a list', '{"messageType":"60001","data":[]}'],
		['two objects', '{"messageType":"60001"}{}'],
		['a deep list', `{"messageType":"60001","data":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`],
		[
			'a very deep list',
			`{"messageType":"60001","data":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`,
		],
		['only opening brackets', '['.repeat(1_000_000)],
	])('%s', (_, body) => {
		expect(parse(body)).toEqual({ malformed: expect.stringMatching(/^(The body|"\w+") /) });
	});

	it('no body at all', () => {
		expect(parseCallback(undefined)).toEqual({ malformed: 'The body is empty' });
	});

	it('a body cut off anywhere', () => {
		const whole = Buffer.from(JSON.stringify(TEXT));
		for (let length = 0; length < whole.length; length++) {
			expect(parseCallback(whole.subarray(0, length))).toHaveProperty('malformed');
		}
	});

	it('never throws, whatever comes', () => {
		const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
		const json = fc.json().map((text) => Buffer.from(text));
		const nearly = fc
			.record({
				messageType: fc.oneof(fc.constantFrom('60001', '80001', 5, '0', '00000'), fc.anything()),
				account: fc.anything(),
				data: fc.oneof(fc.object(), fc.anything()),
			})
			.map((value) => Buffer.from(JSON.stringify(value, noBigInt) ?? ''));
		fc.assert(
			fc.property(fc.oneof(bytes, json, nearly), (body) => {
				const result = parseCallback(body);
				if ('malformed' in result) expect(result.malformed).not.toBe('');
				else expect(result.messageType).toMatch(/^[\w.-]{1,32}$/);
			}),
			{ numRuns: 2_000 },
		);
	});
});

function noBigInt(_: string, value: unknown): unknown {
	return typeof value === 'bigint' ? String(value) : value;
}

describe('the check push', () => {
	const words = '验证回调地址是否可用';

	it.each([
		['by its type', { messageType: '00000' }],
		['by its type, with text', { messageType: '00000', data: words }],
		['by its words in data', { messageType: '99999', data: { content: words } }],
		['by its words beside data', { messageType: '99999', message: `x${words}` }],
		['by its words, without a type', { message: words }],
		['by its words, as an integer', { messageType: 0, data: { content: words } }],
	])('is known %s', (_, body) => {
		expect(parse(body)).toMatchObject({ messageType: '00000', code: '00000' });
	});

	it.each(['60001', '80001', 5, 9])('is not a friend who writes its words (%s)', (messageType) => {
		const callback = parse({ messageType, data: { content: words } });
		expect(callback).toMatchObject({ messageType: String(messageType) });
	});
});

/** An app message, perhaps after a line with its sender. */
const app = (type: number | string, line = '', inner = '') =>
	`${line}<msg><appmsg><title>T</title><type>${type}</type>${inner}</appmsg></msg>`;
const sysmsg = (type: string, inner: string) =>
	`1@chatroom:\n<sysmsg type="${type}">${inner}</sysmsg>`;

describe('the older format', () => {
	it.each([
		[0, '30001'],
		[1, '60022'],
		[4, '30000'],
		[5, '60001'],
		[9, '80001'],
		[12, '80004'],
		[16, '65001'],
	])('%i is %s', (messageType, code) => {
		expect(parse({ messageType, data: {} })).toMatchObject({
			messageType: String(messageType),
			code,
		});
	});

	it.each([15, 17, 18, 'constructor'])('%s has no clear counterpart', (messageType) => {
		expect(parse({ messageType, data: {} })).toMatchObject({ code: String(messageType) });
	});

	it.each([
		[13, { msgType: 47 }, '60006'],
		[14, { msgType: 48 }, '80020'],
		[14, { msgType: 49, content: '<msg><appmsg><type>57</type></appmsg></msg>' }, '80014'],
		[13, { msgType: 49, content: '<msg><appmsg><type> 2001 </type></appmsg></msg>' }, '60016'],
		[13, { msgType: 49, content: 'cut off' }, '60999'],
		[14, {}, '80999'],
		[13, { msgType: 42 }, '60005'],
		[13, { msgType: 50 }, '60012'],
		[14, { msgType: 49, content: app('<![CDATA[2001]]>', 'wxid_a:\n') }, '80016'],
		[13, { msgType: 49, content: app(2000) }, '60015'],
		[13, { msgType: 49, content: app(3) }, '60021'],
		[14, { msgType: 49, content: app(76, 'wxid_a:\n') }, '80021'],
		[13, { msgType: 49, content: app(92) }, '60021'],
		[13, { msgType: 49, content: app(51, '', '<finderFeed/>') }, '60017'],
		[14, { msgType: 49, content: app(63, 'wxid_a:\n', '<finderLive/>') }, '80017'],
		[13, { msgType: 49, content: app(17) }, '60020'],
		[14, { msgType: 49, content: app(62, '', '<patinfo/>') }, '80019'],
		[13, { msgType: 49, content: app(40) }, '60011'],
		[13, { msgType: 49, content: app(33) }, '60010'],
		[13, { msgType: 49, content: app(6) }, '60008'],
		[13, { msgType: 49, content: app(74) }, '60008'],
		[13, { msgType: 49, content: app(8) }, '60006'],
		[13, { msgType: 49, content: app(5) }, '60007'],
		[13, { msgType: 49, content: app(87) }, '85011'],
		[13, { msgType: 49, content: app(54) }, '60999'],
		[
			13,
			{ msgType: 49, content: app(5, '', '<url>https://a/addchatroombyinvite?t=1</url>') },
			'60022',
		],
		[13, { msgType: 50, content: '<voipinvitemsg><status>2</status></voipinvitemsg>' }, '60013'],
		[14, { content: 'wxid_a:\n<msg username="wxid_b" nickname="B"/>' }, '80005'],
		[14, { msgType: 10002, content: sysmsg('revokemsg', '<revokemsg/>') }, '80018'],
		[13, { msgType: 10002, content: sysmsg('pat', '<pat/>') }, '60019'],
		[13, { msgType: 10000, content: '"A" recalled a message' }, '60018'],
		[14, { msgType: 10000, content: '"A"邀请"B"加入了群聊' }, '85008'],
		[14, { msgType: 10000, content: '"B"通过扫描"A"分享的二维码加入群聊' }, '85009'],
		[14, { msgType: 10000, content: '你修改群名为“新”' }, '85005'],
		[14, { msgType: 1, content: '"A"邀请"B"加入了群聊' }, '80999'],
	])('%i with %j is %s', (messageType, data, code) => {
		expect(parse({ messageType, data })).toMatchObject({ code });
	});
});
