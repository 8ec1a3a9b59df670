import * as fc from 'fast-check';

import type { Callback } from '../../nodes/Eyun/callbacks/parse.ts';
import { parseCallback } from '../../nodes/Eyun/callbacks/parse.ts';
import { EVENT_TYPES } from '../../nodes/Eyun/callbacks/events.ts';
import { toOutput } from '../../nodes/Eyun/callbacks/output.ts';

const ME = 'wxid_me';
const FRIEND = 'wxid_friend';
const GROUP = '123456@chatroom';

/** The output for a push of the given type, as the vendor would send it. */
function output(messageType: string | number, data: object, whole: object = {}) {
	const body = { account: '187', wcId: ME, messageType, data: { wId: 'w-1', ...data }, ...whole };
	return toOutput(parseCallback(Buffer.from(JSON.stringify(body))) as Callback);
}

const privateText = { fromUser: FRIEND, toUser: ME, content: 'hi', self: false };
const groupText = { ...privateText, fromGroup: GROUP };

it('gives out every field of a private text', () => {
	const data = { ...privateText, msgId: 2562652205, timestamp: 1700000000 };
	const body = `{"account":"187","wcId":"${ME}","messageType":"60001","data":{"wId":"w-1",${JSON.stringify(data).slice(1, -1)},"newMsgId":7365193471029381234}}`;
	expect(toOutput(parseCallback(Buffer.from(body)) as Callback)).toEqual({
		event: 'message.text',
		messageType: '60001',
		chatType: 'private',
		account: '187',
		wcId: ME,
		wId: 'w-1',
		chatId: FRIEND,
		chatName: null,
		senderId: FRIEND,
		senderName: null,
		self: false,
		messageId: '7365193471029381234',
		msgId: 2562652205,
		timestamp: 1700000000,
		time: '2023-11-14T22:13:20.000Z',
		text: 'hi',
		chatInput: '',
		sessionId: `${ME}:${FRIEND}`,
		mentions: [],
		mentioned: false,
		content: null,
		data: { wId: 'w-1', ...data, newMsgId: '7365193471029381234' },
	});
});

it('has the same fields whatever comes, null where the vendor sent nothing', () => {
	const fields = Object.keys(output('60001', privateText));
	for (const { messageType, event, chatType } of EVENT_TYPES) {
		const empty = toOutput({ messageType, code: messageType, data: {} });
		expect(Object.keys(empty)).toEqual(fields);
		expect(Object.values(empty)).not.toContain(undefined);
		expect(empty).toMatchObject({ event, chatType, wId: null, messageId: null, self: false });
	}
});

describe('where to answer', () => {
	it.each([
		['a friend', '60001', privateText, FRIEND],
		['a friend, after writing oneself', '60001', own(privateText), FRIEND],
		['a group', '80001', groupText, GROUP],
		['a group, after writing oneself', '80001', { ...own(groupText) }, GROUP],
		['a group named as sender only', '80001', { fromUser: GROUP, toUser: ME }, GROUP],
		['a group that changed', '85001', { userName: GROUP }, GROUP],
		['a group that was left', '85015', { userName: GROUP }, GROUP],
		['a contact that changed', '65001', { userName: FRIEND }, FRIEND],
		['an official account', '90001', { fromUser: 'gh_1', toUser: ME }, 'gh_1'],
		['nobody', '30000', { reason: 'x' }, null],
	])('is %s', (_, messageType, data, chatId) => {
		expect(output(messageType, data).chatId).toBe(chatId);
	});

	function own(data: { fromUser: string; toUser: string }) {
		return { ...data, fromUser: ME, toUser: FRIEND, self: true };
	}
});

describe('a group', () => {
	const said = { toUser: ME, content: `${FRIEND}:\nhi` };

	it.each<[string, object]>([
		['beside the sender', { fromUser: FRIEND, fromGroup: GROUP, toUser: ME, content: 'hi' }],
		['in place of the sender', { ...said, fromUser: GROUP }],
		['in both places', { ...said, fromUser: GROUP, fromGroup: GROUP }],
		['in place of the receiver', { fromUser: FRIEND, toUser: GROUP, content: 'hi' }],
		['with an empty field for it', { ...said, fromUser: GROUP, fromGroup: '' }],
	])('wins over the code: %s', (_, data) => {
		for (const code of ['60001', '80001', 5, 9]) {
			expect(output(code, data)).toMatchObject({
				event: 'message.text',
				chatType: 'group',
				chatId: GROUP,
				senderId: FRIEND,
				text: 'hi',
			});
		}
	});

	it('with members of WeCom is one, too', () => {
		const data = { fromUser: FRIEND, fromGroup: '12345@im.chatroom', toUser: ME };
		expect(output('60002', data)).toMatchObject({
			event: 'message.image',
			chatType: 'group',
			chatId: '12345@im.chatroom',
		});
	});

	it('wins over codes of other kinds', () => {
		expect(output('60999', { fromUser: GROUP })).toMatchObject({ chatType: 'group' });
		expect(output('60022', { fromUser: GROUP })).toMatchObject({ chatType: 'group' });
		expect(output('65001', { userName: GROUP })).toMatchObject({ chatType: 'group' });
		expect(output('30001', { fromUser: FRIEND, chatRoomId: GROUP })).toMatchObject({
			chatType: 'private',
			chatId: FRIEND,
		});
		expect(output('30000', { fromUser: GROUP })).toMatchObject({
			chatType: 'system',
			chatId: null,
		});
	});

	it('is nobody who writes', () => {
		for (const { messageType } of EVENT_TYPES) {
			for (const data of [
				{ fromUser: GROUP, fromGroup: GROUP, toUser: ME },
				{ fromUser: GROUP, toUser: ME, content: `${GROUP}:\n<sysmsg/>` },
				{ userName: GROUP },
				{ fromGroup: GROUP, fromUser: '9@chatroom' },
			]) {
				expect(output(messageType, data).senderId).toBeNull();
			}
		}
	});

	it('has the account as the sender of its own messages', () => {
		const own = { self: true, content: 'hi' };
		for (const data of [
			{ ...own, fromUser: ME, toUser: GROUP },
			{ ...own, fromUser: GROUP, toUser: ME },
			{ ...own, fromUser: GROUP, fromGroup: GROUP, content: `${ME}:\nhi` },
		]) {
			expect(output('80001', data)).toMatchObject({ senderId: ME, self: true, text: 'hi' });
			expect(output('80001', data)).toMatchObject({ chatId: GROUP, wcId: ME });
		}
		const unnamed = { ...own, fromUser: GROUP, toUser: ME };
		expect(output('80001', unnamed, { wcId: undefined }).wcId).toBe(ME);
		expect(output('9', { fromUser: GROUP, content: `${ME}:\nhi` }).self).toBe(true);
	});

	it('is missing under the code of groups', () => {
		const data = { fromUser: FRIEND, toUser: ME, content: 'hi' };
		expect(output('80001', data)).toMatchObject({ senderId: FRIEND, chatId: FRIEND, text: 'hi' });
		expect(output('80001', {})).toMatchObject({ chatType: 'group', chatId: null });
	});
});

describe('own messages', () => {
	it.each([
		[{ self: true }, true],
		[{ self: false }, false],
		[{ sel: true }, true],
		[{ self: 'true' }, true],
		[{ self: 1 }, true],
		[{ self: 0 }, false],
		[{}, false],
		[{ fromUser: ME }, true],
		[{ fromUser: ME, self: false }, false],
	])('%j: %s', (data, self) => {
		expect(output('60001', { fromUser: FRIEND, toUser: ME, ...data }).self).toBe(self);
	});
});

describe('text', () => {
	it.each([
		['a text', '60001', { content: 'hi' }, 'hi'],
		['a text that looks like XML', '60001', { content: '<b>hi</b>' }, '<b>hi</b>'],
		['an empty text', '60001', { content: '' }, ''],
		['a quote', '60014', { content: '<msg/>', title: 'I agree' }, 'I agree'],
		['a quote without title', '60014', { content: '<msg/>' }, null],
		['an image', '60002', { content: '<?xml version="1.0"?><msg/>' }, null],
		['a notice in plain words', '60999', { content: '你已添加了小明' }, '你已添加了小明'],
		['a notice in XML', '60999', { content: ' <sysmsg/>' }, null],
		['nothing', '30000', {}, null],
		['a group before XML', '80999', { content: `${GROUP}:\n<sysmsg/>` }, null],
		['a group before words', '85008', { content: `${GROUP}:\n"A"邀请你` }, '"A"邀请你'],
		[
			'a sender before XML',
			'60002',
			{ content: `${FRIEND}:\r\n<?xml version="1.0"?><msg/>` },
			null,
		],
		['an old line break before XML', '60999', { content: `${FRIEND}:\r<op id="2"/>` }, null],
		['no line break before XML', '60999', { content: `${FRIEND}:<op id="2"/>` }, null],
		['both before XML', '80002', { content: `${GROUP}:\n${FRIEND}:\n\uFEFF <msg/>` }, null],
		['somebody else before XML', '80002', { content: `wxid_x:\n<msg/>` }, null],
		['words before XML', '60999', { content: '[文件] <msg><appmsg/></msg>' }, null],
		['XML as text', '60999', { content: '&lt;?xml version="1.0"?&gt;&lt;msg/&gt;' }, null],
		['a byte order mark before XML', '60999', { content: '\uFEFF<msg/>' }, null],
		[
			'a quote of the older format',
			'60014',
			{ content: '<msg><appmsg><title>I agree</title><type>57</type></appmsg></msg>' },
			'I agree',
		],
		['a quote with tags in it', '60014', { title: '<b>no</b>' }, '<b>no</b>'],
		['a quote whose title is XML', '60014', { title: `${FRIEND}:\n<msg><a/></msg>` }, null],
		[
			'a notice with a link',
			'85008',
			{ content: '你邀请"B"加入了群聊  <a href="weixin://revoke/">撤销</a>' },
			'你邀请"B"加入了群聊  撤销',
		],
		[
			'a notice with a picture',
			'80999',
			{
				content:
					'<img src="Icon.png"/>  你领取了小明的<_wc_custom_link_ href="weixin://a">红包</_wc_custom_link_>',
			},
			'  你领取了小明的红包',
		],
		['an image without anything around', '60002', { content: '<img md5="a"/>' }, null],
		['a reason in XML', '30000', { content: '<e><Content>下线</Content></e>' }, '下线'],
		[
			'a text with a line before',
			'80001',
			{ content: `${FRIEND}:\n<b>hi</b>`, fromGroup: GROUP },
			'<b>hi</b>',
		],
	])('of %s', (_, messageType, data, text) => {
		expect(output(messageType, { ...privateText, content: undefined, ...data }).text).toBe(text);
	});

	it('has the sender line of the older format taken off', () => {
		const data = { fromUser: GROUP, fromGroup: GROUP, toUser: ME, content: `${FRIEND}:\nhello` };
		expect(output(9, data)).toMatchObject({
			event: 'message.text',
			messageType: '9',
			chatId: GROUP,
			senderId: FRIEND,
			text: 'hello',
			data: { content: `${FRIEND}:\nhello` },
		});
	});

	it('keeps a first line that is not the sender', () => {
		const text = 'note:\nhello';
		expect(output('80001', { ...groupText, content: text }).text).toBe(text);
		expect(output('60001', { ...privateText, content: `${FRIEND}:\nhi` }).text).toMatch(/:\nhi/);
	});
});

describe('mentions', () => {
	it.each([
		[{ atlist: [ME, 'wxid_b'] }, [ME, 'wxid_b'], true],
		[{ atList: [ME] }, [ME], true],
		[{ atlist: `wxid_b,${ME}` }, ['wxid_b', ME], true],
		[{ atlist: 'wxid_b' }, ['wxid_b'], false],
		[{ atlist: ['notify@all'] }, ['notify@all'], true],
		[{ atlist: ['', null, ME, ME, {}] }, [ME], true],
		[{ atlist: null }, [], false],
		[{}, [], false],
	])('%j', (data, mentions, mentioned) => {
		expect(output('80001', { ...groupText, ...data })).toMatchObject({ mentions, mentioned });
	});

	it('know the account from the message when the push does not name it', () => {
		const { wcId, mentioned } = output(
			'80001',
			{ ...groupText, atlist: [ME] },
			{ wcId: undefined },
		);
		expect({ wcId, mentioned }).toEqual({ wcId: ME, mentioned: true });
	});
});

describe('times', () => {
	it.each([
		[1700000000, 1700000000],
		['1700000000', 1700000000],
		[1700000000123, 1700000000],
		[0, null],
		['', null],
		['soon', null],
		[1e30, null],
		[-5, null],
	])('%j is %s', (value, timestamp) => {
		expect(output('60001', { ...privateText, timestamp: value })).toMatchObject({
			timestamp,
			time: timestamp === null ? null : '2023-11-14T22:13:20.000Z',
		});
	});
});

it.each([
	[{ fromGroup: GROUP }, 'group'],
	[{ fromUser: FRIEND }, 'private'],
	[{ fromUser: 'gh_1' }, 'officialAccount'],
	[{}, 'system'],
])('passes an unknown type on, %j as %s', (data, chatType) => {
	expect(output('61234', data)).toMatchObject({
		event: 'unknown',
		messageType: '61234',
		chatType,
		data,
	});
});

it('makes JSON of whatever data holds, without throwing', () => {
	const types = EVENT_TYPES.map(({ messageType }) => messageType);
	const names = ['fromUser', 'toUser', 'fromGroup', 'userName', 'content', 'title', 'self', 'sel'];
	const keys = [
		...names,
		'atlist',
		'atList',
		'timestamp',
		'createTime',
		'msgId',
		'newMsgId',
		'wId',
	];
	const data = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
	fc.assert(
		fc.property(fc.constantFrom(...types, '5', '9', '14', '61234'), data, (messageType, value) => {
			const body = Buffer.from(JSON.stringify({ messageType, data: value }));
			const out = toOutput(parseCallback(body) as Callback);
			expect(JSON.parse(JSON.stringify(out))).toEqual(out);
		}),
		{ numRuns: 1_000 },
	);
});
