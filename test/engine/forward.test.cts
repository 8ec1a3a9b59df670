import type { IDataObject } from 'n8n-workflow';

import { readContent } from '../../nodes/Eyun/callbacks/content/index.ts';
import { CONTENTS } from '../fixtures/content/load.cts';
import { TestCredentials } from '../support/credentials.cts';
import type { NodeRun } from '../support/engine.cts';
import { jsons, runNode } from '../support/engine.cts';
import { callbackBody, receivedItem } from '../support/received.cts';
import { useSimulator } from '../support/useSimulator.cts';

/** Message: Forward. */

const LIHUA = 'wxid_lihua0000001';
const WANGFANG = 'wxid_wangfang0001';

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

const forward = async (item: IDataObject, parameters: object = {}, more: Partial<NodeRun> = {}) =>
	await runNode({
		credentials,
		sourceType: 'eyunTrigger',
		input: [item],
		parameters: { resource: 'message', operation: 'forward', wcId: LIHUA, ...parameters },
		...more,
	});

/** The item of the trigger, with what it reads of the XML. */
function received(event: string, messageType: string, data: IDataObject = {}): IDataObject {
	const item = receivedItem(simulator, messageType, data as never);
	const all = { ...(item.data as IDataObject), ...data };
	return {
		...item,
		data: all,
		content: readContent({ event, wcId: 'wxid_me', data: all }),
	};
}

const sent = () => simulator.control.messages().map(({ path, to, body }) => ({ path, to, body }));
const appMessageOf = (xml: string) => /<appmsg[\s\S]*<\/appmsg>/.exec(xml)?.[0];

it('sends a text on', async () => {
	const [output] = jsons(await forward(receivedItem(simulator, '60001', { content: '你好' })));
	const [{ newMsgId, msgId, createTime }] = simulator.control.messages();
	expect(sent()).toMatchObject([{ path: '/sendText', to: LIHUA, body: { content: '你好' } }]);
	expect(output).toEqual({
		chatId: LIHUA,
		kind: 'text',
		msgId,
		newMsgId: String(newMsgId),
		createTime,
	});
});

it.each([
	['image', '002', CONTENTS.image, '/sendRecvImage', CONTENTS.image],
	['video', '003', CONTENTS.video, '/sendRecvVideo', CONTENTS.video],
	['link', '007', CONTENTS.link, '/forwardUrl', CONTENTS.link],
	['fileReceived', '009', CONTENTS.fileReceived, '/sendRecvFile', CONTENTS.fileReceived],
	['miniProgram', '010', CONTENTS.miniProgram, '/sendApplet', appMessageOf(CONTENTS.miniProgram)],
	['chatRecord', '011', CONTENTS.chatRecord, '/sendApplet', appMessageOf(CONTENTS.chatRecord)],
	['quote', '014', CONTENTS.quoteText, '/sendApplet', appMessageOf(CONTENTS.quoteText)],
	[
		'channelsVideo',
		'017',
		CONTENTS.channelsVideo,
		'/sendApplet',
		appMessageOf(CONTENTS.channelsVideo),
	],
	['music', '021', CONTENTS.music, '/sendApplet', appMessageOf(CONTENTS.music)],
	['other', '999', CONTENTS.link, '/forwardUrl', CONTENTS.link],
])(
	'sends a message of the kind %s on, from private chats and groups',
	async (kind, digits, xml, path, content) => {
		for (const type of [`60${digits}`, `80${digits}`]) {
			const [output] = jsons(await forward(received(kind, type, { content: xml })));
			expect(output.kind).toBe(kind === 'other' ? 'link' : kind);
		}
		const one = { path, to: LIHUA, body: { wId: expect.any(String), wcId: LIHUA, content } };
		expect(sent()).toEqual([one, one]);
	},
);

it('sends a sticker on', async () => {
	await forward(received('emoji', '60006', { content: CONTENTS.emoji }));
	await forward(received('emoji', '60006', { content: '', md5: 'abc', length: 12 }));
	expect(sent()).toMatchObject([
		{
			path: '/sendEmoji',
			body: { imageMd5: '2a4cb28868b9d450a135b1a85b5ba3dd', imgSize: '211797' },
		},
		{ path: '/sendEmoji', body: { imageMd5: 'abc', imgSize: '12' } },
	]);
});

it('sends a contact card on', async () => {
	await forward(received('card', '60005', { content: CONTENTS.cardById }));
	expect(sent()).toMatchObject([{ path: '/sendNameCard', body: { nameCardId: 'wxid_other' } }]);
});

it('sends a place on as a text with a link to the map', async () => {
	await forward(received('location', '60020', { content: CONTENTS.location }));
	expect(sent()).toMatchObject([{ path: '/sendText' }]);
	const lines = String(sent()[0].body.content).split('\n');
	expect(lines).toEqual([
		'北京天安门广场',
		'北京市东城区东长安街',
		expect.stringMatching(
			/^https:\/\/apis\.map\.qq\.com\/uri\/v1\/marker\?marker=coord%3A39\.90374%2C116\.397827%3B/,
		),
	]);
});

it('sends a voice message on from where Eyun has it', async () => {
	await forward(received('voice', '60004', { content: CONTENTS.voice }));
	expect(simulator.control.requests('/getMsgVoice')).toHaveLength(1);
	expect(sent()).toMatchObject([
		{
			path: '/sendVoice',
			body: {
				content: expect.stringMatching(/^http/),
				length: expect.objectContaining({ value: '2540' }),
			},
		},
	]);
});

it('takes callbacks of the older format, with the line of the sender', async () => {
	const raw = JSON.parse(callbackBody(simulator, '80002')) as IDataObject;
	const message = {
		...raw,
		messageType: 10,
		data: { ...(raw.data as IDataObject), content: `wxid_a:\n${CONTENTS.image}` },
	};
	await forward(
		{ message },
		{ messageSource: 'item', message: '={{ $json.message }}' },
		{ sourceType: 'items' },
	);
	expect(sent()).toMatchObject([{ path: '/sendRecvImage', body: { content: CONTENTS.image } }]);
});

it.each([
	['redPacket', '60016', CONTENTS.redPacket, 'it is a red packet'],
	['transfer', '60015', CONTENTS.transfer, 'it is a transfer of money'],
	['quote', '60014', CONTENTS.transfer, 'it is a transfer of money'],
	['other', '60999', CONTENTS.transfer, 'it is a transfer of money'],
	['revoked', '60018', CONTENTS.revoked, 'it is the notice that a message was revoked'],
	['pat', '80019', CONTENTS.pat, 'it is a pat'],
	['voiceCall', '60012', CONTENTS.callInvite, 'it is a call'],
	['groupInvite', '60022', CONTENTS.groupInvite, 'it is an invitation'],
	['other', '60999', 'plain words', 'it is of a kind that Eyun has no name for'],
	['file', '60008', CONTENTS.fileAnnounced, 'it only announces a file'],
	['card', '60005', CONTENTS.card, 'it is a contact card that hides its WeChat ID'],
	['location', '60020', CONTENTS.locationSharing, 'it has no place'],
	['image', '60002', 'no XML', 'it has no XML in data.content'],
	['link', '80010', 'no XML', 'it has no app message in data.content'],
	[
		'music',
		'60021',
		'<msg><appmsg><title></appmsg></msg>',
		'it has XML in data.content that is damaged',
	],
	['emoji', '60006', '', 'it has no md5 and length of a sticker'],
	['voice', '60004', '<msg/>', 'it has no length, bufId or duration'],
	['text', '60001', '', 'it has no text'],
	['offline', '30000', '', 'it is the event system.offline'],
	['memberJoined', '85008', '', 'it is the event group.memberJoined'],
	['friendRequest', '30001', CONTENTS.friendRequest, 'it is the event contact.friendRequest'],
])('does not forward %s (%s)', async (kind, type, content, reason) => {
	const data: IDataObject = { content };
	if (kind === 'emoji') Object.assign(data, { md5: '', length: '' });
	if (kind === 'voice') Object.assign(data, { length: null, bufId: null });
	const { error } = await forward(received(kind, type, data));
	expect(error?.message).toContain(
		`"Message to Forward" (messageSource) cannot be forwarded: ${reason}`,
	);
	expect(error?.description).toContain('Nothing was sent');
	expect(sent()).toEqual([]);
});

describe('the chats', () => {
	const item = () => receivedItem(simulator, '60001', { content: 'x' });

	it.each([
		[`${LIHUA}, ${WANGFANG}，${LIHUA}`],
		[`={{ ["${LIHUA}", "${WANGFANG}"] }}`],
		[{ __rl: true, mode: 'id', value: `${LIHUA}\n${WANGFANG}` }],
	])('may be several, each once: %j', async (wcId) => {
		const result = await forward(item(), { wcId });
		expect(sent().map(({ to }) => to)).toEqual([LIHUA, WANGFANG]);
		expect(jsons(result).map(({ chatId }) => chatId)).toEqual([LIHUA, WANGFANG]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it.each([['={{ "" }}'], ['={{ [] }}'], [' , ']])('%j is refused', async (wcId) => {
		const { error } = await forward(item(), { wcId });
		expect(error?.message).toContain('"Chats" (wcId) is empty');
		expect(sent()).toEqual([]);
	});

	const all = { wcId: `${LIHUA},wxid_nobody,${WANGFANG}` };

	it('that got it are named when one fails, and nothing more is sent', async () => {
		const { error } = await forward(item(), all);
		expect(sent().map(({ to }) => to)).toEqual([LIHUA]);
		expect(error?.message).toContain('The chat wxid_nobody failed: ');
		expect(error?.message).toContain(`Delivered, not to be sent again: the chat ${LIHUA}`);
		expect(error?.description).toContain(`Not sent: the chat ${WANGFANG}`);
	});

	it('that got it do not get it again by Retry On Fail', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', to: WANGFANG });
		const result = await forward(item(), { wcId: `${LIHUA},${WANGFANG}` }, { retryOnFail: true });
		expect(sent().map(({ to }) => to)).toEqual([LIHUA, WANGFANG]);
		expect(jsons(result)).toHaveLength(2);
	});

	it('of which nobody knows do not get it again either', async () => {
		simulator.control.fault({ kind: 'resetAfter', path: '/sendText', to: WANGFANG });
		const { error } = await forward(
			item(),
			{ wcId: `${LIHUA},${WANGFANG}` },
			{ retryOnFail: true },
		);
		expect(sent().map(({ to }) => to)).toEqual([LIHUA, WANGFANG]);
		expect(error?.message).toMatch(/^Not done again: The chat wxid_wangfang0001 failed: /);
	});

	it('are given time by Pause Between Calls', async () => {
		const pause = { values: { mode: 'range', min: 300, max: 300 } };
		const began = performance.now();
		await forward(item(), { wcId: `${LIHUA},${WANGFANG}`, options: { pause } });
		expect(performance.now() - began).toBeGreaterThan(290);
	});
});

it('acts as the account that received it, or as the one that was chosen', async () => {
	const { wId, wcId } = simulator.defaults;
	const item = receivedItem(simulator, '60001', { wId: 'an-old-login' });
	await forward(item);
	await forward(
		{ ...item, wcId: null, wId: null },
		{ wId: { __rl: true, mode: 'wcId', value: wcId } },
	);
	await forward({ ...item, wcId: null, wId: null }, { wId });
	expect(sent().map(({ body }) => body.wId)).toEqual([wId, wId, wId]);
	const { error } = await forward({ ...item, wcId: null, wId: null });
	expect(error?.message).toContain('the message does not say which account received it');
});

it('puts out the whole answer of Eyun if asked for', async () => {
	const [output] = jsons(
		await forward(receivedItem(simulator, '60001'), { options: { fullResponse: true } }),
	);
	expect(output).toMatchObject({ chatId: LIHUA, code: '1000', data: { type: 1 } });
});

it('says that a partial item is not enough', async () => {
	const { error } = await forward(
		{ chatId: 'x' },
		{ messageSource: 'item', message: '={{ $json }}' },
	);
	expect(error?.message).toContain('is empty, and the message does not say which account');
	const again = await forward(
		{ chatId: 'x', wcId: 'wxid_a' },
		{ messageSource: 'item', message: '={{ $json }}' },
	);
	expect(again.error?.message).toContain('it does not say what it is: it has no event');
});
