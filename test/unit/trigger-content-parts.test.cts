import { contentIn, FRIEND, GROUP, read } from '../fixtures/content/load.cts';

/** Messages whose content has parts of its own, or comes in several ways. */

it('reads the end of a call', () => {
	expect(read('60013', 'callBubble')).toEqual({
		type: 'voiceCallEnded',
		text: '通话时长 01:23',
		video: false,
		action: null,
		status: null,
		durationSeconds: 83,
		roomId: '529184440743097310',
		roomKey: '0',
		inviteId: '1757002375584',
	});
	expect(read('60999', 'callBubble')).toMatchObject({ type: 'voiceCallEnded' });
});

describe('quotes', () => {
	it('hold the quoted text as it was', () => {
		expect(read('80014', 'quoteText')).toEqual({
			type: 'quote',
			text: '看看这个',
			quoted: {
				type: 1,
				kind: 'text',
				messageId: '3617029648443513152',
				senderId: FRIEND,
				senderName: '朝夕。',
				chatId: GROUP,
				text: '<b>原话</b> & more',
				content: null,
				timestamp: 1705044119,
			},
		});
	});

	it('open the quoted message', () => {
		expect(read('60014', 'quoteFile')).toMatchObject({
			quoted: {
				kind: 'file',
				chatId: null,
				text: 'report.xlsx',
				content: { type: 'file', finished: true, size: 8939 },
			},
		});
	});

	it('open one level only', () => {
		expect(read('60014', 'quoteQuote')).toMatchObject({
			quoted: {
				kind: 'quote',
				text: '第一次引用',
				content: { type: 'quote', quoted: { kind: 'text', text: '最早的话', content: null } },
			},
		});
	});

	it.each([
		['an image without XML', 3, '', { kind: 'image', text: null, content: null }],
		[
			'a link of an unknown kind',
			49,
			'<msg><appmsg><title>T</title></appmsg></msg>',
			{ kind: 'app', text: 'T', content: { type: 'app', appType: null, title: 'T' } },
		],
		['broken XML', 49, '<msg><appmsg>', { kind: 'other', text: null, content: null }],
		['a number that is not known', 9999, 'words', { kind: 'other', text: 'words' }],
	])('of %s', (_, type, inner, quoted) => {
		const escaped = inner.replaceAll('<', '&lt;');
		const content = `<msg><appmsg><title>A</title><type>57</type><refermsg><type>${type}</type><content>${escaped}</content></refermsg></appmsg></msg>`;
		expect(contentIn('60014', { content })).toMatchObject({ text: 'A', quoted });
	});

	it('are known by what they quote', () => {
		const content = '<msg><appmsg><title>A</title><type>1</type><refermsg/></appmsg></msg>';
		expect(contentIn('60999', { content })).toMatchObject({ type: 'quote', text: 'A' });
	});
});

describe('chat records', () => {
	it('list their items', () => {
		const record = read('60011', 'chatRecord') as { items: object[] };
		expect(record).toEqual(read('60011', 'chatRecordEscaped'));
		expect(record.items).toMatchObject([
			{
				type: 'text',
				senderName: '小明',
				time: '2024-01-12 15:01:02',
				timestamp: 1705042862,
				messageId: '7773749793478223190',
				text: '你好 & 再见',
			},
			{ type: 'image', senderName: 'Alice', size: 84321, extension: 'jpg' },
			{ type: 'file', title: 'a.pdf', size: 2048 },
			{ type: 'chatRecord', title: '小明的聊天记录', text: '小明: [图片]' },
		]);
	});

	it('say how many items are left out', () => {
		const items = '<dataitem datatype="99"/>'.repeat(700);
		const content = `<msg><appmsg><type>19</type><recorditem><![CDATA[<recordinfo>${items}</recordinfo>]]></recorditem></appmsg></msg>`;
		const record = contentIn('60011', { content }) as { items: object[] };
		expect(record).toMatchObject({ itemCount: 700, omittedItems: 200 });
		expect(record.items).toHaveLength(500);
		expect(record.items[0]).toMatchObject({ type: 'other', itemType: 99 });
	});
});

describe('transfers', () => {
	it.each([
		['￥0.10', 10],
		['¥66', 6600],
		['HK$1,000.5', 100050],
		['1234567.89', 123456789],
		['much', null],
		['1.2.3', null],
		['', null],
	])('of %s', (amount, amountCents) => {
		const content = `<msg><appmsg><type>2000</type><wcpayinfo><feedesc>${amount}</feedesc></wcpayinfo></appmsg></msg>`;
		expect(contentIn('60015', { content })).toMatchObject({ amountCents });
	});

	it.each([
		['1', 'waiting'],
		['3', 'received'],
		['4', 'returned'],
		['99', null],
	])('of state %s', (state, status) => {
		const content = `<msg><appmsg><type>2000</type><wcpayinfo><paysubtype>${state}</paysubtype></wcpayinfo></appmsg></msg>`;
		expect(contentIn('60015', { content })).toMatchObject({ status, paySubType: Number(state) });
	});
});

describe('invitations to a group', () => {
	const expected = { type: 'groupInvite', groupName: '测试群', inviterName: '朝夕。' };

	it.each(['60022', '60007', '60999'])('as %s', (code) => {
		expect(read(code, 'groupInvite')).toMatchObject(expected);
	});

	it('in English', () => {
		const content =
			'<msg><appmsg><type>5</type><des>"Al" invited you to join the group chat "Cats". Enter to view details.</des></appmsg></msg>';
		expect(contentIn('60022', { content })).toMatchObject({ groupName: 'Cats', inviterName: 'Al' });
	});

	it('with the link beside the content', () => {
		expect(contentIn('60022', { url: 'https://support.weixin.qq.com/a' })).toMatchObject({
			type: 'groupInvite',
			url: 'https://support.weixin.qq.com/a',
			groupName: null,
		});
	});
});

it('reads the articles of an official account', () => {
	const url = (index: number) => `http://mp.weixin.qq.com/s?__biz=MzA4&mid=1&idx=${index}`;
	expect(read('90001', 'article', { fromUser: 'gh_1' })).toEqual({
		type: 'article',
		accountName: '示例公众号',
		accountId: 'gh_0123456789ab',
		articles: [
			{
				title: '头条标题',
				url: url(1),
				digest: '摘要',
				cover: 'https://mmbiz.qpic.cn/top.jpg',
				time: 1705045558,
			},
			{
				title: '第二篇',
				url: url(2),
				digest: '第二个摘要',
				cover: 'https://mmbiz.qpic.cn/second.jpg',
				time: 1705045558,
			},
		],
		omittedArticles: 0,
	});
	expect(read('90001', 'link')).toMatchObject({
		type: 'article',
		articles: [{ title: '尔滨，又有好消息！', digest: '冰雪大世界 & more', time: null }],
	});
});
