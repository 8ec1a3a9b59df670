import { readFileSync } from 'node:fs';

import { contactResource as contact } from '../../nodes/Eyun/catalogue/contact.ts';
import { buildBody } from '../../nodes/Eyun/execution/values/body.ts';
import { eventTypeOf } from '../../nodes/Eyun/callbacks/events.ts';
import { CONTENTS, contentIn, FRIEND, GROUP, read } from '../fixtures/content/load.cts';

/** What stands beside the content, what is missing, and what stays text. */

describe('friend requests', () => {
	it('hold what Contact: Accept Friend Request wants', () => {
		const content = read('30001', 'friendRequest') as Record<string, unknown>;
		expect(content).toEqual({
			type: 'friendRequest',
			v1: 'v3_020b3826fd03010000000000feba078f@stranger',
			v2: 'v4_000b708f0b040000010000000000c502ff3b@stranger',
			scene: 14,
			text: '我是群聊"技术群"的朝夕。',
			wcId: 'wxid_stranger',
			nickName: '朝夕。',
			alias: 'zhaoxi_1',
			avatarUrl: 'http://wx.qlogo.cn/mmhead/ver_1/req/0',
			smallAvatarUrl: 'http://wx.qlogo.cn/mmhead/ver_1/req/132',
			country: 'CN',
			province: 'Jiangsu',
			city: 'Nanjing',
			sign: '签名',
			sex: 1,
			sourceUser: null,
			sourceNickName: null,
			sharedCardUser: null,
			chatRoomId: GROUP,
		});
		const accept = contact.operations.find(({ value }) => value === 'acceptRequest');
		const given: Record<string, unknown> = {
			wId: 'w-1',
			v1: content.v1,
			v2: content.v2,
			type: content.scene,
		};
		expect(accept?.fields?.map(({ name }) => name)).toEqual(Object.keys(given));
		expect(buildBody(accept?.fields ?? [], (name) => given[name], {})).toEqual(given);
	});

	const beside = {
		v1: 'v3_a@stranger',
		v2: 'v4_b@stranger',
		scene: '3',
		fromUser: 'wxid_x',
		nickName: 'X',
		bigHeadImgUrl: 'https://wx.qlogo.cn/x/0',
	};

	it.each([
		['without content', {}, null],
		['with the words only', { content: '我是小明' }, '我是小明'],
		['with broken XML', { content: '<msg fromusername="wxid_x' }, null],
	])('are read from the fields beside: %s', (_, data, text) => {
		expect(contentIn('30001', { ...beside, ...data })).toMatchObject({
			type: 'friendRequest',
			v1: 'v3_a@stranger',
			v2: 'v4_b@stranger',
			scene: 3,
			text,
			wcId: 'wxid_x',
			nickName: 'X',
			avatarUrl: 'https://wx.qlogo.cn/x/0',
		});
	});

	it('come from the sender in the XML, not from the account that brings them', () => {
		const data = { v1: 'v3_a@stranger', fromUser: 'fmessage' };
		expect(contentIn('30001', data)).toMatchObject({ wcId: null });
		expect(read('30001', 'friendRequest', data)).toMatchObject({
			v1: 'v3_a@stranger',
			wcId: 'wxid_stranger',
		});
	});

	it('of the older format', () => {
		const whole = { messageType: '0' };
		expect(contentIn('30001', { content: CONTENTS.friendRequest }, whole)).toMatchObject({
			type: 'friendRequest',
			scene: 14,
		});
	});
});

describe('fields beside the content', () => {
	it.each([
		[
			'60004',
			{ bufId: '577212', length: 3083, voiceLength: 1960 },
			{ type: 'voice', durationMs: 1960, length: 3083, bufId: '577212', format: null },
		],
		['80006', { md5: 'ab', length: 12345 }, { type: 'emoji', md5: 'ab', length: 12345 }],
		[
			'60007',
			{ title: 'T', des: 'D', url: 'https://example.com/', thumbUrl: '' },
			{ type: 'link', title: 'T', description: 'D', url: 'https://example.com/', thumbUrl: null },
		],
		['60014', { title: 'new' }, { type: 'quote', text: 'new', quoted: null }],
		['30000', { reason: '手机端退出登录' }, { type: 'offline', reason: '手机端退出登录' }],
		['30000', { content: '已在别处登录' }, { type: 'offline', reason: '已在别处登录' }],
		[
			'30002',
			{ id: '7', url: 'https://e.com/v.mp4', type: 1, des: null },
			{
				type: 'videoDownloaded',
				status: 'done',
				id: '7',
				url: 'https://e.com/v.mp4',
				description: null,
			},
		],
		[
			'30003',
			{ asynId: 'a', type: '2', id: '14264358459626428566', userName: FRIEND, createTime: 17 },
			{
				type: 'momentPublished',
				status: 'failed',
				asynId: 'a',
				momentId: '14264358459626428566',
				wcId: FRIEND,
				createTime: 17,
			},
		],
	])('%s %j', (code, data, expected) => {
		expect(contentIn(code, data)).toMatchObject(expected);
	});

	it('add what the XML lacks', () => {
		const data = { content: '<msg><voicemsg voicelength="10"/></msg>', bufId: 5, length: 9 };
		expect(contentIn('60004', data)).toMatchObject({ durationMs: 10, bufId: '5', length: 9 });
	});

	it('are no message of their own without the field that matters', () => {
		for (const code of ['30000', '30001', '30002', '60002', '60004', '60022', '65001', '85001']) {
			expect(contentIn(code, { wId: 'w-1', userName: FRIEND, length: 3 })).toBeNull();
		}
	});
});

/** What docs/content.md says of a kind: the section below its heading, or its line in a table. */
function documented(kind: string): string {
	const docs = readFileSync(`${__dirname}/../../docs/content.md`, 'utf8');
	const section = docs.split(/^### /m).find((part) => part.split('\n')[0].includes(`\`${kind}\``));
	return (
		section ??
		docs.split('\n').find((line) => line.startsWith('| ') && line.includes(`\`${kind}\``)) ??
		''
	);
}

describe('every kind', () => {
	const MINIMAL: Array<[string, string, string]> = [
		['60002', 'image', '<msg><img/></msg>'],
		['60003', 'video', '<msg><videomsg/></msg>'],
		['60004', 'voice', '<msg><voicemsg/></msg>'],
		['60005', 'card', '<msg username="wxid_a"/>'],
		['60006', 'emoji', '<msg><emoji/></msg>'],
		['60007', 'link', '<msg><appmsg><type>5</type></appmsg></msg>'],
		['60009', 'fileReceived', '<msg><appmsg><type>6</type></appmsg></msg>'],
		['60010', 'miniProgram', '<msg><appmsg><type>36</type></appmsg></msg>'],
		['60011', 'chatRecord', '<appmsg><type>19</type></appmsg>'],
		['60012', 'callInvite', '<voipinvitemsg/>'],
		['60014', 'quoteText', '<msg><appmsg><type>57</type></appmsg></msg>'],
		['60015', 'transfer', '<msg><appmsg><type>2000</type></appmsg></msg>'],
		['60016', 'redPacket', '<msg><appmsg><type>2001</type></appmsg></msg>'],
		['60017', 'channelsVideo', '<msg><appmsg><type>51</type><finderFeed/></appmsg></msg>'],
		['60017', 'channelsVideo', '<msg><appmsg><type>63</type><finderLive/></appmsg></msg>'],
		['60018', 'revoked', '<sysmsg type="revokemsg"><revokemsg/></sysmsg>'],
		['60019', 'pat', '<sysmsg type="pat"><pat/></sysmsg>'],
		['60020', 'location', '<msg><location/></msg>'],
		['60021', 'music', '<msg><appmsg><type>92</type></appmsg></msg>'],
		['60022', 'groupInvite', '<msg><appmsg><type>5</type></appmsg></msg>'],
		['30001', 'friendRequest', '<msg/>'],
		['85011', 'announcement', '<msg><appmsg><type>87</type></appmsg></msg>'],
		['85012', 'todo', '<sysmsg type="roomtoolstips"><todo/></sysmsg>'],
		[
			'85014',
			'joinRequest',
			'<sysmsg type="NewXmlChatRoomAccessVerifyApplication"><NewXmlChatRoomAccessVerifyApplication/></sysmsg>',
		],
		['90001', 'article', '<msg><appmsg><type>5</type></appmsg></msg>'],
	];

	it.each(MINIMAL)('%s has the same fields without a value: %s', (code, name, content) => {
		const empty = contentIn(code, { content }) as Record<string, unknown>;
		const full = read(code, name) as Record<string, unknown>;
		expect(Object.keys(empty)).toEqual(Object.keys(full));
		expect(Object.values(empty)).not.toContain(undefined);
		const event = eventTypeOf(code)?.event.split('.').at(-1);
		expect([empty.type, full.type]).toEqual([event, event]);
		for (const field of Object.keys(full)) {
			if (field !== 'type') expect(documented(event ?? '')).toContain(`\`${field}\``);
		}
	});
});

describe('text untouched', () => {
	it.each([
		['a text', '60001', 'hi'],
		['a text that looks like a message', '60001', '<msg><img md5="a" length="1"/></msg>'],
		['a text of the older format', '80001', 'wxid_friend:\nhello'],
		['words where XML is expected', '60002', '[图片]'],
		['XML of no known kind', '60999', '<op id="2"><username>wxid_a</username></op>'],
		['an unknown system message', '80999', '<sysmsg type="ClientCheckConsistency"><a/></sysmsg>'],
		['a system message without type', '80999', '<sysmsg/>'],
		['an app message that says nothing', '60999', '<msg><appmsg><des>D</des></appmsg></msg>'],
		['a pat without pat', '60019', '<sysmsg type="pat"/>'],
		[
			'a notice with a picture',
			'80999',
			'<img src="SystemMessages_HongbaoIcon.png"/>  你领取了小明的<_wc_custom_link_ href="weixin://a">红包</_wc_custom_link_>',
		],
		['a notice outside group events', '80999', '"A"邀请"B"加入了群聊'],
		['a template in words that are not known', '80999', CONTENTS.unknownTemplate],
		['blanks', '60999', ' \n'],
		['an unknown message type', '99999', 'words'],
		['a revocation that is none', '60018', '好的'],
	])('%s', (_, code, content) => {
		expect(contentIn(code, { content })).toBe(content);
	});

	it.each([undefined, null, '', 7, {}, ['<msg/>']])('null for %j', (content) => {
		expect(contentIn('60002', { content })).toBeNull();
	});
});

describe('numbers and ids', () => {
	it.each([
		['12', 12],
		['0', 0],
		[' 7 ', 7],
		['-1', -1],
		['9007199254740993', null],
		['1e3', null],
		['Infinity', null],
		['0x10', null],
		['', null],
	])('%j as a length', (value, length) => {
		expect(contentIn('60002', { content: `<msg><img length="${value}"/></msg>` })).toMatchObject({
			length,
		});
	});
});
