import type { IDataObject } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { SILK_RATE } from '../../nodes/Eyun/voice/silk';
import { readWav } from '../../nodes/Eyun/voice/wav';
import { openBinaryStore, type BinaryStore } from '../support/binaryStore.cts';
import { TestCredentials } from '../support/credentials.cts';
import { runNode } from '../support/engine.cts';
import { receivedItem } from '../support/received.cts';
import { pitchOf } from '../support/sounds.cts';
import { useSimulator } from '../support/useSimulator.cts';

/** Voices on their way through the node: received ones become WAV, those to send become SILK. */

const simulator = useSimulator();
let credentials: TestCredentials;
let store: BinaryStore;

beforeAll(async () => {
	store = await openBinaryStore();
});
afterAll(async () => {
	await store.stop();
});
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
