import { gzipSync } from 'node:zlib';

import type { NodeRun } from '../support/engine.cts';
import { runNode } from '../support/engine.cts';
import type { RawAnswer, RawServer } from '../support/rawServer.cts';
import { startRawServer } from '../support/rawServer.cts';

/** Sends of which nobody knows whether they were carried out: once, and the error says so. */

const YES = JSON.stringify({ code: '1000', message: '处理成功', data: { msgId: 1, newMsgId: 2 } });
const NO = JSON.stringify({ code: '1001', message: '失败', data: null });

const http = (status: string, headers: string[], body = '') =>
	[`HTTP/1.1 ${status}`, ...headers, 'connection: close', '', body].join('\r\n');
const ok = (body: string, ...headers: string[]) =>
	http('200 OK', [`content-length: ${Buffer.byteLength(body)}`, ...headers], body);

/** Answers with bytes and closes the connection. */
const bytes =
	(answer: string | Buffer): RawAnswer =>
	(socket) =>
		void socket.end(answer);

let server: RawServer;

beforeAll(async () => {
	server = await startRawServer(bytes(ok(YES)));
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.requests.length = 0;
	server.answer = bytes(ok(YES));
});

const run = async (parameters: object, more: Partial<NodeRun> = {}) =>
	await runNode({
		// As after its first use: n8n makes sure once that the server is there.
		credentials: { baseUrl: server.url, token: 'the-token', sessionToken: 'server reached' },
		parameters: { resource: 'message', ...parameters },
		...more,
	});
const send = async (more: Partial<NodeRun> = {}, options = {}) =>
	await run({ operation: 'sendText', wId: 'w', wcId: 'wxid_a', content: 'hi', options }, more);
const read = async (options = {}) =>
	await run({ resource: 'account', operation: 'getOnline', options });
const arrived = (path: string) => server.requests.filter((request) => request.path === path).length;

const UNSURE = /may have done this anyway.*Check in WeChat before you send it again/s;

const BROKEN: Array<[string, RawAnswer]> = [
	['nothing', (socket) => void socket.end()],
	['a reset', (socket) => void socket.resetAndDestroy()],
	['no HTTP', bytes('SSH-2.0-OpenSSH_9.6\r\n\r\n')],
	['a bad status line', bytes('HTTP/1.1 2OO OK\r\n\r\n')],
	[
		'a bad chunk',
		bytes(http('200 OK', ['transfer-encoding: chunked'], `zz\r\n${YES}\r\n0\r\n\r\n`)),
	],
	['a chunk too few', bytes(http('200 OK', ['transfer-encoding: chunked'], `9\r\n${YES}`))],
	['a length too long', bytes(http('200 OK', ['content-length: 9999'], YES))],
	['a length too short', bytes(http('200 OK', ['content-length: 10'], YES))],
	['a length that is none', bytes(http('200 OK', ['content-length: x'], YES))],
	['headers too large', bytes(http('200 OK', [`x: ${'y'.repeat(100_000)}`], YES))],
	['a header that is none', bytes(http('200 OK', ['\u0000bad'], YES))],
	['no gzip', bytes(http('200 OK', ['content-encoding: gzip'], YES))],
	[
		'gzip that ends early',
		bytes(
			Buffer.concat([
				Buffer.from(http('200 OK', ['content-encoding: gzip'])),
				gzipSync(YES).subarray(0, 20),
			]),
		),
	],
	['no brotli', bytes(http('200 OK', ['content-encoding: br'], YES))],
	[
		'HTTP 101',
		bytes('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
	],
	['HTTP 204', bytes(http('204 No Content', []))],
	['a page', bytes(ok('<html>'))],
	['HTTP 408', bytes(http('408 Request Timeout', []))],
	['HTTP 500', bytes(http('500 Internal Server Error', []))],
	['HTTP 500 with a success', bytes(http('500 Internal Server Error', [], YES))],
	['HTTP 502 with a refusal', bytes(http('502 Bad Gateway', [], NO))],
	[
		'HTTP 504 about a token',
		bytes(http('504 x', [], '{"code":"1","message":"Unexpected token <"}')),
	],
	['HTTP 400 with a success', bytes(http('400 Bad Request', [], YES))],
	...[301, 302, 303, 307, 308].map((status): [string, RawAnswer] => [
		`HTTP ${status}`,
		(socket) => void socket.end(http(`${status} x`, [`location: ${server.url}/elsewhere`])),
	]),
];

describe.each(BROKEN)('%s', (name, answer) => {
	// n8n's client hears nothing more of a request that was answered so.
	const options = name === 'HTTP 101' ? { timeout: 0.3 } : {};

	it('is sent once, and says that it may have been carried out', async () => {
		server.answer = answer;
		const { error } = await send({}, options);
		expect(arrived('/sendText')).toBe(1);
		expect(server.requests).toHaveLength(1);
		expect(error?.description).toMatch(UNSURE);
		expect(error?.description).not.toContain('Check the credential');
		expect(error?.message).not.toContain('Check the credential');
	});

	it('is asked again where it only reads', async () => {
		server.answer = answer;
		const { error } = await read(options);
		expect(arrived('/queryLoginWx')).toBe(3);
		expect(error?.message).toBeDefined();
	});

	it('is not sent again by Retry On Fail', async () => {
		server.answer = answer;
		const { error } = await send({ retryOnFail: true }, options);
		expect(arrived('/sendText')).toBe(1);
		expect(error?.message).toMatch(/^Not done again: /);
		expect(error?.description).toContain('Retry On Fail');
	});

	it('tells an agent so first of all', async () => {
		server.answer = answer;
		const { error } = await send({ nodeType: 'eyunTool' }, options);
		expect(error?.message).toMatch(
			/^May have been delivered: do not send again\. .*Check in WeChat/s,
		);
		expect(error?.message).not.toContain('[item');
		expect(arrived('/sendText')).toBe(1);
	});
});

it('is sent once wherever the answer is cut', async () => {
	const whole = Buffer.from(ok(YES));
	for (let length = 0; length < whole.length; length += 1) {
		server.requests.length = 0;
		server.answer = bytes(whole.subarray(0, length));
		const { error } = await send();
		expect([length, arrived('/sendText')]).toEqual([length, 1]);
		expect(error?.description).toMatch(UNSURE);
	}
});

describe('the time limit', () => {
	it.each([
		['a body that drips', 'HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n'],
		['headers that drip', 'HTTP/1.1 200 OK\r\nx: '],
	])('covers %s', async (_, beginning) => {
		const timers: NodeJS.Timeout[] = [];
		server.answer = (socket) => {
			socket.write(beginning);
			timers.push(setInterval(() => socket.write('x'), 20));
		};
		const { error } = await send({}, { timeout: 0.3 });
		timers.forEach(clearInterval);
		expect(error?.message).toBe('Eyun did not answer in time [item 0]');
		expect(error?.description).toMatch(UNSURE);
		expect(arrived('/sendText')).toBe(1);
	});
});

it.each(['content-length: 99999999', 'transfer-encoding: chunked'])(
	'an answer of more than 50 MB ends with a clear error: %s',
	async (header) => {
		const chunk = Buffer.alloc(1_048_576, 'x');
		server.answer = (socket) => {
			socket.write(http('200 OK', [header]));
			const isChunked = header.startsWith('transfer');
			const more = () => {
				for (let next = true; next && !socket.destroyed;) {
					if (isChunked) socket.write('100000\r\n');
					next = socket.write(chunk);
					if (isChunked) next = socket.write('\r\n') && next;
				}
			};
			socket.on('drain', more);
			more();
		};
		const { error } = await send();
		expect(error?.message).toBe(
			'Eyun sent more than 50 MB, which is no answer of its API [item 0]',
		);
		expect(arrived('/sendText')).toBe(1);
	},
);

describe('Retry On Fail', () => {
	const three = async (more: Partial<NodeRun> = {}) =>
		await run(
			{ operation: 'sendText', wId: 'w', wcId: 'wxid_a', content: '={{ $json.text }}' },
			{ input: ['a', 'b', 'c'].map((text) => ({ text })), retryOnFail: true, ...more },
		);
	const sent = () =>
		server.requests.map(({ body }) => (JSON.parse(body) as { content: string }).content);

	/** Answers the given sends so, each once, and all others with a success. */
	const answering = (special: Record<string, RawAnswer>) => {
		const left = { ...special };
		server.answer = (socket, request) => {
			const { content } = JSON.parse(request) as { content: string };
			const answer = left[content] ?? bytes(ok(YES));
			delete left[content];
			answer(socket, request);
		};
	};

	it('sends again what the vendor refused, and nothing that it accepted', async () => {
		answering({ b: bytes(ok(NO)) });
		const { items, error } = await three();
		expect(error).toBeUndefined();
		expect(sent()).toEqual(['a', 'b', 'b', 'c']);
		expect(items).toHaveLength(3);
	});

	it('sends nothing again of which nobody knows', async () => {
		answering({ b: bytes('') });
		const { error } = await three();
		expect(sent()).toEqual(['a', 'b']);
		expect(error?.message).toMatch(/^Not done again: The connection was cut.* \[item 1\]$/);
	});

	it('goes on with the others where the node continues', async () => {
		answering({ a: bytes('') });
		const { items } = await three({ continueOnFail: true });
		expect(sent()).toEqual(['a', 'b', 'c']);
		expect(items.map(({ json }) => json.error !== undefined)).toEqual([true, false, false]);
	});

	it('sends again what did not leave this machine', async () => {
		const { error } = await three({
			credentials: { baseUrl: 'http://127.0.0.1:1', token: 'the-token', sessionToken: 'x' },
		});
		expect(error?.message).toMatch(/^The Eyun server refused the connection/);
	});

	it('takes equal items for different ones', async () => {
		const same = { text: 'a' };
		const { items } = await three({ input: [same, same] });
		expect(sent()).toEqual(['a', 'a']);
		expect(items).toHaveLength(2);
	});
});
