import type { IDataObject } from 'n8n-workflow';

import type * as Pace from '../../nodes/Eyun/execution/pacing/pace';
import { useSimulator } from '../support/useSimulator.cts';
import { useBinaryStore } from '../support/binaryStore.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode, type NodeRun } from '../support/engine.cts';
import { receivedItem } from '../support/received.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Operations that wait for the vendor or for a person: started once, asked about until it is over. */

/** The waits of the node, in milliseconds. They last a twentieth of it here. */
const waits: number[] = [];

jest.mock('../../nodes/Eyun/execution/pacing/pace', () => {
	const real = jest.requireActual<typeof Pace>('../../nodes/Eyun/execution/pacing/pace');
	const waitUnlessCancelled: typeof real.waitUnlessCancelled = async (ms, cancelled) => {
		waits.push(ms);
		await real.waitUnlessCancelled(ms / 20, cancelled);
	};
	return { ...real, waitUnlessCancelled };
});

const simulator = useSimulator({ jobMs: 250, loginWaitMs: 3_200 });
let credentials: TestCredentials;
const store = useBinaryStore();

beforeEach(async () => {
	credentials = await usedCredentials(simulator);
	waits.length = 0;
});

const run = (parameters: object, more: Partial<NodeRun> = {}) =>
	runNode({ credentials, ...more, parameters: { ...parameters } });
const asked = () => simulator.control.requests().map(({ path }) => path);
const count = (path: string) => simulator.control.requests(path).length;

/** Resolves with the number of requests of a path as soon as there are so many. */
async function arrived(path: string, number = 1): Promise<void> {
	while (count(path) < number) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each([
	[
		'the video of a message',
		'/asynGetMsgVideo',
		'/getMsgVideoRes',
		(more: Partial<NodeRun>, extra: object = {}) =>
			run(
				{ resource: 'incomingMessage', operation: 'downloadMedia', ...extra },
				{ input: [receivedItem(simulator, '80003')], ...more },
			),
	],
	[
		'a video moment',
		'/asynSnsSendVideo',
		'/getAsynSnsSendVideoRes',
		(more: Partial<NodeRun>, extra: object = {}) =>
			run(
				{
					resource: 'moment',
					operation: 'postVideoAndWait',
					wId: simulator.defaults.wId,
					content: 'hello',
					videoPath: 'https://example.com/a.mp4',
					thumbPath: 'https://example.com/a.jpg',
					...extra,
				},
				more,
			),
	],
])('%s', (_what, start, result, wait) => {
	it('is started once and asked about every 2 seconds until it is there', async () => {
		const { items, error } = await wait({});
		expect(error).toBe(undefined);
		expect(asked()).toEqual([start, ...Array(count(result)).fill(result)]);
		expect(count(result)).toBeGreaterThan(1);
		expect(waits).toEqual(Array(count(result)).fill(2_000));
		const [{ json, binary, pairedItem }] = items;
		expect(items).toHaveLength(1);
		expect(pairedItem).toEqual({ item: 0 });
		if (start === '/asynGetMsgVideo') {
			expect(binary?.data).toMatchObject({ mimeType: 'video/mp4', bytes: 100_000 });
			expect(simulator.control.media()).toEqual([
				expect.objectContaining({ authorization: false }),
			]);
		} else {
			expect(json).toMatchObject({ type: 1, objectDesc: 'hello' });
			const moment = simulator.world.moments.get(BigInt(json.id as string));
			expect(moment).toMatchObject({ kind: 'video' });
		}
	});

	it.each([
		['reset', 3],
		['http500', 3],
		['html', 1],
		['truncated', 1],
	] as const)(
		'a question without an answer is asked again, the start is not: %s',
		async (kind, times) => {
			simulator.control.fault({ kind, path: result, times });
			const { error } = await wait({});
			expect(error).toBe(undefined);
			expect(count(start)).toBe(1);
			expect(count(result)).toBeGreaterThan(times);
		},
	);

	it.each(['reset', 'resetAfter', 'http500', 'empty'] as const)(
		'is never started twice: %s',
		async (kind) => {
			simulator.control.fault({ kind, path: start, times: 0 });
			const { error } = await wait({});
			expect(error?.description).toContain('may have done this');
			expect(asked()).toEqual([start]);
		},
	);

	it('that does not work out says what the vendor says', async () => {
		const waiting = wait({});
		await arrived(start);
		await new Promise((resolve) => setImmediate(resolve));
		await simulator.control.finishJob({ failure: '视频已过期' });
		expect((await waiting).error?.message).toMatch(
			/^The video.* did not succeed in Eyun: 视频已过期 \[item 0\]$/,
		);
		expect(count(start)).toBe(1);
	});

	it('that takes too long says how to get the result later, and not to start again', async () => {
		simulator.control.fault({ kind: 'html', path: result, times: 0 });
		const { error } = await wait({}, { timeLimit: 3 });
		expect(error?.message).toMatch(/^The video.* was not ready after 3 seconds \[item 0\]$/);
		const [job] = [...simulator.world.jobs.values()];
		expect(error?.description).toContain('Do not start it again');
		expect(error?.description).toContain(job.id);
		expect(count(start)).toBe(1);
	});

	it('is asked about no more when the execution is cancelled', async () => {
		const cancel = new AbortController();
		const input = [1, 2].map(() => receivedItem(simulator, '60003'));
		const waiting = wait({ cancel: cancel.signal, input }, { options: { concurrency: 1 } });
		await arrived(start);
		cancel.abort();
		await waiting;
		const before = asked();
		// Long enough for the next question, had the waiting not ended.
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(asked()).toEqual(before);
		expect(before).toEqual([start]);
	});
});

it('a video moment takes files of the item', async () => {
	const binary = {
		film: await store.put(Buffer.alloc(9), 'a.mp4', 'video/mp4'),
		cover: await store.put(Buffer.alloc(8), 'a.jpg', 'image/jpeg'),
	};
	const field = (value: string) => ({ __rl: true, mode: 'binary', value });
	const parameters = {
		resource: 'moment',
		operation: 'postVideoAndWait',
		wId: simulator.defaults.wId,
		content: 'hello',
		videoPath: field('film'),
		thumbPath: field('cover'),
		additionalFields: { groupUser: 'wxid_a' },
	};
	const { error } = await run(parameters, { binary: [binary] });
	expect(error).toBe(undefined);
	const sent = simulator.control.requests('/asynSnsSendVideo')[0].json as Record<string, string>;
	expect(await store.fetch(sent.videoPath)).toHaveLength(9);
	expect(await store.fetch(sent.thumbPath)).toHaveLength(8);
	expect(sent.groupUser).toBe('wxid_a');
});

describe('a login', () => {
	const BEGIN = '/iPadLogin';
	const COMPLETE = '/getIPadLoginInfo';

	async function begin(): Promise<IDataObject> {
		const result = await run({
			resource: 'login',
			operation: 'logInWithQrCode',
			wcId: '',
			deviceType: 'ipad',
			proxy: 16,
			binaryPropertyName: 'qr',
		});
		const [json] = jsons(result);
		expect(await store.read(result.items[0].binary!.qr)).toHaveLength(251);
		expect(result.items[0].binary?.qr.mimeType).toBe('image/png');
		expect(simulator.control.media().map(({ authorization }) => authorization)).toEqual([false]);
		return json;
	}

	/** As the next node does it: the instance ID comes with the item. */
	const wait = (item: IDataObject, parameters: object = {}, more: Partial<NodeRun> = {}) =>
		run(
			{ resource: 'login', operation: 'waitForLogin', ...parameters },
			{ input: [item], ...more },
		);

	it('from the QR code to the address list', async () => {
		const item = await begin();
		expect(item).toEqual({ wId: expect.any(String), qrCodeUrl: expect.stringMatching(/^http/) });
		expect(asked()).toEqual([BEGIN]);
		const wId = item.wId as string;
		const waiting = wait(item, { initContacts: true });
		await arrived(COMPLETE);
		simulator.control.scan({ wId, step: 'scan' });
		simulator.control.scan({ wId, step: 'confirm', wcId: simulator.defaults.wcId });
		expect(jsons(await waiting)).toEqual([
			expect.objectContaining({
				loginState: 'loggedIn',
				wId,
				wcId: simulator.defaults.wcId,
				status: 3,
				addressListLoaded: true,
			}),
		]);
		expect(asked()).toEqual([BEGIN, COMPLETE, '/initAddressList']);
		const list = await run({ resource: 'login', operation: 'getContacts', wId });
		expect(jsons(list)[0].friends).not.toEqual([]);
	});

	it('that is done is not lost when the address list cannot be loaded', async () => {
		const item = await begin();
		simulator.control.scan({ wId: item.wId as string, step: 'confirm' });
		simulator.control.fault({ kind: 'http500', path: '/initAddressList', times: 0 });
		const [done] = jsons(await wait(item, { initContacts: true }));
		expect(done).toMatchObject({ loginState: 'loggedIn', addressListLoaded: false });
		expect(done.addressListError).toContain('Eyun sent');
		expect(count('/initAddressList')).toBe(1);
	});

	it('goes on waiting when the vendor stops doing so', async () => {
		const item = await begin();
		const waiting = wait(item);
		await arrived(COMPLETE, 2);
		simulator.control.scan({ wId: item.wId as string, step: 'confirm' });
		expect(jsons(await waiting)[0]).toMatchObject({ loginState: 'loggedIn' });
		expect(count(BEGIN)).toBe(1);
	});

	it.each(['reset', 'http500'] as const)('goes on after a question was lost: %s', async (kind) => {
		const item = await begin();
		simulator.control.fault({ kind, path: COMPLETE });
		const waiting = wait(item);
		await arrived(COMPLETE, 2);
		simulator.control.scan({ wId: item.wId as string, step: 'confirm' });
		expect(jsons(await waiting)[0]).toMatchObject({ loginState: 'loggedIn' });
		expect(count(BEGIN)).toBe(1);
	});

	it('puts out the page of a second verification, and waits again afterwards', async () => {
		const item = await begin();
		const wId = item.wId as string;
		const waiting = wait(item);
		await arrived(COMPLETE);
		simulator.control.scan({ wId, step: 'moreVerification', url: 'http://example.com/verify' });
		const [verify] = jsons(await waiting);
		expect(verify).toEqual({
			loginState: 'verificationRequired',
			wId,
			url: 'http://example.com/verify',
		});
		simulator.control.scan({ wId, step: 'confirm' });
		expect(jsons(await wait(verify))[0]).toMatchObject({ loginState: 'loggedIn', wId });
	});

	it('says that a verify code is wanted, and takes it', async () => {
		const item = await begin();
		const wId = item.wId as string;
		simulator.control.scan({ wId, step: 'verifyCode', code: '424242' });
		const [wanted] = jsons(await wait(item));
		expect(wanted).toEqual({
			loginState: 'verifyCodeRequired',
			wId,
			message: expect.stringContaining('请在ipad上输入验证码'),
		});
		const [wrong] = jsons(await wait(wanted, { additionalFields: { verifyCode: '1' } }));
		expect(wrong).toMatchObject({ loginState: 'verifyCodeRequired' });
		const [done] = jsons(await wait(wanted, { additionalFields: { verifyCode: '424242' } }));
		expect(done).toMatchObject({ loginState: 'loggedIn', wId });
		expect(count(COMPLETE)).toBe(3);
	});

	it('never sends a verify code twice', async () => {
		const item = await begin();
		simulator.control.fault({ kind: 'resetAfter', path: COMPLETE, times: 0 });
		const { error } = await wait(item, { additionalFields: { verifyCode: '1' } });
		expect(error?.message).toContain('The connection was cut');
		expect(count(COMPLETE)).toBe(1);
	});

	it('that was refused on the phone says so', async () => {
		const item = await begin();
		const waiting = wait(item);
		await arrived(COMPLETE);
		simulator.control.scan({ wId: item.wId as string, step: 'refuse' });
		const { error } = await waiting;
		expect(error?.message).toBe('Eyun refused: 手机端取消登录 (code 1001) [item 0]');
		expect(error?.description).toContain('Start with Log In with QR Code');
	});

	it('that nobody confirms ends with the time limit', async () => {
		const item = await begin();
		const { error } = await wait(item, { timeLimit: 2 });
		expect(error?.message).toBe('Nobody confirmed the login within 2 seconds [item 0]');
		expect(count(COMPLETE)).toBe(1);
	});

	it('is asked about no more when the execution is cancelled', async () => {
		const item = await begin();
		const cancel = new AbortController();
		const waiting = wait(item, {}, { cancel: cancel.signal });
		await arrived(COMPLETE);
		cancel.abort();
		await waiting;
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(count(COMPLETE)).toBe(1);
	});
});
