import type { IDataObject } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode, type NodeRun } from '../support/engine.cts';

/** The account, not the login: stored workflows go on working, and nothing is ever sent twice. */

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;

beforeEach(async () => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	// The first use of a credential asks once whether the server is there.
	await runNode({ credentials, parameters: { resource: 'utility', operation: 'getTraffic' } });
	simulator.control.clearRequests();
});

const byWeChatId = (mode = 'wcId') => ({ __rl: true, mode, value: simulator.defaults.wcId });

function send(parameters: IDataObject = {}, more: Partial<NodeRun> = {}) {
	return runNode({
		credentials,
		parameters: {
			resource: 'message',
			operation: 'sendText',
			wId: byWeChatId(),
			wcId: simulator.defaults.friend,
			content: 'Hello',
			...parameters,
		},
		...more,
	});
}

const arrived = (path: string) => simulator.control.requests(path).length;
const wIdsOf = (path: string) =>
	simulator.control.requests(path).map(({ body }) => (JSON.parse(body) as { wId: string }).wId);

/** n items, each with a text of its own. */
const texts = (n: number) => Array.from({ length: n }, (_, i) => ({ text: `Text ${String(i)}` }));

describe('what the field may hold', () => {
	it.each<[string, () => unknown, number]>([
		['a WeChat ID', () => byWeChatId(), 1],
		['an entry of the list', () => byWeChatId('list'), 1],
		['a WeChat ID from an expression', () => ({ ...byWeChatId(), value: '={{ $json.wcId }}' }), 1],
		['an instance ID', () => ({ __rl: true, mode: 'wId', value: simulator.defaults.wId }), 0],
		[
			'an instance ID of before 1.2',
			() => ({ ...byWeChatId('id'), value: simulator.defaults.wId }),
			0,
		],
		['an instance ID as a WeChat ID', () => ({ ...byWeChatId(), value: '={{ $json.wId }}' }), 0],
		['an instance ID in the list', () => ({ ...byWeChatId('list'), value: '={{ $json.wId }}' }), 0],
		['plain text', () => simulator.defaults.wId, 0],
		['an expression', () => '={{ $json.wId }}', 0],
	])('%s', async (_what, value, lookUps) => {
		const { wId, wcId } = simulator.defaults;
		jsons(await send({ wId: value() as IDataObject }, { input: [{ wId, wcId }] }));
		expect(wIdsOf('/sendText')).toEqual([wId]);
		expect(arrived('/queryLoginWx')).toBe(lookUps);
	});

	describe('a WeChat ID in plain text', () => {
		const old = 'zhangsan_88';

		it.each(['plain', 'id'])('means the account (%s)', async (how) => {
			const { wcId, wId } = simulator.defaults;
			jsons(await send({ wId: how === 'plain' ? wcId : byWeChatId('id') }));
			expect(wIdsOf('/sendText')).toEqual([wId]);
		});

		it('goes on meaning it after a new login', async () => {
			const { wcId } = simulator.defaults;
			jsons(await send({ wId: wcId }));
			await simulator.control.offline();
			const { error } = await send({ wId: wcId });
			expect(error).toMatchObject({ context: { code: 'offline' } });
		});

		it('is looked up where it does not begin with wxid_', async () => {
			const { world } = simulator;
			const { account, token } = world.addAccount('18700000001', 'secret');
			const hosted = world.addHosted({ wcId: old, account, nickName: 'Zhang' });
			world.logIn(hosted, 'ipad');
			credentials = new TestCredentials({ baseUrl: simulator.url, token });
			await send({ wId: old });
			expect(wIdsOf('/sendText')).toEqual([world.onlineInstance(old)?.wId]);
		});

		it('is an instance ID where no such account is online', async () => {
			await send({ wId: old });
			expect(arrived('/queryLoginWx')).toBe(1);
			expect(wIdsOf('/sendText')).toEqual([old]);
		});
	});

	it.each(['wcId', 'id'])('nothing, in mode %s: nothing is sent', async (mode) => {
		const wId = { __rl: true, mode, value: '={{ $json.missing }}' };
		const { error } = await send({ wId });
		expect(error?.message).toBe('"WeChat Account" (wId) is empty [item 0]');
		expect(simulator.control.requests()).toEqual([]);
	});

	it('keeps meaning a login under way where there is no account yet', async () => {
		const { error } = await runNode({
			credentials,
			parameters: {
				resource: 'login',
				operation: 'complete',
				wId: byWeChatId('id'),
				autoCheck: true,
			},
		});
		expect(error?.message).toContain('wId');
		expect(wIdsOf('/getIPadLoginInfo')).toEqual([simulator.defaults.wcId]);
	});
});

describe('a new login', () => {
	it('the stored workflow goes on working', async () => {
		jsons(await send());
		await simulator.control.offline();
		const { wId } = simulator.control.online();
		jsons(await send());
		expect(simulator.control.messages()).toHaveLength(2);
		// The second send is refused under the old login first, then made under the new one.
		expect(wIdsOf('/sendText').at(-1)).toBe(wId);
		expect(arrived('/queryLoginWx')).toBe(2);
		jsons(await send());
		expect(wIdsOf('/sendText').at(-1)).toBe(wId);
		expect(arrived('/queryLoginWx')).toBe(2);
	});

	it('an account that was missed a moment ago is found once it has logged in', async () => {
		await simulator.control.offline();
		expect((await send()).error?.message).toContain('is not online');
		simulator.control.online();
		jsons(await send());
		expect(simulator.control.messages()).toHaveLength(1);
	});

	it('in the middle of a run every item is sent once, in order', async () => {
		const input = texts(6);
		const sending = send(
			{ content: '={{ $json.text }}' },
			{
				input,
			},
		);
		await until(() => simulator.control.messages().length >= 2);
		simulator.control.online();
		jsons(await sending);
		expect(simulator.control.messages().map(({ content }) => content)).toEqual(
			input.map(({ text }) => text),
		);
		expect(arrived('/queryLoginWx')).toBe(2);
	});

	it.each(['失败', '对方已离线', '', '系统繁忙', 'wId已失效'])(
		'is found after a refusal in any words: %s',
		async (message) => {
			jsons(await send());
			const before = simulator.defaults.wId;
			simulator.control.online();
			simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message });
			jsons(await send());
			const used = wIdsOf('/sendText');
			expect(used.slice(0, 2)).toEqual([before, before]);
			expect(used[2]).not.toBe(before);
			expect(used).toHaveLength(3);
		},
	);

	it('is found where refusals say no more than 失败', async () => {
		jsons(await send());
		simulator.control.mode({ refusals: 'none' });
		simulator.control.online();
		jsons(await send());
		expect(simulator.control.messages()).toHaveLength(2);
	});

	it.each(['wId已失效', '失败'])(
		'a refusal under the login that is still the present one is not asked again: %s',
		async (message) => {
			simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message });
			expect((await send()).error?.message).toContain(message);
			expect(arrived('/sendText')).toBe(1);
			expect(arrived('/queryLoginWx')).toBe(2);
		},
	);

	it('many refusals for another reason do not ask each time', async () => {
		simulator.control.fault({
			kind: 'vendorFailure',
			path: '/sendText',
			times: 0,
			message: '失败',
		});
		const input = texts(20);
		const { items } = await send({ content: '={{ $json.text }}' }, { input, continueOnFail: true });
		expect(items).toHaveLength(20);
		expect(arrived('/sendText')).toBe(20);
		expect(arrived('/queryLoginWx')).toBeLessThan(10);
		simulator.control.clearFaults();
	});

	it('that has ended for good is told with the reason, and with what Eyun refused', async () => {
		jsons(await send());
		simulator.control.mode({ refusals: 'none' });
		await simulator.control.offline();
		const { error } = await send();
		expect(error?.message).toContain('is not online');
		expect(error?.description).toContain('Eyun refused: 失败');
	});

	it('a failing look-up after the refusal does not hide the refusal', async () => {
		jsons(await send());
		simulator.control.online();
		simulator.control.fault({ kind: 'vendorFailure', path: '/queryLoginWx', message: '系统繁忙' });
		expect((await send()).error?.message).toContain('wId不存在或微信已离线');
	});

	it('an instance ID is taken as it is', async () => {
		const { wId } = simulator.defaults;
		simulator.control.online();
		const { error } = await send({ wId });
		expect(error?.description).toContain('by WeChat ID');
		expect(arrived('/sendText')).toBe(1);
		expect(arrived('/queryLoginWx')).toBe(0);
	});
});

describe('never a second send', () => {
	it.each(['reset', 'resetAfter', 'truncated', 'html', 'empty', 'http500'] as const)(
		'after %s, even though the login has changed',
		async (kind) => {
			jsons(await send());
			simulator.control.online();
			simulator.control.clearRequests();
			simulator.control.fault({ kind, path: '/sendText' });
			expect((await send()).error).toBeDefined();
			expect(arrived('/sendText')).toBe(1);
		},
	);

	it('when the second one, under the new login, is cut off', async () => {
		jsons(await send());
		simulator.control.online();
		simulator.control.fault({
			kind: 'vendorFailure',
			path: '/sendText',
			message: '该实例已掉线',
		});
		simulator.control.fault({ kind: 'resetAfter', path: '/sendText' });
		const { error } = await send();
		expect(error?.description).toContain('The node did not send it again');
		expect(arrived('/sendText')).toBe(3);
		expect(simulator.control.messages()).toHaveLength(2);
	});
});

describe('look-ups', () => {
	it('100 items share one', async () => {
		const input = texts(100);
		jsons(await send({ content: '={{ $json.text }}' }, { input }));
		expect(arrived('/sendText')).toBe(100);
		expect(arrived('/queryLoginWx')).toBe(1);
	});

	it('runs at the same time share one', async () => {
		simulator.control.fault({ kind: 'latency', path: '/queryLoginWx', ms: 200 });
		await Promise.all([send(), send(), send()]);
		expect(arrived('/sendText')).toBe(3);
		expect(arrived('/queryLoginWx')).toBe(1);
	});

	it('one that was cancelled with its run does not fail the others', async () => {
		const cancel = new AbortController();
		// Longer than a busy machine needs to come to the cancellation.
		simulator.control.fault({ kind: 'latency', path: '/queryLoginWx', ms: 5_000, times: 1 });
		const cancelled = send({}, { cancel: cancel.signal }).catch((error: unknown) => error);
		await until(() => arrived('/queryLoginWx') === 1);
		const other = send();
		// Nothing tells that the other run has come as far as waiting for the same answer.
		await new Promise((resolve) => setTimeout(resolve, 150));
		cancel.abort();
		await cancelled;
		jsons(await other);
		expect(simulator.control.messages()).toHaveLength(1);
		expect(arrived('/queryLoginWx')).toBe(2);
	});

	it('another account of the developer has its own', async () => {
		const second = simulator.control.account({ account: '18711111111', password: 'p' });
		const { wId } = simulator.control.host({ wcId: 'wxid_other00000022', account: '18711111111' });
		jsons(await send());
		credentials.stored = { ...credentials.stored, token: second.token };
		const mine = { __rl: true, mode: 'wcId', value: 'wxid_other00000022' };
		jsons(
			await runNode({
				credentials,
				parameters: { resource: 'contact', operation: 'getOwnQrCode', wId: mine },
			}),
		);
		expect(wIdsOf('/getQrCode')).toEqual([wId]);
		expect((await send()).error?.message).toContain('is not online');
	});

	it('items whose ids share a call share the account too', async () => {
		const { friends } = simulator.control.populate({ friends: 40 });
		const result = await runNode({
			credentials,
			parameters: {
				resource: 'contact',
				operation: 'get',
				wId: byWeChatId(),
				wcId: '={{ $json.id }}',
			},
			input: friends.map((id) => ({ id })),
		});
		expect(jsons(result).map(({ userName }) => userName)).toEqual(friends);
		expect(arrived('/getContact')).toBe(2);
		expect(arrived('/queryLoginWx')).toBe(1);
	});

	it('several at a time after a new login: each is sent once', async () => {
		jsons(await send());
		simulator.control.online();
		const input = texts(30);
		const options = { concurrency: 5 };
		jsons(await send({ content: '={{ $json.text }}', options }, { input }));
		const sent = simulator.control.messages().slice(1);
		expect(sent.map(({ content }) => content).sort()).toEqual(input.map(({ text }) => text).sort());
	});

	it('all pages of a list belong to the same account', async () => {
		const wId = byWeChatId();
		const parameters = { resource: 'moment', operation: 'getAll', wId, returnAll: true };
		expect(jsons(await runNode({ credentials, parameters }))).toHaveLength(25);
		expect(new Set(wIdsOf('/getCircle'))).toEqual(new Set([simulator.defaults.wId]));
		expect(arrived('/queryLoginWx')).toBe(1);
	});

	it('when the vendor refuses to tell, says what it said and where', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/queryLoginWx', message: '系统繁忙' });
		const { error } = await send();
		expect(error?.message).toBe('Eyun refused: 系统繁忙 (code 1001) [item 0]');
		expect(error?.description).toContain('(POST /queryLoginWx');
		expect(arrived('/sendText')).toBe(0);
	});
});

describe('offline', () => {
	it('says since when and why, asks the reason once, and how to log in again', async () => {
		jsons(await send());
		await simulator.control.offline({ reason: '你的账号在另一台设备登录' });
		const { error } = await send();
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: `The WeChat account ${simulator.defaults.wcId} is not online: 你的账号在另一台设备登录 [item 0]`,
			context: { endpoint: '/sendText', code: 'offline', itemIndex: 0 },
		});
		const day = new Date().toISOString().slice(0, 10);
		expect(error?.description).toContain(`It was last seen online at ${day}`);
		expect(error?.description).toContain('Login: Log In Again');
		expect((await send()).error?.message).toContain('你的账号在另一台设备登录');
		expect(arrived('/offlineReason')).toBe(1);
	});

	it('many items ask once, and each says so', async () => {
		await simulator.control.offline({ reason: '手机端退出登录' });
		const { items } = await send({}, { input: texts(20), continueOnFail: true });
		expect(items).toHaveLength(20);
		for (const [index, { json }] of items.entries()) {
			expect(json.error).toContain(`is not online: 手机端退出登录 [item ${String(index)}]`);
		}
		expect(arrived('/offlineReason')).toBe(1);
		expect(arrived('/queryLoginWx')).toBe(1);
		expect(arrived('/sendText')).toBe(0);
	});

	it.each<[string, () => void]>([
		[
			'refuses',
			() =>
				simulator.control.fault({
					kind: 'vendorFailure',
					path: '/offlineReason',
					message: '查询过于频繁',
				}),
		],
		['does not answer', () => simulator.control.fault({ kind: 'reset', path: '/offlineReason' })],
	])(
		'a vendor that %s when asked why does not hide it, and is not asked again',
		async (_w, fail) => {
			await simulator.control.offline();
			fail();
			for (const { error } of [await send(), await send()]) {
				expect(error?.message).toContain('is not online: Eyun gave no reason');
			}
			expect(arrived('/offlineReason')).toBe(1);
		},
	);

	it('a second time within 12 hours does not give the old reason as the new one', async () => {
		await simulator.control.offline({ reason: 'first' });
		await send();
		simulator.control.online();
		jsons(await send());
		await simulator.control.offline({ reason: 'second' });
		const { error } = await send();
		expect(error?.message).toContain('Eyun tells the reason again at');
		expect(error?.message).toContain('the time before it was first');
		expect(arrived('/offlineReason')).toBe(1);
	});

	it('a table that says 1001 for nobody online means nobody', async () => {
		await simulator.control.offline();
		simulator.control.fault({
			kind: 'vendorFailure',
			path: '/queryLoginWx',
			message: '失败',
			times: 0,
		});
		expect((await send()).error?.message).toContain('is not online');
	});

	it('is an answer where it is the question', async () => {
		const isOnline = async () =>
			jsons(
				await runNode({
					credentials,
					parameters: { resource: 'account', operation: 'isOnline', wId: byWeChatId() },
				}),
			);
		expect(await isOnline()).toEqual([{ isOnline: true }]);
		await simulator.control.offline();
		expect(await isOnline()).toEqual([{ isOnline: false }]);
		expect(arrived('/offlineReason')).toBe(0);
	});
});

async function until(done: () => boolean): Promise<void> {
	while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}
