import axios from 'axios';
import { numberText, type JsonObject } from '../../simulator/json.cts';
import { startSimulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { control, data, post } from './simulatorClient.cts';

const sim = useSimulator();

const send = async (path = '/sendText', body: JsonObject = {}): Promise<JsonObject> =>
	await data(sim, path, { wcId: sim.defaults.friend, content: '你好', ...body });

const ids = ({ msgId, newMsgId, createTime }: JsonObject): JsonObject => ({
	wcId: sim.defaults.friend,
	msgId,
	newMsgId,
	createTime,
});

const revoke = async (body: JsonObject): Promise<string> =>
	(await post(sim, '/revokeMsg', { wId: sim.defaults.wId, ...body })).code;

describe('sending', () => {
	it('answers a fresh 63-bit newMsgId as a bare number and a msgId between 2^31 and 2^32', async () => {
		const seen = new Set<string>();
		for (let n = 0; n < 20; n++) {
			const { msgId, newMsgId, wcId, type } = await send();
			const wide = BigInt(numberText(newMsgId) ?? '0');
			expect(wide > 2n ** 53n && wide < 2n ** 63n).toBe(true);
			expect(BigInt(Number(wide))).not.toBe(wide);
			expect(Number(numberText(msgId))).toBeGreaterThan(2 ** 31);
			expect(Number(numberText(msgId))).toBeLessThan(2 ** 32);
			expect([wcId, numberText(type)]).toEqual([sim.defaults.friend, '1']);
			seen.add(String(wide));
		}
		expect(seen.size).toBe(20);
	});

	it.each([
		['/sendVideo', { path: 'http://a/b.mp4', thumbPath: 'http://a/b.png' }],
		['/sendRecvVideo', {}],
		['/sendEmoji', { imageMd5: 'fe0f', imgSize: '12' }],
	])('%s leaves all but the ids null', async (path, body) => {
		const sent = await send(path, body);
		expect(sent).toMatchObject({ type: null, createTime: null, wcId: null });
		expect(await revoke({ ...ids(sent), createTime: 1 })).toBe('1000');
	});

	it('answers createTime 0 for pictures and msgId 0 for business cards', async () => {
		const picture = await send('/sendImage2');
		expect(numberText(picture.createTime)).toBe('0');
		const card = await send('/sendNameCard', { nameCardId: 'azhichao' });
		expect([numberText(card.msgId), numberText(card.type)]).toEqual(['0', '42']);
		expect(await revoke(ids(card))).toBe('1000');
	});

	it('refuses a chat that is neither a friend nor a group of ours', async () => {
		for (const wcId of ['wxid_nobody', '24343869723@chatroom', '1@chatroom']) {
			const answer = await post(sim, '/sendText', {
				wId: sim.defaults.wId,
				wcId,
				content: 'x',
			});
			expect(answer).toMatchObject({ code: '1001', data: null });
			expect(answer.message).toContain(wcId);
		}
		expect(sim.control.messages()).toHaveLength(0);
	});

	it('lets only owner and administrators mention everybody', async () => {
		const all = { content: '@所有人', at: 'notify@all' };
		await send('/sendText', { wcId: sim.defaults.group, ...all });
		await expect(send('/sendText', { wcId: '23282491030@chatroom', ...all })).rejects.toThrow(
			'1001',
		);
	});

	it('wants a data URI for a file as base64', async () => {
		const file = { fileName: 'a.txt' };
		await send('/sendFileBase64', { ...file, base64: 'data:text/plain;base64,5L2g5aW9' });
		await expect(send('/sendFileBase64', { ...file, base64: '5L2g5aW9' })).rejects.toThrow(
			'base64',
		);
	});

	it('tells the two operations of /sendApplet apart by the success text', async () => {
		const body = { wId: sim.defaults.wId, wcId: sim.defaults.friend, content: '<appmsg/>' };
		expect((await post(sim, '/sendApplet', body)).message).toBe('发送成功');
		const withImage = { ...body, imgUrl: 'http://a/b.png' };
		expect((await post(sim, '/sendApplet', withImage)).message).toBe('发送小程序成功');
	});
});

describe('revoking', () => {
	it('takes exactly the ids of the send, once', async () => {
		const sent = await send();
		expect(await revoke(ids(sent))).toBe('1000');
		expect(sim.control.messages()[0].revoked).toBe(true);
		expect(await revoke(ids(sent))).toBe('1001');
	});

	it.each(['wcId', 'msgId', 'newMsgId', 'createTime'])('refuses another %s', async (field) => {
		const good = ids(await send());
		const digits = numberText(good[field]);
		const other = digits === undefined ? 'azhichao' : BigInt(digits) + 1n;
		expect(await revoke({ ...good, [field]: other })).toBe('1001');
		expect(await revoke(good)).toBe('1000');
	});

	it('refuses a newMsgId that was rounded on the way, and one that was quoted', async () => {
		const good = ids(await send());
		const digits = numberText(good.newMsgId) ?? '';
		expect(await revoke({ ...good, newMsgId: BigInt(Number(digits)) })).toBe('1001');
		expect(await revoke({ ...good, newMsgId: digits })).toBe('1001');
		const log = await control<{ requests: { body: string; types: object }[] }>(
			sim,
			'requests?path=/revokeMsg',
		);
		expect(log.requests.map((entry) => entry.types)).toEqual([
			expect.objectContaining({ newMsgId: 'number' }),
			expect.objectContaining({ newMsgId: 'string' }),
		]);
		expect(log.requests[0].body).not.toContain(digits);
	});

	it('still works after a new login, and not after two minutes', async () => {
		const sent = ids(await send());
		sim.control.online();
		expect(await revoke(sent)).toBe('1000');
		const late = await startSimulator({ revokeWithinMs: -1 });
		try {
			const { wId, friend } = late.defaults;
			const old = await data(late, '/sendText', { wcId: friend, content: 'x' });
			const asked = { wId, ...ids(old), wcId: friend };
			expect((await post(late, '/revokeMsg', asked)).code).toBe('1001');
		} finally {
			await late.stop();
		}
	});
});

describe('files', () => {
	it.each([
		['/getMsgImg', { content: '<msg/>' }, 'image/png'],
		['/getMsgVoice', { length: 1, bufId: '1', fromUser: 'a' }, 'audio/silk'],
		['/getMsgEmoji', { content: '<msg/>' }, 'image/gif'],
		['/getMsgFile', { content: '<msg><title>报告.pdf</title></msg>' }, 'application/pdf'],
	])('%s answers a url of a file', async (path, body, type) => {
		const { url } = await data<{ url: string }>(sim, path, { msgId: 2562652205, ...body });
		const file = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer' });
		expect(file.headers['content-type']).toBe(type);
		expect(file.data.byteLength).toBe(Number(file.headers['content-length']));
		expect(sim.control.media().at(-1)).toMatchObject({ authorization: false });
	});

	it('come in any size, and a token that comes along is noted', async () => {
		const file = await axios.get<ArrayBuffer>(`${sim.url}/_media/video/a.mp4?bytes=5000000`, {
			responseType: 'arraybuffer',
			headers: { Authorization: sim.defaults.token },
		});
		expect(file.data.byteLength).toBe(5_000_000);
		expect(sim.control.media().at(-1)).toMatchObject({ authorization: true });
	});

	it('takes size and name of /cdnDownFile from the request', async () => {
		const { url } = await data<{ url: string }>(sim, '/cdnDownFile', {
			cdnUrl: '30',
			aeskey: 'a',
			fileType: 5,
			fileName: '报告.pdf',
			totalSize: 1234,
		});
		const file = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer' });
		expect(file.data.byteLength).toBe(1234);
		expect(file.headers['content-type']).toBe('application/pdf');
	});
});
