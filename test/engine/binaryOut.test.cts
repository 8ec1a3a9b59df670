import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type * as Pace from '../../nodes/Eyun/execution/pacing/pace';
import { useSimulator } from '../support/useSimulator.cts';
import { useBinaryStore } from '../support/binaryStore.cts';
import { TestCredentials } from '../support/credentials.cts';
import { runNode, type NodeRun } from '../support/engine.cts';
import { callbackBody, fileXml, receivedItem } from '../support/received.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Received media and QR codes as binary data: the right endpoint for each, late files, large ones. */

/** The waits of the node, in milliseconds. They last a fiftieth of it here. */
const waits: number[] = [];

jest.mock('../../nodes/Eyun/execution/pacing/pace', () => {
	const real = jest.requireActual<typeof Pace>('../../nodes/Eyun/execution/pacing/pace');
	const waitUnlessCancelled: typeof real.waitUnlessCancelled = async (ms, cancelled) => {
		waits.push(ms);
		await real.waitUnlessCancelled(ms / 50, cancelled);
	};
	return { ...real, waitUnlessCancelled };
});

/** Frees what is no longer in use, so that only what is in use counts. */
function collectGarbage() {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
}

const simulator = useSimulator();
let credentials: TestCredentials;
const store = useBinaryStore();

beforeEach(async () => {
	credentials = await usedCredentials(simulator);
	waits.length = 0;
});

const run = (parameters: object, more: Partial<NodeRun> = {}) =>
	runNode({ credentials, ...more, parameters: { ...parameters } });
const fetch = (message: IDataObject, parameters: object = {}, more: Partial<NodeRun> = {}) =>
	run(
		{ resource: 'incomingMessage', operation: 'downloadMedia', ...parameters },
		{ input: [message], ...more },
	);
const asked = () => simulator.control.requests().map(({ path }) => path);
const body = (index = 0) => simulator.control.requests()[index].json as Record<string, unknown>;

/** Every download came without a token. */
function downloads(): string[] {
	const all = simulator.control.media();
	expect(all.map(({ authorization }) => authorization)).toEqual(all.map(() => false));
	expect(JSON.stringify(all)).not.toContain(simulator.defaults.token);
	return all.map(({ path }) => path);
}

async function contentOf({ binary = {} }: INodeExecutionData, field = 'data'): Promise<Buffer> {
	expect(binary[field].id).toMatch(/^filesystem-v2:/);
	return await store.read(binary[field]);
}

describe('Download Media picks the endpoint by the message', () => {
	const kinds: Array<[string, string, string, string, string, number]> = [
		['002', 'image', '/getMsgImg', 'image/png', 'png', 251],
		['006', 'emoji', '/getMsgEmoji', 'image/gif', 'gif', 43],
	];

	it.each(kinds.flatMap((row) => [['60', ...row] as const, ['80', ...row] as const]))(
		'%s%s, %s: %s',
		async (chat, digits, kind, path, mimeType, extension, size) => {
			const message = receivedItem(simulator, `${chat}${digits}`);
			const { items, error } = await fetch(message);
			expect(error).toBe(undefined);
			expect(asked()).toEqual([path]);
			const msgId = String(message.msgId);
			const url = expect.stringMatching(new RegExp(`/_media/${kind}/${msgId}\\.${extension}$`));
			const bytes = items[0].binary?.data.bytes;
			const fileName = `${kind}-${msgId}.${extension}`;
			expect(items).toHaveLength(1);
			expect(items[0].json).toEqual({
				...message,
				media: { kind, fileName, mimeType, bytes, url },
			});
			expect(items[0].binary).toEqual({
				data: expect.objectContaining({ fileName, mimeType, fileExtension: extension }),
			});
			expect(items[0].pairedItem).toEqual({ item: 0 });
			expect(bytes).toBe(size);
			expect(await contentOf(items[0])).toHaveLength(size);
			expect(downloads()).toHaveLength(1);
		},
	);

	it('asks for a voice with all the callback says about it', async () => {
		const message = receivedItem(simulator, '80004');
		await fetch(message);
		expect(simulator.control.requests()[0].body).toBe(
			`{"wId":"${simulator.defaults.wId}","msgId":${String(message.msgId)},"length":3083,"bufId":"577212","fromUser":"${simulator.defaults.friend}"}`,
		);
	});

	it.each(['60008', '80008', '60009', '80009'])('a file by its own name: %s', async (type) => {
		const content = fileXml('Angebot &amp; Preise 2026.pdf');
		const { items, error } = await fetch(receivedItem(simulator, type, { content }));
		expect(error).toBe(undefined);
		expect(asked()).toEqual(['/getMsgFile']);
		expect(body()).toMatchObject({ content });
		expect(items[0].binary?.data).toMatchObject({
			fileName: 'Angebot & Preise 2026.pdf',
			mimeType: 'application/pdf',
		});
		expect(downloads()).toHaveLength(1);
	});

	it.each([
		['<![CDATA[../../etc/报价.xlsx]]>', '.._.._etc_报价.xlsx', 'spreadsheetml.sheet'],
		['archive', 'archive', 'application/octet-stream'],
	])('a file called %s becomes %s', async (title, fileName, type) => {
		const { items } = await fetch(receivedItem(simulator, '60008', { content: fileXml(title) }));
		expect(items[0].binary?.data.fileName).toBe(fileName);
		expect(items[0].binary?.data.mimeType).toContain(type);
	});

	it('the high quality of an image, else the normal one', async () => {
		const message = receivedItem(simulator, '60002');
		await fetch(message);
		expect(Number(body().type)).toBe(1);
		simulator.control.clearRequests();
		simulator.control.fault({ kind: 'vendorFailure', path: '/getMsgImg' });
		const { items, error } = await fetch(message);
		expect(error).toBe(undefined);
		expect(items[0].binary?.data.mimeType).toBe('image/png');
		expect(
			simulator.control.requests().map(({ json }) => Number((json as IDataObject).type)),
		).toEqual([1, 0]);
		simulator.control.fault({ kind: 'vendorFailure', path: '/getMsgImg', times: 2 });
		expect((await fetch(message)).error?.message).toContain('Eyun refused: 失败');
	});

	it('the video of a moment, for the account that was chosen', async () => {
		const { wId, wcId } = simulator.defaults;
		const moments = await run({ resource: 'moment', operation: 'getAll', wId, limit: 1 });
		simulator.control.clearRequests();
		const [{ json }] = moments.items;
		for (const account of [wId, { __rl: true, mode: 'wcId', value: wcId }]) {
			const { items, error } = await fetch(json, { wId: account });
			expect(error).toBe(undefined);
			expect(items[0].binary?.data).toMatchObject({
				mimeType: 'video/mp4',
				fileName: `moment-${String(json.id)}.mp4`,
			});
		}
		const calls = simulator.control.requests('/downloadSnsVideo');
		expect(calls.map((call) => (call.json as IDataObject).wId)).toEqual([wId, wId]);
		expect(downloads()).toHaveLength(2);
	});

	it('callbacks that no trigger has read', async () => {
		const raw = callbackBody(simulator, '60002', { msgId: 4_123_456_789 });
		const callback = JSON.parse(raw) as IDataObject;
		for (const item of [callback, { headers: {}, body: callback }]) {
			const { error } = await fetch(item);
			expect(error).toBe(undefined);
		}
		expect((await fetch({}, { message: raw, wId: '' })).error).toBe(undefined);
		const requests = simulator.control.requests('/getMsgImg');
		expect(requests).toHaveLength(3);
		for (const request of requests) expect(request.body).toContain('"msgId":4123456789');
	});

	it('the older format', async () => {
		const message = receivedItem(simulator, '60004');
		const { length, bufId, ...data } = message.data as IDataObject;
		expect([length, bufId]).toEqual([3083, '577212']);
		await fetch({ ...message, messageType: '8', data });
		expect(body()).toMatchObject({ bufId: '577212' });
		expect(simulator.control.requests()[0].body).toContain('"length":3083');
	});
});

describe('what goes in', () => {
	it('stays in the item beside the file, whatever the field is called', async () => {
		const old = await store.put(Buffer.from('old'), 'a.txt', 'text/plain');
		const { items } = await fetch(
			receivedItem(simulator, '60002'),
			{ binaryPropertyName: 'picture' },
			{ binary: [{ data: old }] },
		);
		expect(Object.keys(items[0].binary ?? {}).sort()).toEqual(['data', 'picture']);
		expect((await contentOf(items[0], 'data')).toString()).toBe('old');
	});

	it('goes on as it is when there is nothing to download', async () => {
		const message = receivedItem(simulator, '60001');
		const { items, error } = await fetch(message);
		expect(error).toBe(undefined);
		expect(items[0].json).toEqual({ ...message, media: null });
		expect(items[0].binary ?? {}).toEqual({});
		expect(asked()).toEqual([]);
	});

	it('or stops there, on request', async () => {
		const { error } = await fetch(receivedItem(simulator, '60001'), { noMedia: 'stop' });
		expect(error?.message).toBe(
			'"Message" (message) carries nothing to download (message type 60001) [item 0]',
		);
	});

	it.each([{ some: 'thing' }, { messageType: '60002' }, { message: '[1]' }])(
		'that is no message is refused: %j',
		async (item) => {
			const { error } = await fetch(item);
			expect(error?.message).toContain('"Message" (message) is neither a message nor a moment');
			expect(asked()).toEqual([]);
		},
	);

	it('may be several messages of all kinds, each with its own file', async () => {
		const types = ['60002', '60001', '80006', '60004'];
		const input = types.map((type) => receivedItem(simulator, type));
		const { items, error } = await run(
			{ resource: 'incomingMessage', operation: 'downloadMedia' },
			{ input },
		);
		expect(error).toBe(undefined);
		expect(items.map(({ binary }) => binary?.data?.mimeType)).toEqual([
			'image/png',
			undefined,
			'image/gif',
			'audio/wav',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(types.map((_, item) => ({ item })));
	});
});

describe('a file that comes late', () => {
	const late = () => receivedItem(simulator, '60008', { content: fileXml('a.pdf') });

	it('is asked for again after a while', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/getMsgFile' });
		const { items, error } = await fetch(late());
		expect(error).toBe(undefined);
		expect(items[0].binary?.data.fileName).toBe('a.pdf');
		expect(asked()).toEqual(['/getMsgFile', '/getMsgFile']);
		expect(waits).toEqual([5_000]);
	});

	it('or its address is not there yet', async () => {
		simulator.control.fault({ kind: 'http500', status: 404, path: '/_media/*' });
		const { items, error } = await fetch(late());
		expect(error).toBe(undefined);
		expect(items[0].binary?.data.bytes).toBe(8_192);
		expect(downloads()).toHaveLength(1);
		expect(waits).toEqual([5_000]);
	});

	it('is given up when the time is over, with the vendor’s words', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/getMsgFile', times: 0 });
		const { error } = await fetch(late(), { timeLimit: 1 });
		expect(error?.message).toBe(
			'The file was not available after 1 seconds. Eyun refused: 失败 (code 1001) [item 0]',
		);
		expect(error?.description).toContain('File Received');
		expect(asked()).toHaveLength(1);
	});

	it('is not waited for when the account is gone', async () => {
		const { error } = await fetch(late(), { wId: 'gone' });
		expect(error?.message).toContain('is not online under this instance ID');
		expect(asked()).toHaveLength(1);
	});
});

describe('a download that breaks', () => {
	it.each(['reset', 'http500', 'html', 'empty'] as const)('is tried again: %s', async (kind) => {
		simulator.control.fault({ kind, path: '/_media/*' });
		const { items, error } = await fetch(receivedItem(simulator, '60006'));
		expect(error).toBe(undefined);
		expect(await contentOf(items[0])).toHaveLength(43);
		expect(asked()).toEqual(['/getMsgEmoji']);
	});

	it('is given up after three tries, without the address that gives access', async () => {
		simulator.control.fault({ kind: 'http500', path: '/_media/*', times: 0 });
		const { error } = await fetch(receivedItem(simulator, '60006'));
		expect(error?.message).toBe(
			`The file could not be downloaded from ${new URL(simulator.url).host}: HTTP 500 [item 0]`,
		);
		expect(JSON.stringify(error)).not.toContain('/_media/');
	});
});

describe('files on another server than the API', () => {
	let api: Server;
	let redirect: Server;
	const seen: Array<string | undefined> = [];

	async function listening(server: Server): Promise<string> {
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	}

	/** An API that answers every call with one address. */
	async function apiFor(url: string): Promise<TestCredentials> {
		api = createServer((_request, response) => {
			response.end(JSON.stringify({ code: '1000', message: '成功', data: { url } }));
		});
		return new TestCredentials({ baseUrl: await listening(api), token: 'the token' });
	}

	afterEach(() => {
		for (const server of [api, redirect]) server?.close();
	});

	it('get no token, even behind a redirect', async () => {
		redirect = createServer(({ headers }, response) => {
			seen.push(headers.authorization);
			response.writeHead(302, { location: `${simulator.url}/_media/file/b.zip` }).end();
		});
		const elsewhere = await apiFor(`${await listening(redirect)}/b`);
		const message = receivedItem(simulator, '60009', { content: fileXml('b.zip') });
		const { items, error } = await fetch(message, {}, { credentials: elsewhere });
		expect(error).toBe(undefined);
		expect(items[0].binary?.data.fileName).toBe('b.zip');
		expect(seen).toEqual([undefined]);
		expect(downloads()).toHaveLength(1);
	});

	it('are let go of when the execution is cancelled in the middle', async () => {
		let begun = () => {};
		const half = new Promise<void>((resolve) => (begun = resolve));
		let closed = () => {};
		const over = new Promise<void>((resolve) => (closed = resolve));
		redirect = createServer((_request, response) => {
			response.writeHead(200, { 'content-length': '1000' }).write('half of it');
			response.once('close', closed);
			begun();
		});
		const slow = await apiFor(await listening(redirect));
		const cancel = new AbortController();
		const message = receivedItem(simulator, '60009', { content: fileXml('a.pdf') });
		const running = fetch(message, {}, { credentials: slow, cancel: cancel.signal });
		await half;
		cancel.abort();
		await running;
		await over;
	});

	it('of 150 MB go to the disk, not through memory', async () => {
		const size = 150 * 1024 * 1024;
		const large = await apiFor(`${simulator.url}/_media/file/big.bin?bytes=${size}`);
		const message = receivedItem(simulator, '60009', { content: fileXml('big.bin') });
		// What was read and is no longer in use stays counted until it is collected.
		const inUse = () => process.memoryUsage().arrayBuffers;
		const before = inUse();
		let peak = before;
		const watch = setInterval(() => {
			if (inUse() - before >= size / 2) collectGarbage();
			peak = Math.max(peak, inUse());
		}, 2);
		const { items, error } = await fetch(message, {}, { credentials: large });
		clearInterval(watch);
		expect(error).toBe(undefined);
		const file = items[0].binary?.data;
		expect(file).toMatchObject({ bytes: size, data: 'filesystem-v2', fileName: 'big.bin' });
		expect(JSON.stringify(items).length).toBeLessThan(10_000);
		expect(peak - before).toBeLessThan(size / 2);
	});
});

describe('QR codes as pictures', () => {
	const options = { downloadPicture: true };

	it.each([
		['login', 'getQrCode', { wcId: '', deviceType: 'ipad', proxy: 16 }],
		['login', 'withPassword', { account: 'simulator_host', password: 'wechat-secret', proxy: 16 }],
		['contact', 'getOwnQrCode', {}],
		['group', 'getQrCode', { chatRoomId: '22264491511@chatroom' }],
		['group', 'create', { userList: 'wxid_xiaoming00001,wxid_lihua0000001' }],
	])('%s %s', async (resource, operation, parameters) => {
		const { wId } = simulator.defaults;
		const wanted = { resource, operation, wId, ...parameters };
		const plain = await run(wanted);
		expect(plain.error).toBe(undefined);
		expect(plain.items[0].binary).toBe(undefined);
		const { items, error } = await run({ ...wanted, options });
		expect(error).toBe(undefined);
		expect(Object.keys(items[0].json)).toEqual(Object.keys(plain.items[0].json));
		expect(items[0].binary?.data).toMatchObject({
			mimeType: 'image/png',
			fileName: 'qr-code.png',
		});
		expect((await contentOf(items[0])).subarray(1, 4).toString()).toBe('PNG');
		downloads();
	});

	it('that cannot be downloaded fail a read, but never a login that has begun', async () => {
		simulator.control.fault({ kind: 'http500', path: '/_media/*', status: 404, times: 0 });
		const { wId } = simulator.defaults;
		const own = await run({ resource: 'contact', operation: 'getOwnQrCode', wId, options });
		expect(own.error?.message).toContain('could not be downloaded');
		const parameters = { wcId: '', deviceType: 'ipad', proxy: 16 };
		const login = await run({ resource: 'login', operation: 'getQrCode', options, ...parameters });
		expect(login.error).toBe(undefined);
		expect(login.items[0].json).toEqual({
			wId: expect.any(String),
			qrCodeUrl: expect.stringMatching(/^http/),
			pictureError: expect.stringContaining('could not be downloaded'),
		});
		expect(simulator.control.requests('/iPadLogin')).toHaveLength(1);
	});
});
