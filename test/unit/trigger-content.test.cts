import { CONTENTS, contentIn, FRIEND, GROUP, ME, read } from '../fixtures/content/load.cts';

/** What messages say: every kind, private and in a group. */

const PRIVATE = { fromUser: FRIEND, toUser: ME };
const IN_GROUP = { ...PRIVATE, fromGroup: GROUP };

/** Last three digits of the message type, content, and the fields worth naming. */
const MESSAGES: Array<[string, string, Record<string, unknown>]> = [
	[
		'002',
		'image',
		{
			type: 'image',
			length: 2998,
			hdLength: 84321,
			md5: '2a4cb28868b9d450a135b1a85b5ba3dd',
			width: 1920,
			height: 1080,
			thumbWidth: 120,
			aesKey: '9b7011c38d1af088f579eda23e3b9cad',
			cdnUrl: expect.stringMatching(/^3057.*02$/),
			cdnHdUrl: expect.stringMatching(/^3057.*03$/),
			cdnThumbUrl: expect.stringMatching(/^3057.*01$/),
		},
	],
	[
		'003',
		'video',
		{ type: 'video', durationSeconds: 3, length: 611755, cdnUrl: expect.stringMatching(/05$/) },
	],
	[
		'004',
		'voice',
		{ type: 'voice', durationMs: 2540, length: 3600, bufId: '577212093316694016', format: 4 },
	],
	[
		'005',
		'card',
		{
			type: 'card',
			wcId: null,
			v1: 'v3_020b3826fd0301000000000086ef26a2@stranger',
			v2: 'v4_000b708f0b0400000100000000@stranger',
			nickName: 'Ashley',
			alias: 'ash_ley',
			province: '江苏',
			sex: 2,
		},
	],
	['005', 'cardById', { type: 'card', wcId: 'wxid_other', v1: null, v2: null, sex: 1 }],
	[
		'006',
		'emoji',
		{
			type: 'emoji',
			md5: '2a4cb28868b9d450a135b1a85b5ba3dd',
			length: 211797,
			width: 240,
			productId: 'com.tencent.xin.emoticon.person.stiker_1',
			cdnUrl: expect.stringContaining('dd&filekey=30350201&bizid'),
		},
	],
	[
		'007',
		'link',
		{
			type: 'link',
			title: '尔滨，又有好消息！',
			description: '冰雪大世界 & more',
			url: 'http://mp.weixin.qq.com/s?__biz=MzA4&mid=2650011300&idx=1#rd',
			sourceName: '新华社',
			sourceId: 'gh_0123456789ab',
			appId: 'wx0123456789abcdef',
		},
	],
	['008', 'fileAnnounced', { type: 'file', name: '报表 & 2024.xlsx', finished: false }],
	['008', 'fileReceived', { type: 'file', name: 'report.xlsx', finished: true }],
	[
		'009',
		'fileReceived',
		{
			type: 'fileReceived',
			name: 'report.xlsx',
			extension: 'xlsx',
			size: 8939,
			finished: true,
			attachId: expect.stringMatching(/^@cdn_/),
			announcementId: '1789783684714859663',
		},
	],
	[
		'010',
		'miniProgram',
		{
			type: 'miniProgram',
			title: '示例助手',
			appId: 'wxe2039b83454e49ed',
			username: 'gh_44fc2ced7f87@app',
			displayName: '示例小程序',
			pagePath: 'pages/home/home.html?share=%7B%22i%22%3A1%7D&from=2',
			version: 594,
			programType: 2,
		},
	],
	['011', 'chatRecord', { type: 'chatRecord', title: '群聊的聊天记录', itemCount: 4 }],
	['011', 'chatRecordEscaped', { type: 'chatRecord', title: '群聊的聊天记录', itemCount: 4 }],
	['012', 'callInvite', { type: 'voiceCall', video: true, status: 1, roomId: '88320233' }],
	['012', 'callSignal', { type: 'voiceCall', action: 'invite', text: null }],
	['014', 'quoteText', { type: 'quote', text: '看看这个' }],
	[
		'015',
		'transfer',
		{
			type: 'transfer',
			status: 'waiting',
			paySubType: 1,
			amount: '￥1,234.50',
			amountCents: 123450,
			memo: '午饭',
			payerId: null,
			receiverId: ME,
			transferId: '1000050001202401120020624149917',
			transactionId: '53010000124165202401122702555054',
			invalidTime: 1705131384,
		},
	],
	[
		'016',
		'redPacket',
		{
			type: 'redPacket',
			title: '微信红包',
			wishing: '恭喜发财，大吉大利',
			sceneText: '微信红包',
			groupCollection: false,
			payMessageId: '1000039901202401127291056629415',
		},
	],
	[
		'017',
		'channelsVideo',
		{
			type: 'channelsVideo',
			live: false,
			objectId: '14264358459626428566',
			objectNonceId: '8046877030770906689_0_0_0_0_0',
			mediaCount: 1,
			media: [expect.objectContaining({ durationSeconds: 10, width: 1080 })],
			omittedMedia: 0,
		},
	],
	[
		'017',
		'channelsLive',
		{ type: 'channelsVideo', live: true, liveId: '2058812369021536666', nickName: '直播间' },
	],
	[
		'018',
		'revoked',
		{
			type: 'revoked',
			messageId: '5576224237104747184',
			msgId: 1040356115,
			chatId: GROUP,
			text: '"朝夕。" 撤回了一条消息',
			revokerName: '朝夕。',
		},
	],
	[
		'018',
		'revokedOld',
		{ type: 'revoked', messageId: '2512199943216137293', msgId: 1057515481, revokerName: 'Longma' },
	],
	[
		'019',
		'pat',
		{
			type: 'pat',
			fromId: FRIEND,
			pattedId: ME,
			chatId: GROUP,
			template: '"${wxid_friend}" 拍了拍我的头',
			suffix: '的头',
			text: '"wxid_friend" 拍了拍我的头',
		},
	],
	['019', 'patInApp', { type: 'pat', fromId: FRIEND, text: '"朝夕。" 拍了拍我' }],
	[
		'020',
		'location',
		{
			type: 'location',
			realTime: false,
			latitude: 39.90374,
			longitude: 116.397827,
			scale: 15,
			name: '北京天安门广场',
			poiId: 'qqmap_8314157447236438749',
		},
	],
	['020', 'locationSharing', { type: 'location', realTime: true, latitude: null }],
	['021', 'music', { type: 'music', title: '示例歌曲', singer: '示例歌手', appName: 'QQ音乐' }],
];

describe.each([
	['private', '60', PRIVATE],
	['group', '80', IN_GROUP],
])('%s message', (_, prefix, data) => {
	it.each(MESSAGES)('%s %s', (digits, name, expected) => {
		expect(read(`${prefix}${digits}`, name, data)).toMatchObject(expected);
	});

	it('is told by its XML where the code says something else', () => {
		for (const [, name, { type }] of MESSAGES) {
			const told = read(`${prefix}999`, name, data) as { type: string };
			expect([name, told.type.replace('Ended', '')]).toEqual([
				name,
				type === 'fileReceived' ? 'file' : type,
			]);
		}
		expect(read(`${prefix}007`, 'miniProgram', data)).toMatchObject({ type: 'miniProgram' });
	});

	it('of the older format has the sender before it', () => {
		const whole = { messageType: '14', code: `${prefix}008` };
		const content = `${FRIEND}:\n${CONTENTS.fileReceived}`;
		expect(contentIn('', { ...data, content }, whole)).toMatchObject({
			type: 'file',
			finished: true,
			name: 'report.xlsx',
		});
	});
});
