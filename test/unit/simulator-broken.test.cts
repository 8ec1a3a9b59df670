/** Answers that are broken although the request was carried out, whose requests they meet, and holds. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import axios from 'axios';
import type { Fault } from '../../simulator/faults.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { control, post } from './simulatorClient.cts';

const sim = useSimulator();

const text = (): string => {
	const { wId, friend: wcId } = sim.defaults;
	return JSON.stringify({ wId, wcId, content: '你好' });
};

interface Outcome {
	status?: number;
	headers?: object;
	text?: string;
	/** Why there is no whole answer. */
	error?: string;
}

/** Sends a text by Node's own client, which hides nothing and follows nothing; stops reading after `most` bytes. */
const send = async (most = Infinity): Promise<Outcome> =>
	await new Promise((resolve) => {
		const outcome: Outcome = {};
		const request = httpRequest(`${sim.url}/sendText`, {
			method: 'POST',
			headers: { Authorization: sim.defaults.token },
		});
		const fail = (error: Error & { code?: string }): void => {
			resolve({ ...outcome, error: error.code ?? error.message });
		};
		request.on('error', fail);
		request.on('upgrade', ({ statusCode }, socket) => {
			socket.destroy();
			resolve({ status: statusCode });
		});
		request.on('response', (response) => {
			Object.assign(outcome, { status: response.statusCode, headers: response.headers, text: '' });
			response.on('error', fail).on('data', (chunk: Buffer) => {
				outcome.text += chunk.toString();
				if ((outcome.text?.length ?? 0) >= most) response.destroy();
			});
			response.on('close', () => resolve(outcome));
		});
		request.end(text());
	});

const sent = (): number => sim.control.messages().length;
const ENVELOPE = expect.stringMatching(/^\{"code":"1000",.*"newMsgId":\d+.*\}$/);
const REFUSAL = '{"code":"1001","message":"失败","data":null}';

describe.each<[Fault, object]>([
	[
		{ kind: 'answer', status: 500 },
		{ status: 500, text: ENVELOPE },
	],
	[
		{ kind: 'answer', status: 502, code: '1001', message: '失败' },
		{ status: 502, text: REFUSAL },
	],
	[
		{ kind: 'answer', status: 408, body: '', headers: { 'X-Test': 'x' } },
		{ status: 408, text: '', headers: expect.objectContaining({ 'x-test': 'x' }) },
	],
	...[301, 302, 307, 308].map((status): [Fault, object] => [
		{ kind: 'redirect', status },
		{
			status,
			text: expect.stringContaining('<html>'),
			headers: expect.objectContaining({ location: expect.stringMatching(/\/moved\/sendText$/) }),
		},
	]),
	[{ kind: 'upgrade' }, { status: 101 }],
	[{ kind: 'garbage' }, { error: 'HPE_INVALID_CONSTANT' }],
	[{ kind: 'hugeHeaders' }, { error: 'HPE_HEADER_OVERFLOW' }],
	[{ kind: 'badChunk' }, { status: 200, error: 'HPE_INVALID_CHUNK_SIZE' }],
	[{ kind: 'shortBody' }, { status: 200, text: ENVELOPE, error: 'ECONNRESET' }],
	[
		{ kind: 'badGzip' },
		{ text: ENVELOPE, headers: expect.objectContaining({ 'content-encoding': 'gzip' }) },
	],
	[
		{ kind: 'huge', bytes: 200_000 },
		{ status: 200, text: expect.stringMatching(/^\{"code":"1000".*xx"\}$/) },
	],
])('%j', (fault, expected) => {
	it('shows after the request was carried out', async () => {
		await control(sim, 'fault', { ...fault, path: '/sendText' } as never);
		expect(await send()).toMatchObject(expected);
		expect(sent()).toBe(1);
		expect(sim.control.requests('/sendText')).toMatchObject([{ fault: fault.kind, code: '1000' }]);
		expect(await send()).toMatchObject({ status: 200, text: ENVELOPE });
	});

	it('shows without it on demand', async () => {
		sim.control.fault({ ...fault, carriedOut: false });
		await send();
		expect(sent()).toBe(0);
	});
});

it.each<[Fault, object]>([
	[{ kind: 'vendorFailure' }, { status: 200, text: REFUSAL }],
	[{ kind: 'http500' }, { status: 500 }],
	[{ kind: 'reset' }, { error: 'ECONNRESET' }],
	[{ kind: 'empty' }, { status: 200, text: '' }],
])('%j shows after the request was carried out on demand', async (fault, expected) => {
	sim.control.fault({ ...fault, carriedOut: true });
	expect(await send()).toMatchObject(expected);
	expect(sent()).toBe(1);
});

it('has more than 50 MB where the size is to be wrong', async () => {
	sim.control.fault({ kind: 'huge' });
	const { text: body } = await send();
	expect(body?.length).toBeGreaterThan(50 * 1024 * 1024);
	expect(body?.endsWith('x"}')).toBe(true);
});

it('drips until the caller hangs up', async () => {
	sim.control.fault({ kind: 'drip', everyMs: 1 });
	const { text: body, status } = await send(400);
	expect(status).toBe(200);
	expect(body).toMatch(/^\{"code":"1000",.*\} {50,}$/);
	expect(sent()).toBe(1);
	while (sim.control.inFlight > 0) await new Promise(setImmediate);
});

it('never answers, though it carries out; the request is under way until the caller hangs up', async () => {
	sim.control.fault({ kind: 'noAnswer' });
	const abort = new AbortController();
	const headers = { Authorization: sim.defaults.token };
	const asked = axios.post(`${sim.url}/sendText`, text(), { headers, signal: abort.signal });
	const ended = expect(asked).rejects.toThrow('canceled');
	while (sent() === 0) await new Promise(setImmediate);
	expect(sim.control.inFlight).toBe(1);
	abort.abort();
	await ended;
	while (sim.control.inFlight > 0) await new Promise(setImmediate);
	expect(sim.control.requests()).toMatchObject([{ status: 0, code: '1000' }]);
});

it('answers late what was carried out at once, or carries it out late', async () => {
	const later = async (fault: Fault): Promise<number> => {
		sim.control.reset();
		sim.control.fault({ ...fault, kind: 'latency', ms: 100 });
		const asked = send();
		while (sim.control.requests().length === 0) await new Promise(setImmediate);
		await new Promise((resolve) => setTimeout(resolve, 20));
		const early = sent();
		expect(await asked).toMatchObject({ text: ENVELOPE });
		return early;
	};
	expect(await later({ kind: 'latency' })).toBe(0);
	expect(await later({ kind: 'latency', carriedOut: true })).toBe(1);
});

describe('whose requests', () => {
	const from = async (wId: string, wcId: string): Promise<unknown> => {
		const asked = post(sim, '/sendText', { wId, wcId, content: 'x' });
		return await asked.then(
			({ code }) => code,
			() => 'cut',
		);
	};

	it.each([
		['wcId', 'wxid_second'],
		['wId', 'second-login'],
		['account', 'other'],
		['to', 'wxid_friend_of_second'],
	])('a fault meets is told by %s', async (name, value) => {
		sim.control.account({ account: 'other', password: 'x' });
		const { token } = sim.control.account({ account: 'other' });
		sim.control.host({ wcId: 'wxid_second', wId: 'second-login', account: 'other' });
		sim.control.friend({ wcId: 'wxid_friend_of_second', to: 'wxid_second' });
		await control(sim, 'fault', { kind: 'resetAfter', path: '/sendText', [name]: value });
		expect(await from(sim.defaults.wId, sim.defaults.friend)).toBe('1000');
		const other = axios.post(
			`${sim.url}/sendText`,
			{ wId: 'second-login', wcId: 'wxid_friend_of_second', content: 'x' },
			{ headers: { Authorization: token } },
		);
		await expect(other).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(sim.control.messages()).toMatchObject([
			{ from: sim.defaults.wcId },
			{ from: 'wxid_second', to: 'wxid_friend_of_second' },
		]);
		expect(await from(sim.defaults.wId, sim.defaults.friend)).toBe('1000');
	});
});

describe('hold', () => {
	beforeEach(() => void sim.control.fault({ kind: 'hold', path: '/sendText', times: 0 }));

	it('keeps requests until they are released, without any time going by', async () => {
		const asked = [send(), send(), send()];
		expect(await control(sim, 'held?count=3')).toHaveLength(3);
		expect(sim.control.inFlight).toBe(3);
		expect(sent()).toBe(0);
		expect((await post(sim, '/queryLoginWx')).code).toBe('1000');
		expect(await control(sim, 'release', { count: 1 })).toEqual({ released: 1 });
		expect(await Promise.race(asked)).toMatchObject({ text: ENVELOPE });
		expect(sent()).toBe(1);
		expect(sim.control.held('/send*')).toMatchObject([{ path: '/sendText', gone: false }, {}]);
		asked.push(send());
		await sim.control.untilHeld(3, '/sendText');
		expect(await control(sim, 'release', {})).toEqual({ released: 3 });
		for (const outcome of await Promise.all(asked)) expect(outcome.text).toEqual(ENVELOPE);
		// Nothing is held any more.
		expect(await send()).toMatchObject({ text: ENVELOPE });
		expect(sim.control.maxInFlight).toBe(4);
	});

	it('keeps the answer of what was carried out', async () => {
		sim.control.clearFaults();
		sim.control.fault({ kind: 'hold', carriedOut: true });
		const asked = send();
		await sim.control.untilHeld(1);
		expect(sent()).toBe(1);
		sim.control.release();
		expect(await asked).toMatchObject({ text: ENVELOPE });
	});

	it('lets all go on when the faults are cleared', async () => {
		const asked = send();
		await sim.control.untilHeld(1);
		sim.control.clearFaults();
		expect(await asked).toMatchObject({ text: ENVELOPE });
	});

	it('drops what a reset finds', async () => {
		const asked = send();
		await sim.control.untilHeld(1);
		sim.control.reset();
		expect(await asked).toMatchObject({ error: 'ECONNRESET' });
		expect(sent()).toBe(0);
	});

	it('carries out at the release what nobody waits for any more', async () => {
		const socket = connect(Number(new URL(sim.url).port), '127.0.0.1');
		const body = text();
		socket.write(
			`POST /sendText HTTP/1.1\r\nHost: x\r\nAuthorization: ${sim.defaults.token}\r\n` +
				`Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
		);
		await sim.control.untilHeld(1);
		socket.destroy();
		await once(socket, 'close');
		while (!sim.control.held()[0].gone) await new Promise(setImmediate);
		sim.control.release();
		while (sent() === 0) await new Promise(setImmediate);
	});

	it('says how many are held when more are waited for', async () => {
		await expect(sim.control.untilHeld(1, undefined, 10)).rejects.toThrow('0 requests are held');
	});
});

it.each([
	{ kind: 'answer', status: 99 },
	{ kind: 'drip', everyMs: -1 },
	{ kind: 'huge', bytes: 'x' },
])('%j is no fault', async (fault) => {
	await expect(control(sim, 'fault', fault)).rejects.toMatchObject({ response: { status: 400 } });
});
