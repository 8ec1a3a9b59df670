import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { dropCaches } from '../../nodes/Eyun/transport/caches';
import { processClock } from '../../nodes/Eyun/transport/limits/clock';
import { closedPort } from '../support/closedPort.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import type { NodeResult, NodeRun } from '../support/engine.cts';
import { jsons, runNode } from '../support/engine.cts';
import { TestClock } from '../support/testClock.cts';

/** The credential's limits for sending. The clock of the limits stands until everybody waits for it. */

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;
let clock: TestClock;

beforeEach(async () => {
	setClock();
	dropCaches();
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	// The first use of a credential asks once whether the server is there.
	await runNode({ credentials, parameters: { resource: 'utility', operation: 'getTraffic' } });
	simulator.control.clearRequests();
});

afterEach(() => jest.restoreAllMocks());

function setClock(start?: string): void {
	clock = new TestClock(start);
	jest.spyOn(processClock, 'steadyMs').mockImplementation(() => clock.steadyMs());
	jest.spyOn(processClock, 'wallMs').mockImplementation(() => clock.wallMs());
	jest.spyOn(processClock, 'sleep').mockImplementation(async (ms) => await clock.sleep(ms));
}

/** Fills in the credential, with the switch on. */
function limit(fields: ICredentialDataDecryptedObject): void {
	credentials.stored = {
		...credentials.stored,
		limitSending: true,
		timeZone: 'Asia/Shanghai',
		...fields,
	};
}

const byWeChatId = () => ({ __rl: true, mode: 'wcId', value: simulator.defaults.wcId });

/** n items, each with a text of its own. */
const texts = (n: number, name = 'Text') =>
	Array.from({ length: n }, (_, i) => ({ text: `${name} ${String(i)}` }));

async function send(n: number, more: Partial<NodeRun> = {}, parameters: IDataObject = {}) {
	return await runNode({
		credentials,
		parameters: {
			resource: 'message',
			operation: 'sendText',
			wId: byWeChatId(),
			wcId: simulator.defaults.friend,
			content: '={{ $json.text }}',
			...parameters,
		},
		input: texts(n),
		...more,
	});
}

/** Lets the clock pass whenever somebody waits for it. */
async function whilePassing<Result>(running: Promise<Result>): Promise<Result> {
	const state = { isOver: false };
	void running.catch(() => {}).then(() => (state.isOver = true));
	while (!state.isOver) {
		await new Promise((resolve) => setTimeout(resolve, 2));
		if (clock.asleep > 0) await clock.pass(1_000);
	}
	return await running;
}

const arrived = (path: string) => simulator.control.requests(path).length;
const contents = () => simulator.control.messages().map(({ content }) => content);
const errorsOf = ({ items }: NodeResult) => items.filter(({ json }) => 'error' in json);

describe('30 messages, and 10 per minute', () => {
	const TEN = { messagesPerMinute: 10 };

	it('fail: the eleventh, with which limit, how many, when the next, and that nothing was sent', async () => {
		limit({ ...TEN, whenLimited: 'fail' });
		const { error } = await send(30);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `The WeChat account ${simulator.defaults.wcId} has sent 10 messages within a minute, and its limit is 10. Nothing was sent [item 10]`,
			description:
				'The next is possible in 60 seconds, at 2026-03-10 20:01:00 (Asia/Shanghai). Sending again then is safe. The limits stand in the credential, under Limit Sending (POST /sendText, code limit)',
			context: { code: 'limit', endpoint: '/sendText', mayBeDone: false },
		});
		expect(contents()).toEqual(texts(10).map(({ text }) => text));
	});

	it('wait: all arrive, in order, within two minutes', async () => {
		limit({ ...TEN, whenLimited: 'wait', longestWait: 5 });
		expect(jsons(await whilePassing(send(30)))).toHaveLength(30);
		expect(contents()).toEqual(texts(30).map(({ text }) => text));
		expect(clock.steadyMs()).toBe(120_000);
	});

	it('wait, for less than it takes: fail at once, and say so', async () => {
		limit({ ...TEN, messagesPerDay: 15, whenLimited: 'wait', longestWait: 5 });
		const { error } = await whilePassing(send(30));
		expect(error?.message).toContain('has sent 15 messages today, and its limit is 15');
		expect(error?.description).toContain('in 4 hours, at 2026-03-11 00:00:00 (Asia/Shanghai)');
		expect(error?.description).toContain('That is more than the Longest Wait allows');
		expect(contents()).toHaveLength(15);
		expect(clock.steadyMs()).toBe(60_000);
	});

	it('go on: the others are items with the error', async () => {
		limit({ ...TEN, whenLimited: 'fail' });
		const result = await send(30, { continueOnFail: true });
		expect(errorsOf(result)).toHaveLength(20);
		expect(arrived('/sendText')).toBe(10);
	});

	it('several at a time: not one too many', async () => {
		limit({ ...TEN, whenLimited: 'fail' });
		const options = { concurrency: 7 };
		const result = await send(30, { continueOnFail: true }, { options });
		expect(errorsOf(result)).toHaveLength(20);
		expect(contents()).toHaveLength(10);
	});

	it('Retry On Fail sends none twice', async () => {
		limit({ ...TEN, whenLimited: 'fail' });
		expect((await send(12, { retryOnFail: true })).error?.message).toContain('Nothing was sent');
		expect(contents()).toEqual(texts(10).map(({ text }) => text));
	});
});

describe('what the limits count', () => {
	beforeEach(() => limit({ messagesPerMinute: 1, whenLimited: 'fail' }));

	const isReached = async (more: IDataObject = {}) => {
		const { error } = await send(1, {}, more);
		return error?.context.code === 'limit';
	};

	it('the sends of all workflows, also under the instance ID and after a new login', async () => {
		jsons(await send(1));
		expect(await isReached()).toBe(true);
		expect(await isReached({ wId: simulator.defaults.wId })).toBe(true);
		await simulator.control.offline();
		const { wId } = simulator.control.online();
		expect(await isReached()).toBe(true);
		expect(await isReached({ wId })).toBe(true);
		expect(contents()).toHaveLength(1);
	});

	it('each account for itself', async () => {
		jsons(await send(1));
		const { wId } = simulator.control.host({ wcId: 'wxid_other00000022' });
		expect(await isReached({ wId })).toBe(false);
		expect(await isReached()).toBe(true);
	});

	it('a send that was refused, and one of which nobody knows', async () => {
		limit({ messagesPerMinute: 2 });
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message: '失败' });
		expect((await send(1)).error?.context.code).toBe('1001');
		simulator.control.fault({ kind: 'resetAfter', path: '/sendText' });
		expect((await send(1)).error?.context.mayBeDone).toBe(true);
		expect(await isReached()).toBe(true);
	});

	it('a send that is made again under a new login, once', async () => {
		limit({ messagesPerMinute: 3 });
		jsons(await send(1));
		simulator.control.online();
		jsons(await send(1));
		expect(arrived('/sendText')).toBe(3);
		jsons(await send(1));
		expect(contents()).toHaveLength(3);
		expect(await isReached()).toBe(true);
	});

	it('a send that is made again because no connection came about, once', async () => {
		limit({ messagesPerMinute: 2 });
		const port = await closedPort();
		credentials.stored = { ...credentials.stored, baseUrl: `http://127.0.0.1:${port}` };
		const { wId } = simulator.defaults;
		expect((await send(1, {}, { wId })).error?.message).toContain('refused the connection');
		expect((await send(1, {}, { wId })).error?.message).toContain('refused the connection');
	});

	it('not what the account could not send because it is offline', async () => {
		await simulator.control.offline();
		expect((await send(1)).error?.message).toContain('is not online');
		simulator.control.online();
		jsons(await send(1));
	});

	it('not what only reads or sends nothing', async () => {
		jsons(await send(1));
		const parameters = { resource: 'contact', operation: 'getOwnQrCode', wId: byWeChatId() };
		jsons(await runNode({ credentials, parameters }));
		const { wcId } = simulator.defaults;
		const remark = { wId: byWeChatId(), wcId: simulator.defaults.friend, remark: wcId };
		jsons(
			await runNode({
				credentials,
				parameters: { resource: 'contact', operation: 'setRemark', ...remark },
			}),
		);
	});

	it.each<[string, IDataObject]>([
		[
			'a post to Moments',
			{ resource: 'moment', operation: 'postText', content: 'Hello', additionalFields: {} },
		],
		['Mention Members', { resource: 'message', operation: 'mentionMembers', everyone: true }],
		[
			'Post Video and Wait',
			{
				resource: 'moment',
				operation: 'postVideoAndWait',
				videoPath: 'https://example.com/a.mp4',
				thumbPath: 'https://example.com/a.jpg',
			},
		],
		['Send and Wait for Response', { resource: 'message', operation: 'sendAndWait' }],
	])('%s', async (_what, parameters) => {
		jsons(await send(1));
		const { group: wcId } = simulator.defaults;
		const { error } = await runNode({
			credentials,
			parameters: { wId: byWeChatId(), wcId, content: 'Hi', message: 'Hi', ...parameters },
		});
		expect(error?.message).toContain('Nothing was sent');
		expect(contents()).toHaveLength(1);
	});

	it.each<[string, boolean, boolean]>([
		['/sendText', false, true],
		['/sendText?x=1', false, true],
		['/sendText', true, true],
		['/getContact', false, false],
		['/modifyRemark', false, false],
		['/newEndpoint', false, true],
		['/newEndpoint', true, false],
	])('a custom request to %s, only reads: %s', async (path, reads, counts) => {
		jsons(await send(1));
		const body = { wId: simulator.defaults.wId, wcId: simulator.defaults.friend };
		const parameters = { resource: 'custom', operation: 'request', path, reads, body };
		const { error } = await runNode({ credentials, parameters });
		expect(error?.context.code === 'limit').toBe(counts);
	});
});

describe('quiet hours', () => {
	const NIGHT = { quietFrom: '23:00', quietTo: '07:00' };

	it('nothing is sent in them', async () => {
		setClock('2026-03-10T16:00:00Z');
		limit({ ...NIGHT, whenLimited: 'fail' });
		const { error } = await send(3);
		expect(error?.message).toBe(
			`The WeChat account ${simulator.defaults.wcId} has quiet hours from 23:00 to 07:00 (Asia/Shanghai). Nothing was sent [item 0]`,
		);
		expect(error?.description).toContain('in 7 hours, at 2026-03-11 07:00:00 (Asia/Shanghai)');
		expect(simulator.control.requests()).toEqual([]);
	});

	it('are waited for, across midnight', async () => {
		setClock('2026-03-10T22:55:00Z');
		limit({ ...NIGHT, whenLimited: 'wait', longestWait: 10 });
		jsons(await whilePassing(send(3)));
		expect(contents()).toHaveLength(3);
		expect(clock.steadyMs()).toBe(300_000);
	});

	it('of which one time is wrong: nothing is sent, and it says which', async () => {
		limit({ quietFrom: '23 Uhr', quietTo: '07:00' });
		const { error } = await send(1);
		expect(error?.message).toBe(
			'"Quiet From" must be a time of day from 00:00 to 23:59, not "23 Uhr". Nothing was sent [item 0]',
		);
		expect(error?.description).toContain('Correct it in the credential, under Limit Sending');
		expect(simulator.control.requests()).toEqual([]);
	});

	it('of which one time is wrong do not matter to what sends nothing', async () => {
		limit({ quietFrom: '23 Uhr', quietTo: '07:00' });
		const parameters = { resource: 'contact', operation: 'getOwnQrCode', wId: byWeChatId() };
		jsons(await runNode({ credentials, parameters }));
	});
});

describe('executions at the same time', () => {
	beforeEach(() => limit({ messagesPerMinute: 2, whenLimited: 'wait', longestWait: 30 }));

	it('take turns', async () => {
		const both = [send(6, { input: texts(6, 'A') }), send(6, { input: texts(6, 'B') })];
		for (const result of await whilePassing(Promise.all(both))) jsons(result);
		const order = contents().map((content) => String(content)[0]);
		expect(order).toHaveLength(12);
		for (const half of [order.slice(0, 6), order.slice(6)]) {
			expect(half.filter((name) => name === 'A')).toHaveLength(3);
		}
		expect(clock.steadyMs()).toBe(300_000);
	});

	it('one that is cancelled stops waiting at once, sends nothing more and does not count', async () => {
		const cancel = new AbortController();
		const cancelled = send(6, { input: texts(6, 'A'), cancel: cancel.signal });
		while (clock.asleep === 0) await new Promise((resolve) => setTimeout(resolve, 2));
		const other = send(2, { input: texts(2, 'B') });
		await new Promise((resolve) => setTimeout(resolve, 50));
		cancel.abort();
		await cancelled.catch(() => {});
		expect(clock.steadyMs()).toBe(0);
		jsons(await whilePassing(other));
		expect(contents()).toEqual(['A 0', 'A 1', 'B 0', 'B 1']);
		expect(clock.steadyMs()).toBe(60_000);
	});
});

describe('an AI agent', () => {
	it('is told everything in the message, since it gets nothing else', async () => {
		limit({ messagesPerDay: 1, whenLimited: 'fail' });
		const { error } = await send(2, { nodeType: 'eyunTool' });
		expect(error?.message).toContain('has sent 1 message today, and its limit is 1');
		expect(error?.message).toContain('Nothing was sent. The next is possible in 4 hours, at');
	});
});

describe('what stays as it is', () => {
	it.each<[string, ICredentialDataDecryptedObject]>([
		['the switch is off', { limitSending: false, messagesPerMinute: 1, quietFrom: 'x' }],
		['no limit is set', {}],
		['the credential is from an earlier version', { limitSending: undefined as never }],
	])('everything, where %s', async (_what, fields) => {
		limit(fields);
		jsons(await send(20, {}, { wId: simulator.defaults.wId }));
		expect(simulator.control.requests().map(({ path }) => path)).toEqual(
			Array<string>(20).fill('/sendText'),
		);
		expect(jest.mocked(processClock.steadyMs)).not.toHaveBeenCalled();
		expect(jest.mocked(processClock.sleep)).not.toHaveBeenCalled();
	});

	it('a new process counts anew', async () => {
		limit({ messagesPerMinute: 1, whenLimited: 'fail' });
		jsons(await send(1));
		expect((await send(1)).error?.context.code).toBe('limit');
		dropCaches();
		jsons(await send(1));
	});
});
