import { readFileSync } from 'node:fs';

import { contentIn, FRIEND, GROUP, ME, read } from '../fixtures/content/load.cts';

/** App messages without a code of their own, and kinds whose content comes in several shapes. */

const app = (type: number, inner = '') =>
	`<msg><appmsg appid="wx1"><title>T</title><type>${type}</type>${inner}</appmsg><appinfo><appname>A</appname></appinfo></msg>`;
const other = (content: string, data: object = {}) => contentIn('60999', { content, ...data });

describe('any app message', () => {
	it('has its card and the values of its own elements', () => {
		expect(read('60999', 'app')).toEqual({
			type: 'app',
			appType: 54,
			title: '一个公众号视频',
			description: null,
			url: 'https://support.weixin.qq.com/update/',
			thumbUrl: 'http://mmbiz.qpic.cn/t/0?wx_fmt=jpeg',
			sourceName: '某台',
			sourceId: 'gh_000000000002',
			appId: null,
			appName: null,
			details: { 'mpinfo.appmsgid': '7', 'mpinfo.item.title': '节目' },
		});
	});

	it.each([1, 2, 7, 16, 35, 48, 50, 51, 54, 62, 66, 88, 101, 115, 2003, 99999])(
		'is read with the number %i',
		(appType) => {
			const gift = '<giftinfo><skuname>一束花</skuname><count>0</count></giftinfo>';
			const expected = { type: 'app', appType, title: 'T', appId: 'wx1', appName: 'A' };
			const details = { 'giftinfo.skuname': '一束花' };
			expect(other(app(appType, gift))).toMatchObject({ ...expected, details });
			expect(other(`wxid_a:\n${app(appType)}`)).toMatchObject({ ...expected, details: {} });
		},
	);

	it('has few and short details', () => {
		const values = Array.from({ length: 500 }, (_, index) => `<v${index}>x</v${index}>`).join('');
		const long = `<long>${'x'.repeat(5_000)}</long><xml><![CDATA[<a/>]]></xml>`;
		const { details } = other(app(99, `<own>${long}${values}</own>`)) as { details: object };
		expect(Object.keys(details)).toHaveLength(100);
		expect(details).not.toHaveProperty('own.long');
	});
});

describe('kinds without a code', () => {
	it('a card of a Channels account', () => {
		expect(read('60999', 'channelsCard')).toEqual({
			type: 'channelsCard',
			username: 'v2_06@finder',
			nickName: '某频道',
			avatarUrl: 'http://wx.qlogo.cn/finderhead/a/0',
			certification: null,
		});
	});

	it('a solitaire', () => {
		expect(read('80999', 'solitaire')).toEqual({
			type: 'solitaire',
			title: '#接龙\n\n周六买菜\n例 品名 数量\n\n1. 小甲 白菜2\n2. 小乙 豆腐3 要嫩的',
			description: null,
			creatorId: 'wxid_b',
			entries: [
				{ wcId: 'wxid_a', timestamp: 1687786648, text: '小甲 白菜2' },
				{ wcId: 'wxid_b', timestamp: 1687787631, text: '小乙 豆腐3 要嫩的' },
			],
			omittedEntries: 0,
		});
	});

	it('a solitaire with more lines than people', () => {
		const people = '<solitaire><content><i><u>wxid_a</u><t>1</t></i></content></solitaire>';
		const of = (title: string) =>
			other(
				`<msg><appmsg><title>${title}</title><type>53</type><extinfo><solitaire_info>${people}</solitaire_info></extinfo></appmsg></msg>`,
			);
		const nobody = { wcId: null, timestamp: null };
		expect(of('1. a\n2、b')).toMatchObject({
			entries: [
				{ ...nobody, text: 'a' },
				{ ...nobody, text: 'b' },
			],
		});
		expect(of('#接龙')).toMatchObject({ entries: [{ wcId: 'wxid_a', timestamp: 1, text: null }] });
		const many = Array.from({ length: 600 }, (_, index) => `${index + 1}. x`).join('\n');
		expect(of(many)).toMatchObject({ omittedEntries: 100 });
	});

	it('a note', () => {
		const record = read('60011', 'chatRecord') as object;
		const note = { ...record, type: 'note', title: '购物清单' };
		expect(read('60999', 'note')).toEqual(note);
	});

	it.each([
		['app', '<msg><appmsg><type>54</type></appmsg></msg>'],
		['channelsCard', '<msg><appmsg><type>50</type><findernamecard/></appmsg></msg>'],
		['note', '<msg><appmsg><type>24</type></appmsg></msg>'],
		['solitaire', '<msg><appmsg><type>53</type></appmsg></msg>'],
	])('%s always has the same fields, which the docs explain', (kind, content) => {
		const full = read('60999', kind) as Record<string, unknown>;
		const empty = other(content) as Record<string, unknown>;
		expect([full.type, empty.type]).toEqual([kind, kind]);
		expect(Object.keys(empty)).toEqual(Object.keys(full));
		const docs = readFileSync(`${__dirname}/../../docs/content.md`, 'utf8');
		const section = docs
			.split(/^### /m)
			.find((part) => part.split('\n')[0].includes(`\`${kind}\``));
		for (const field of Object.keys(full)) {
			if (field !== 'type') expect(section).toContain(`\`${field}\``);
		}
	});
});

describe('items of a chat record', () => {
	const item = (inner: string) => {
		const content = `<msg><appmsg><type>19</type><recorditem><![CDATA[<recordinfo><datalist count="1"><dataitem ${inner}</dataitem></datalist></recordinfo>]]></recorditem></appmsg></msg>`;
		const { items } = contentIn('60011', { content }) as { items: object[] };
		return items[0];
	};
	const place = {
		type: 'location',
		title: '天安门',
		text: '东长安街',
		latitude: 39.9,
		longitude: 116.39,
	};

	it.each([
		['lat="39.9" lng="116.39" label="东长安街" poiname="天安门"/>'],
		['x="39.9" y="116.39" label="东长安街" poiname="天安门"/>'],
		[
			'><lat>39.9</lat><lng>116.39</lng><label>东长安街</label><poiname>天安门</poiname></location>',
		],
	])('a place: %s', (location) => {
		expect(item(`datatype="6"><location ${location}`)).toMatchObject(place);
	});

	it.each([
		['5', '<weburlitem><title>T</title><desc>D</desc></weburlitem>', 'link'],
		['22', '<finderFeed><nickname>T</nickname><desc>D</desc></finderFeed>', 'channelsVideo'],
		['23', '<finderLive><nickname>T</nickname><desc>D</desc></finderLive>', 'channelsVideo'],
		['18', '<datatitle>T</datatitle><datadesc>D</datadesc>', 'note'],
	])('%s %s', (type, inner, kind) => {
		expect(item(`datatype="${type}">${inner}`)).toMatchObject({
			type: kind,
			title: 'T',
			text: 'D',
		});
	});
});

describe('quotes of media', () => {
	const quoted = (type: number, content: string) => {
		const inner = `<refermsg><type>${type}</type><content><![CDATA[${content}]]></content></refermsg>`;
		return (other(app(57, inner)) as { quoted: object }).quoted;
	};

	it.each([
		[3, '1:0', 'image'],
		[34, '3000:1:0\n', 'voice'],
		[34, 'wxid_a:3000:1:0', 'voice'],
		[43, '15:0\n', 'video'],
		[62, '15:0', 'video'],
		[47, 'wxid_a:1705042862:0:2a4cb28868b9d450a135b1a85b5ba3dd::0', 'emoji'],
		[48, '39.9,116.39', 'location'],
		[49, '6:0', 'other'],
		[43, '', 'video'],
	])('%i with %j has no words', (type, content, kind) => {
		expect(quoted(type, content)).toMatchObject({ kind, text: null, content: null });
	});

	it.each([
		[1, '15:0', 'text', '15:0'],
		[48, '天安门', 'location', '天安门'],
		[48, '<msg><location x="39.9" y="116.39" poiname="天安门"/></msg>', 'location', '天安门'],
		[3, '<msg><img md5="a"/></msg>', 'image', null],
		[34, '<msg><voicemsg voicelength="1"/></msg>', 'voice', null],
		[43, 'wxid_b:\n<msg><videomsg playlength="1"/></msg>', 'video', null],
		[42, '<msg username="wxid_b" nickname="B"/>', 'card', 'B'],
		[49, '<msg><appmsg><title>a.pdf</title><type>6</type></appmsg></msg>', 'file', 'a.pdf'],
		[49, '<msg><appmsg><title>#接龙</title><type>53</type></appmsg></msg>', 'solitaire', '#接龙'],
		[49, 'wxid_b:\n<msg>', 'other', null],
	])('%i with %j', (type, content, kind, text) => {
		expect(quoted(type, content)).toMatchObject({ kind, text });
	});
});

describe('revocations', () => {
	const inXml = (words: string) =>
		`<sysmsg type="revokemsg"><revokemsg><session>${GROUP}</session><msgid>5</msgid><newmsgid>7</newmsgid><replacemsg><![CDATA[${words}]]></replacemsg></revokemsg></sysmsg>`;

	it.each([
		['"A" 撤回了一条消息', 'A'],
		['“A”撤回了一条消息', 'A'],
		['A 撤回了一条消息', 'A'],
		['"A、B, C" 撤回了一条消息', 'A、B, C'],
		['你撤回了一条消息', null],
		['撤回了一条成员消息', null],
		['管理员撤回了一条成员消息', null],
		['管理员"A"撤回了一条成员消息', 'A'],
		['群主“A”撤回了一条成员消息', 'A'],
		['「A」已收回訊息', 'A'],
		['你已收回訊息', null],
		['"A" has recalled a message.', 'A'],
		['"A" recalled a message', 'A'],
		['“A B” recalled a message.', 'A B'],
		['A has recalled a message.', 'A'],
		['You recalled a message', null],
		['You have recalled a message.', null],
		['You’ve recalled a message', null],
		['A message was recalled by "A"', 'A'],
		['A message was recalled', null],
	])('%s', (words, revokerName) => {
		const expected = { type: 'revoked', text: words, revokerName };
		expect(contentIn('80018', { content: inXml(words) })).toEqual({
			...expected,
			messageId: '7',
			msgId: 5,
			chatId: GROUP,
		});
		expect(contentIn('60018', { content: words })).toMatchObject(expected);
		expect(contentIn('80018', { content: `${GROUP}:\n${words}` })).toMatchObject(expected);
		expect(other(words, { msgType: 10000 })).toMatchObject(expected);
		expect(other(words)).toBe(words);
	});

	it.each([
		'<revokemsg><newmsgid>7</newmsgid><content>"A" 撤回了一条消息</content></revokemsg>',
		`<sysmsg type="revokemsg"><revokemsg><newmsgid>7</newmsgid><content>"A" 撤回了一条消息</content></revokemsg></sysmsg>`,
	])('%s', (content) => {
		expect(other(content)).toMatchObject({ type: 'revoked', messageId: '7', revokerName: 'A' });
	});
});

describe('pats of the older shape', () => {
	it('are read like the newer ones', () => {
		expect(read('80019', 'patRecords')).toEqual({
			type: 'pat',
			fromId: 'wxid_a',
			pattedId: 'wxid_b',
			chatId: GROUP.replace('123456', '20000000001'),
			template: '"${wxid_a}" 拍了拍 "${wxid_b}"',
			suffix: null,
			text: '"小甲" 拍了拍 "小乙"',
		});
	});

	it('count by the last record', () => {
		const record = (id: string) => `<record><fromUser>${id}</fromUser></record>`;
		const records = `<patMsg><records>${record(FRIEND)}${record(ME)}</records></patMsg>`;
		expect(other(app(62, records))).toMatchObject({ type: 'pat', fromId: ME });
	});
});
