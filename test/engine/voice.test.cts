import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { decodeSilk, SILK_RATE } from '../../nodes/Eyun/voice/silk';
import { readWav, writeWav } from '../../nodes/Eyun/voice/wav';
import { inlineFile, useBinaryStore } from '../support/binaryStore.cts';
import { TestCredentials } from '../support/credentials.cts';
import { runNode } from '../support/engine.cts';
import { receivedItem } from '../support/received.cts';
import { pitchOf, sine } from '../support/sounds.cts';
import { useSimulator } from '../support/useSimulator.cts';

/** Voices on their way through the node: received ones become WAV, those to send become SILK. */

const simulator = useSimulator();
let credentials: TestCredentials;
const store = useBinaryStore();

beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

describe('Download Media', () => {
	let servers: Server[] = [];

	afterEach(() => {
		for (const server of servers) server.close();
		servers = [];
	});

	const download = async (parameters: IDataObject = {}, message?: IDataObject) =>
		await runNode({
			credentials,
			input: [message ?? receivedItem(simulator, '60004')],
			parameters: { resource: 'incomingMessage', operation: 'downloadMedia', ...parameters },
		});

	async function listening(handler: Parameters<typeof createServer>[1]): Promise<string> {
		const server = createServer({}, handler);
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	}

	/** A vendor whose voice is this file. */
	async function vendorWith(content: Buffer, type?: string): Promise<void> {
		const files = await listening((_request, response) => {
			if (type !== undefined) response.setHeader('content-type', type);
			response.end(content);
		});
		const data = { url: `${files}/voice` };
		const baseUrl = await listening((_request, response) => {
			response.end(JSON.stringify({ code: '1000', message: '成功', data }));
		});
		credentials = new TestCredentials({ baseUrl, token: 'token' });
	}

	it.each(['60004', '80004'])('makes WAV of a voice: %s', async (type) => {
		const message = receivedItem(simulator, type);
		const { items, error } = await download({}, message);
		expect(error).toBe(undefined);
		const [{ json, binary }] = items;
		const fileName = `voice-${String(message.msgId)}.wav`;
		const url = expect.stringMatching(/\/_media\/voice\/\d+\.silk$/);
		const bytes = binary?.data.bytes;
		expect(json).toEqual({
			...message,
			media: { kind: 'voice', fileName, mimeType: 'audio/wav', bytes, url },
		});
		expect(binary?.data).toMatchObject({ fileName, mimeType: 'audio/wav', fileExtension: 'wav' });
		const content = await store.read(binary!.data);
		expect(content).toHaveLength(Number(bytes));
		const { rate, samples } = readWav(content, 60);
		expect(rate).toBe(SILK_RATE);
		expect((samples.length / rate) * 1_000).toBe((message.data as IDataObject).voiceLength);
		expect(pitchOf(samples, rate)).toBeCloseTo(440, -1);
	});

	it('leaves it as WeChat sent it on request', async () => {
		const { items, error } = await download({ voiceFormat: 'asReceived' });
		expect(error).toBe(undefined);
		expect(items[0].binary?.data).toMatchObject({
			mimeType: 'audio/silk',
			fileName: expect.stringMatching(/^voice-\d+\.silk$/),
		});
		const content = await store.read(items[0].binary!.data);
		expect(content.toString('latin1', 0, 10)).toBe('\x02#!SILK_V3');
		expect(items[0].json.media).not.toHaveProperty('error');
	});

	it.each([
		['#!AMR\n', 'audio/amr', 'amr', 'audio/silk'],
		['#!AMR\n', 'audio/amr', 'amr', 'audio/amr'],
		['ID3\x03', 'audio/mpeg', 'mp3', undefined],
		['OggS', 'audio/ogg', 'ogg', 'application/octet-stream'],
	])(
		'calls what is no SILK by its content: %j is %s',
		async (head, mimeType, extension, stated) => {
			const sent = Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(100)]);
			await vendorWith(sent, stated);
			const { items, error } = await download();
			expect(error).toBe(undefined);
			expect(items[0].binary?.data).toMatchObject({ mimeType, fileExtension: extension });
			expect(items[0].json.media).toMatchObject({
				mimeType,
				fileName: expect.stringMatching(new RegExp(`^voice-\\d+\\.${extension}$`)),
			});
			expect(await store.read(items[0].binary!.data)).toEqual(sent);
		},
	);

	it.each([
		['it is damaged', Buffer.from('\x02#!SILK_V3\x40\x00abc', 'latin1')],
		['it holds no sound', Buffer.from('\x02#!SILK_V3', 'latin1')],
		['it is not SILK', Buffer.from('hello, this is no sound')],
		['it is larger than 20 MB', Buffer.alloc(20 * 1024 * 1024 + 1)],
	])('says that %s, and what to do', async (reason, content) => {
		await vendorWith(content, 'audio/silk');
		const { error } = await download();
		expect(error?.message).toBe(`The voice could not be converted to WAV: ${reason} [item 0]`);
		expect(error?.description).toBe('Set Voice Format to SILK as Received to get the file itself');
		const { items } = await download({ voiceFormat: 'asReceived' });
		expect(items[0].binary?.data.mimeType).toBe('audio/silk');
	});
});

describe('Send Voice', () => {
	const silk = readFileSync(join(__dirname, '..', '..', 'simulator', 'voice.silk'));
	const wav = (rate = SILK_RATE, seconds = 1) =>
		Buffer.from(writeWav({ rate, samples: sine(440, seconds, rate) }));
	const amr = Buffer.concat([
		Buffer.from('#!AMR\n'),
		...Array.from({ length: 75 }, () => Buffer.alloc(32, 0x3c)),
	]);

	const send = async (binary: IBinaryData, parameters: object = {}) =>
		await runNode({
			credentials,
			binary: [{ data: binary }],
			parameters: {
				resource: 'message',
				operation: 'sendVoice',
				wId: simulator.defaults.wId,
				wcId: simulator.defaults.friend,
				content: { __rl: true, mode: 'binary', value: 'data' },
				length: 0,
				...parameters,
			},
		});
	const sent = () =>
		simulator.control.requests('/sendVoice').map(({ json }) => json as IDataObject);

	beforeEach(() => simulator.control.clearRequests());

	it.each([8_000, 16_000, 22_050, 24_000, 44_100, 48_000])(
		'makes SILK of a WAV file of %i Hz, and says how long it is',
		async (rate) => {
			const { error } = await send(await store.put(wav(rate), 'hello.wav', 'audio/wav'));
			expect(error).toBe(undefined);
			const [{ content, length }] = sent();
			expect(Number(length)).toBe(1_000);
			const file = await store.fetch(String(content));
			expect(file.toString('latin1', 0, 10)).toBe('\x02#!SILK_V3');
			const samples = await decodeSilk(file);
			expect(samples).toHaveLength(SILK_RATE);
			expect(pitchOf(samples, SILK_RATE)).toBeCloseTo(440, -1);
		},
	);

	it.each([
		['audio/x-wav', 'voice'],
		['application/octet-stream', 'A.WAV'],
		['audio/silk', 'wrong.silk'],
	])('knows WAV that is called %s (%s), inside the item too', async (type, name) => {
		const { error } = await send(inlineFile(wav(), name, type));
		expect(error).toBe(undefined);
		const file = await store.fetch(String(sent()[0].content));
		expect(file.toString('latin1', 0, 10)).toBe('\x02#!SILK_V3');
	});

	it.each([
		['SILK', silk, 'a.silk', 1_960],
		['AMR', amr, 'a.amr', 1_500],
	])('sends %s as it is, and says how long it is', async (_what, content, name, length) => {
		const { error } = await send(await store.put(content, name, 'application/octet-stream'));
		expect(error).toBe(undefined);
		expect(Number(sent()[0].length)).toBe(length);
		expect(await store.fetch(String(sent()[0].content))).toEqual(content);
	});

	it.each([0, '', null, undefined])('takes the length from the file for %j', async (length) => {
		await send(await store.put(silk, 'a.silk', 'audio/silk'), { length });
		expect(Number(sent()[0].length)).toBe(1_960);
	});

	it('keeps a length that the user gave', async () => {
		await send(await store.put(wav(), 'a.wav', 'audio/wav'), { length: 4_321 });
		expect(Number(sent()[0].length)).toBe(4_321);
	});

	it.each([
		['a file that does not tell', 'binary', 'data', 'cannot be read from the file'],
		['an address', 'url', 'https://example.com/a.silk', 'is empty, and only a file tells it'],
	])('wants a length for %s', async (_what, mode, value, words) => {
		const file = await store.put(silk.subarray(0, 100), 'a.silk', 'audio/silk');
		const { error } = await send(file, { content: { __rl: true, mode, value } });
		expect(error?.message).toBe(`"Duration (Milliseconds)" (length) ${words} [item 0]`);
		expect(error?.description).toContain('in milliseconds');
		expect(sent()).toEqual([]);
	});

	it.each([
		['mp3', Buffer.from('ID3\x03 and so on'), 'audio/mpeg'],
		['ogg', Buffer.from('OggS and so on'), 'audio/ogg'],
	])('refuses %s, whatever it is called', async (extension, content, type) => {
		for (const name of [`a.${extension}`, 'a.silk']) {
			const { error } = await send(await store.put(content, name, 'application/octet-stream'));
			expect(error?.message).toBe(
				`"Voice" (content) takes SILK, AMR or WAV, and the file "data" is ${type} [item 0]`,
			);
			expect(error?.description).toContain('Convert the file to WAV (16-bit PCM)');
		}
		expect(sent()).toEqual([]);
	});

	it.each([
		['it is longer than 60 seconds', wav(8_000, 61)],
		['it is damaged', wav().subarray(0, 30)],
		['it holds no sound', wav().subarray(0, 44)],
	])('says of a WAV file that %s', async (reason, content) => {
		const { error } = await send(await store.put(content, 'a.wav', 'audio/wav'));
		expect(error?.message).toBe(
			`"Voice" (content) cannot be made of the file "data": ${reason} [item 0]`,
		);
		expect(error?.description).toContain('16-bit PCM of at most 60 seconds');
		expect(sent()).toEqual([]);
	});
});
