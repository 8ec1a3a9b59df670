import { startSimulator } from '../../simulator/server.cts';
import { closedPort } from '../support/closedPort.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode, type NodeResult } from '../support/engine.cts';
import { textToFriend } from '../support/usedCredentials.cts';

/** The one door: what is repeated, what never is, and what users are told. */

const simulator = useSimulator();
let credentials: TestCredentials;

beforeEach(async () => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	await read();
	simulator.control.clearRequests();
});

const send = (more: object = {}): Promise<NodeResult> =>
	runNode({
		credentials,
		parameters: { ...textToFriend(simulator, 'hello'), ...more },
	});
const read = (more: object = {}): Promise<NodeResult> =>
	runNode({ credentials, parameters: { resource: 'account', operation: 'getOnline', ...more } });
const arrived = () => simulator.control.requests().length;

const MAYBE_SENT = /may have done this.*Check in WeChat before you send it again/s;

describe('after the request may have reached the vendor', () => {
	it.each([
		['reset', 'The connection was cut before the answer came [item 0]', 'ECONNRESET'],
		['resetAfter', 'The connection was cut before the answer came [item 0]', 'ECONNRESET'],
		['empty', 'Eyun sent an empty answer [item 0]', 'HTTP 200'],
		['truncated', 'Eyun sent JSON that is cut off or damaged: "', 'HTTP 200'],
		['html', 'Eyun sent a web page instead of JSON: "<', 'HTTP 200'],
		['http500', 'Eyun sent ', 'HTTP 500'],
	] as const)('a send is not repeated: %s', async (kind, message, code) => {
		simulator.control.fault({ kind, path: '/sendText', times: 0 });
		const { error, items } = await send();
		expect(items).toEqual([]);
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(MAYBE_SENT);
		expect(error?.description).toContain(`(POST /sendText, code ${code})`);
		expect(arrived()).toBe(1);
	});

	it('a send is not repeated when the answer takes too long', async () => {
		simulator.control.fault({ kind: 'latency', ms: 30_000, path: '/sendText', times: 0 });
		const { error } = await send({ options: { timeout: 0.2 } });
		expect(error?.message).toBe('Eyun did not answer in time [item 0]');
		expect(error?.description).toMatch(MAYBE_SENT);
		expect(arrived()).toBe(1);
	});

	it.each(['reset', 'http500'] as const)('a read is asked again and succeeds: %s', async (kind) => {
		simulator.control.fault({ kind, path: '/queryLoginWx', times: 2 });
		expect(jsons(await read())).toEqual([
			expect.objectContaining({ wcId: simulator.defaults.wcId, wId: simulator.defaults.wId }),
		]);
		expect(arrived()).toBe(3);
	});

	it('a read is asked three times at most', async () => {
		simulator.control.fault({ kind: 'reset', path: '/queryLoginWx', times: 0 });
		const { error } = await read();
		expect(error?.message).toBe('The connection was cut before the answer came [item 0]');
		expect(arrived()).toBe(3);
	});

	it.each(['html', 'truncated', 'empty'] as const)(
		'a read is asked again after an answer without sense: %s',
		async (kind) => {
			simulator.control.fault({ kind, path: '/queryLoginWx', times: 0 });
			expect((await read()).error?.description).toContain('Base URL');
			expect(arrived()).toBe(3);
		},
	);
});

describe('when nothing can have been sent', () => {
	it('a send is tried again, then says that the server refused the connection', async () => {
		const baseUrl = `http://127.0.0.1:${await closedPort()}`;
		credentials.stored = { ...credentials.stored, baseUrl };
		const started = Date.now();
		const { error } = await send();
		expect(error?.message).toBe('The Eyun server refused the connection [item 0]');
		expect(error?.description).toContain('Check the Base URL');
		expect(error?.description).toContain('code ECONNREFUSED');
		expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
	});

	it('a send goes through once the server is back', async () => {
		const port = await closedPort();
		credentials.stored = { ...credentials.stored, baseUrl: `http://127.0.0.1:${port}` };
		const sending = send({ wId: 'w' });
		const again = await startSimulator({ port, examples: true, seed: undefined });
		credentials.stored = { ...credentials.stored, token: again.defaults.token };
		await sending;
		expect(again.control.requests('/sendText')).toHaveLength(1);
		await again.stop();
	});
});

describe('the answer', () => {
	it.each(['1001', 1001])('a refusal with code %j says what the vendor said', async (code) => {
		simulator.control.fault({
			kind: 'vendorFailure',
			path: '/sendText',
			code,
			message: '发送失败',
		});
		const { error } = await send();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: null,
			message: 'Eyun refused: 发送失败 (code 1001) [item 0]',
		});
	});

	it('tells that an instance is gone and how to get the new one', async () => {
		const { error } = await send({ wId: 'gone' });
		expect(error?.message).toMatch(
			/^The WeChat account is not online under this instance ID: wId不存在.* \(code 1001\) \[item 0\]$/,
		);
		expect(error?.description).toContain('An instance ID changes at every login');
	});

	it('keeps all digits from the send to the revocation', async () => {
		const [sent] = jsons(await send());
		expect(sent.newMsgId).toMatch(/^\d{17,19}$/);
		const { newMsgId, msgId, createTime } = sent;
		const revoked = await runNode({
			credentials,
			parameters: {
				resource: 'message',
				operation: 'revoke',
				wId: simulator.defaults.wId,
				wcId: simulator.defaults.friend,
				msgId,
				newMsgId,
				createTime,
			},
		});
		expect(jsons(revoked)).toEqual([{ success: true }]);
		expect(simulator.control.requests('/revokeMsg')[0].body).toContain(`"newMsgId":${newMsgId},`);
		expect(simulator.control.messages()).toEqual([expect.objectContaining({ revoked: true })]);
	});

	it('gives the whole envelope on request', async () => {
		const [answer] = jsons(await send({ options: { fullResponse: true } }));
		expect(answer).toMatchObject({
			code: '1000',
			data: { newMsgId: expect.stringMatching(/^\d{17,19}$/) },
		});
	});

	it('treats a failure inside a success as a failure', async () => {
		simulator.control.secondLogin({ outcome: 'nested' });
		const { error } = await runNode({
			credentials,
			parameters: { resource: 'login', operation: 'again', wcId: simulator.defaults.wcId },
		});
		expect(error).toMatchObject({
			httpCode: null,
			message: expect.stringContaining('二次登录失败，请重新扫码登录'),
		});
	});
});

describe('secrets', () => {
	it('never stand in an error, even when the vendor repeats them', async () => {
		const { token } = simulator.defaults;
		simulator.control.fault({
			kind: 'vendorFailure',
			path: '/sendText',
			message: `bad ${token} here`,
		});
		const { error } = await send();
		expect(error?.message).toContain('bad *** here');
		expect(JSON.stringify([error, error?.stack])).not.toContain(token);
	});

	it('never stand in an error: proxy password', async () => {
		simulator.control.fault({
			kind: 'vendorFailure',
			path: '/setproxy',
			message: 'proxy pr0xy-secret refused',
		});
		const { error } = await runNode({
			credentials,
			parameters: {
				resource: 'utility',
				operation: 'setProxy',
				wcId: simulator.defaults.wcId,
				proxyIp: '203.0.113.7:1080',
				proxyUser: 'me',
				proxyPassword: 'pr0xy-secret',
			},
		});
		expect(error?.message).toContain('proxy *** refused');
		expect(error?.description).not.toContain('pr0xy-secret');
	});

	it('the token of the platform log-in is not put out', async () => {
		const { account, password } = simulator.defaults;
		const result = await runNode({
			credentials,
			parameters: { resource: 'login', operation: 'platform', account, password },
		});
		expect(jsons(result)).toEqual([expect.objectContaining({ Authorization: '***', status: 0 })]);
		expect(JSON.stringify(result.run)).not.toContain(simulator.defaults.token);
	});
});
