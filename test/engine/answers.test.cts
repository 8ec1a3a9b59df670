import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';

/** The odd answers (spec/FACTS.md: Responses; Anomalies): a failure inside a success, a success with another code, and so on. */

const simulator = useSimulator();
let credentials: TestCredentials;
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

const run = (resource: string, operation: string, parameters: object = {}, more: object = {}) =>
	runNode({ credentials, parameters: { resource, operation, ...parameters }, ...more });

describe('a login with a QR code', () => {
	async function newLogin() {
		const [answer] = jsons(
			await run('login', 'getQrCode', { wcId: '', deviceType: 'mac', proxy: 16 }),
		);
		expect(answer.qrCodeUrl).toMatch(/^http/);
		return answer.wId as string;
	}
	const complete = (wId: string, additionalFields: object = {}) =>
		run('login', 'complete', { wId, autoCheck: false, additionalFields });

	it('waits for the phone, asks for a second verification, then delivers the account', async () => {
		const wId = await newLogin();
		expect(simulator.control.requests('/iPadLogin')[0].body).toBe(
			'{"wcId":"","deviceType":"mac","proxy":16}',
		);
		const waiting = complete(wId);
		simulator.control.scan({ wId, step: 'scan' });
		simulator.control.scan({ wId, step: 'moreVerification' });
		expect(jsons(await waiting)).toEqual([
			{ url: expect.stringMatching(/^http/), verificationRequired: true },
		]);
		simulator.control.scan({ wId, step: 'confirm' });
		const [account] = jsons(await complete(wId));
		expect(account).toMatchObject({ wId, status: 3 });
		expect(account).not.toHaveProperty('verificationRequired');
	});

	it('says that a verify code is wanted, and takes it', async () => {
		const wId = await newLogin();
		simulator.control.scan({ wId, step: 'verifyCode', code: '424242' });
		expect((await complete(wId)).error?.message).toContain('请在ipad上输入验证码');
		const [account] = jsons(await complete(wId, { verifyCode: '424242' }));
		expect(account).toMatchObject({ wId });
	});

	it('says when the phone refused', async () => {
		const wId = await newLogin();
		simulator.control.scan({ wId, step: 'refuse' });
		expect((await complete(wId)).error).toMatchObject({ context: { code: '1001' } });
	});

	it('gives a new instance ID each time', async () => {
		expect(await newLogin()).not.toBe(await newLogin());
	});
});

it('a failed second login is a failure, though the vendor calls it a success', async () => {
	simulator.control.secondLogin({ outcome: 'nested' });
	const { error } = await run('login', 'again', { wcId: simulator.defaults.wcId });
	expect(error).toMatchObject({
		httpCode: null,
		message: 'Eyun refused: 二次登录失败，请重新扫码登录 (code 1001) [item 0]',
	});
});

it('an account that is offline is an answer, not a failure', async () => {
	const { wId, wcId } = simulator.defaults;
	expect(jsons(await run('account', 'isOnline', { wId }))).toEqual([{ isOnline: true }]);
	await simulator.control.offline({ wcId });
	expect(jsons(await run('account', 'isOnline', { wId }))).toEqual([{ isOnline: false }]);
	expect(jsons(await run('account', 'getOnline'))).toEqual([]);
});

it('success is judged by the code, never by the text', async () => {
	simulator.control.fault({
		kind: 'vendorFailure',
		path: '/isOnline',
		code: '1000',
		message: '失败',
	});
	const { wId } = simulator.defaults;
	expect(jsons(await run('account', 'isOnline', { wId }))).toEqual([{ success: true }]);
});

it('elements of an array are items of their own, each linked to what it was asked for', async () => {
	const { group, wId, friends } = simulator.defaults;
	const result = await run(
		'group',
		'getMembers',
		{ wId, chatRoomId: '={{ $json.id }}' },
		{
			input: [{ id: group }, { id: group }],
		},
	);
	const half = result.items.length / 2;
	expect(half).toBeGreaterThan(1);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
		...Array(half).fill({ item: 0 }),
		...Array(half).fill({ item: 1 }),
	]);
	expect(friends.length).toBeGreaterThan(1);
});

it('items are sent in their order', async () => {
	const { wId, friend } = simulator.defaults;
	const input = Array.from({ length: 20 }, (_, number) => ({ text: `message ${number}` }));
	const result = await run(
		'message',
		'sendText',
		{ wId, wcId: friend, content: '={{ $json.text }}' },
		{ input },
	);
	expect(simulator.control.messages().map(({ content }) => content)).toEqual(
		input.map(({ text }) => text),
	);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		input.map((_, item) => ({ item })),
	);
	expect(simulator.control.maxInFlight).toBe(1);
});

it('a cancelled execution sends nothing more', async () => {
	const { wId, friend } = simulator.defaults;
	const input = Array.from({ length: 50 }, (_, number) => ({ text: `message ${number}` }));
	const cancel = new AbortController();
	simulator.control.fault({ kind: 'latency', ms: 20, path: '/sendText', times: 0 });
	const stop = setInterval(() => {
		if (simulator.control.messages().length >= 3) cancel.abort();
	}, 1);
	await run(
		'message',
		'sendText',
		{ wId, wcId: friend, content: '={{ $json.text }}' },
		{ input, cancel: cancel.signal },
	);
	clearInterval(stop);
	expect(simulator.control.requests('/sendText').length).toBeLessThan(10);
});
