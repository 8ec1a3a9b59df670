import axios, { type AxiosError } from 'axios';
import type { Fault } from '../../simulator/faults.cts';
import { startSimulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { control, post } from './simulatorClient.cts';

const sim = useSimulator();

/** Sends a text; gives back HTTP status, type and body, or the code of a broken connection. */
const send = async (): Promise<{
	status?: number;
	type?: unknown;
	text?: string;
	cut?: string;
}> => {
	const { wId, friend: wcId, token } = sim.defaults;
	try {
		const response = await axios.post<string>(
			`${sim.url}/sendText`,
			{ wId, wcId, content: '你好' },
			{
				headers: { Authorization: token },
				validateStatus: () => true,
				transformResponse: [(data: string) => data],
			},
		);
		const { status, headers, data: text } = response;
		return { status, type: headers['content-type'], text };
	} catch (error) {
		return { cut: (error as AxiosError).code };
	}
};

const sent = (): number => sim.control.messages().length;

describe.each<[Fault, object, number]>([
	[{ kind: 'http500' }, { status: 500 }, 0],
	[{ kind: 'http500', status: 503 }, { status: 503 }, 0],
	[{ kind: 'http401' }, { status: 401 }, 0],
	[{ kind: 'html' }, { status: 200, text: expect.stringContaining('<html>') }, 0],
	[{ kind: 'empty' }, { status: 200, text: '' }, 0],
	[{ kind: 'reset' }, { cut: 'ECONNRESET' }, 0],
	[{ kind: 'resetAfter' }, { cut: 'ECONNRESET' }, 1],
	[{ kind: 'truncated' }, { status: 200, text: expect.stringMatching(/^\{.*[^}]$/) }, 1],
	[
		{ kind: 'vendorFailure', code: 1001, message: '测试失败' },
		{ status: 200, text: '{"code":1001,"message":"测试失败","data":null}' },
		0,
	],
])('%j', (fault, expected, handled) => {
	it(`shows at the next request, which is handled ${String(handled)} times, then is over`, async () => {
		await control(sim, 'fault', { ...fault, path: '/sendText' });
		expect(await send()).toMatchObject(expected);
		expect(sent()).toBe(handled);
		expect(sim.control.requests('/sendText')).toEqual([
			expect.objectContaining({ fault: fault.kind, body: expect.stringContaining('你好') }),
		]);
		expect(await send()).toMatchObject({ status: 200, text: expect.stringContaining('"1000"') });
	});
});

it('lets the answer wait', async () => {
	sim.control.fault({ kind: 'latency', ms: 60 });
	const start = Date.now();
	expect(await send()).toMatchObject({ status: 200 });
	expect(Date.now() - start).toBeGreaterThanOrEqual(55);
});

it('applies so many times, in the order given, and only to its path', async () => {
	sim.control.fault({ kind: 'http500', path: '/sendText', times: 2 });
	sim.control.fault({ kind: 'html', path: '/send*' });
	expect((await post(sim, '/queryLoginWx')).code).toBe('1000');
	expect((await send()).status).toBe(500);
	expect((await send()).status).toBe(500);
	expect((await send()).text).toContain('<html>');
	expect((await send()).text).toContain('"1000"');
});

it('applies until cleared with times 0', async () => {
	sim.control.fault({ kind: 'http500', times: 0 });
	for (let n = 0; n < 3; n++) expect((await send()).status).toBe(500);
	await control(sim, 'faults/clear', {});
	expect((await send()).status).toBe(200);
});

it('breaks downloads only when they are named', async () => {
	const url = `${sim.url}/_media/image/a.png`;
	sim.control.fault({ kind: 'http500' });
	expect((await axios.get(url)).status).toBe(200);
	sim.control.fault({ kind: 'http500', path: '/_media/*' });
	await expect(axios.get(url)).rejects.toMatchObject({ response: { status: 500 } });
});

describe('the control interface', () => {
	it('says what is wrong with a request to it', async () => {
		for (const [path, body, text] of [
			['fault', { kind: 'earthquake' }, 'kind must be one of'],
			['fault', { kind: 'html', times: -1 }, 'times'],
			['say', { text: 'x' }, 'from'],
			['scan', { wId: 'x', step: 'scan' }, 'No login'],
			['repeat', {}, 'Nothing was pushed'],
		] as const) {
			const asked = control(sim, path, { ...body });
			await expect(asked).rejects.toMatchObject({
				response: { status: 400, data: { error: expect.stringContaining(text) } },
			});
		}
		await expect(control(sim, 'nonsense')).rejects.toMatchObject({ response: { status: 404 } });
	});

	it('counts requests that are under way at the same time', async () => {
		sim.control.fault({ kind: 'latency', ms: 500, times: 5 });
		await Promise.all(Array.from({ length: 5 }, send));
		const log = await control<{ maxInFlight: number; count: number }>(sim, 'requests');
		expect(log).toMatchObject({ maxInFlight: 5, count: 5 });
		await axios.delete(`${sim.url}/_control/requests`);
		expect(await control(sim, 'requests')).toMatchObject({ count: 0, maxInFlight: 0 });
	});

	it('makes thousands of friends quickly', async () => {
		const made = await control<{ friends: string[]; groups: string[] }>(sim, 'populate', {
			friends: 5000,
			groups: 10,
			membersPerGroup: 100,
		});
		expect(new Set(made.friends).size).toBe(5000);
		expect(sim.world.groups.get(made.groups[0])?.members.size).toBe(101);
		await post(sim, '/initAddressList', { wId: sim.defaults.wId });
		const list = await post(sim, '/getAddressList', { wId: sim.defaults.wId });
		const { friends } = list.data as { friends: string[] };
		expect(friends.slice(-5000)).toEqual(made.friends);
	});

	it('shows messages and the whole state with 64-bit integers as text', async () => {
		await send();
		const [message] = await control<{ newMsgId: string; revoked: boolean }[]>(sim, 'messages');
		expect(message).toMatchObject({
			newMsgId: expect.stringMatching(/^\d{16,19}$/),
			revoked: false,
		});
		const state = await control<{ moments: Record<string, unknown> }>(sim, 'state');
		expect(Object.keys(state.moments)[0]).toMatch(/^148\d{17}$/);
		expect(await control(sim, '')).toHaveProperty('POST say');
	});

	it('keeps several hosted accounts apart', async () => {
		const { wId } = sim.control.host({ wcId: 'wxid_second' });
		const other = await post(sim, '/sendText', { wId, wcId: sim.defaults.friend, content: 'x' });
		expect(other.code).toBe('1001');
		sim.control.friend({ wcId: 'wxid_only_second', to: 'wxid_second' });
		const good = await post(sim, '/sendText', { wId, wcId: 'wxid_only_second', content: 'x' });
		expect(good.code).toBe('1000');
	});
});

it('ends at once, with requests under way', async () => {
	const busy = await startSimulator();
	const { wId, token } = busy.defaults;
	busy.control.fault({ kind: 'latency', ms: 60_000 });
	const asked = axios.post(`${busy.url}/isOnline`, { wId }, { headers: { Authorization: token } });
	const cut = expect(asked).rejects.toThrow();
	while (busy.control.requests().length === 0) await new Promise(setImmediate);
	await busy.stop();
	await cut;
});
