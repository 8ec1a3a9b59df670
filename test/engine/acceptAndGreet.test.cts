/** Contact: Accept and Greet. */
import type { IDataObject } from 'n8n-workflow';

import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { sleptMs } from '../support/quickSleep.cts';
import { useSimulator } from '../support/useSimulator.cts';

jest.mock('n8n-workflow', () => {
	const { withQuickSleep } = jest.requireActual<typeof import('../support/quickSleep.cts')>(
		'../support/quickSleep.cts',
	);
	return withQuickSleep(jest.requireActual('n8n-workflow'));
});

const NEW = 'wxid_newfriend0001';

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;
let content: IDataObject;

beforeEach(async () => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	const { v1, v2, scene } = await simulator.control.friendRequest({ from: NEW, nickName: 'New' });
	content = { type: 'friendRequest', v1, v2, scene, wcId: NEW };
	simulator.control.clearRequests();
});

/** With the item of the trigger, and without the parameters that have it by default. */
const run = (steps: object, more: object = {}, parameters: object = {}) =>
	runNode({
		credentials,
		parameters: {
			resource: 'contact',
			operation: 'acceptAndGreet',
			wId: simulator.defaults.wId,
			steps,
			...parameters,
		},
		input: [{ content }],
		...more,
	});

const ALL = {
	remark: 'Customer from the fair',
	labels: ['客户', 'fair'],
	createMissing: true,
	message: 'Welcome!',
};

const friend = () => simulator.world.hosted.get(simulator.defaults.wcId)?.friends.get(NEW);
const changes = () =>
	simulator.control
		.requests()
		.map(({ path }) => path)
		.filter((path) => !/^\/(get|query)/.test(path));
const arrived = (path: string) => simulator.control.requests(path).length;

it('accepts with what the trigger outputs, and nothing else', async () => {
	expect(jsons(await run({}))).toEqual([{ wcId: NEW, accepted: true }]);
	expect(friend()).toBeDefined();
	expect(changes()).toEqual(['/acceptUser']);
	expect(JSON.parse(simulator.control.requests('/acceptUser')[0].body)).toEqual({
		wId: simulator.defaults.wId,
		v1: content.v1,
		v2: content.v2,
		type: content.scene,
	});
});

it('then sets remark and labels and sends a message, with a pause before each', async () => {
	const before = sleptMs();
	const [json] = jsons(await run(ALL));
	expect(json).toEqual({
		wcId: NEW,
		accepted: true,
		remark: ALL.remark,
		labels: ['客户', 'fair'],
		labelIds: ['2', '3'],
		created: ['fair'],
		message: expect.objectContaining({ newMsgId: expect.any(String) }),
	});
	expect(friend()).toMatchObject({ remark: ALL.remark, labels: new Set([2, 3]) });
	expect(simulator.control.messages()).toMatchObject([{ to: NEW, content: 'Welcome!' }]);
	expect(changes()).toEqual([
		'/acceptUser',
		'/modifyRemark',
		'/addContactLabel',
		'/modifyContactLabel',
		'/sendText',
	]);
	expect(sleptMs() - before).toBeGreaterThanOrEqual(9_000);
});

it.each([
	[{ remark: 'A' }, { remark: 'A' }],
	[{ labels: '客户' }, { labels: ['客户'] }],
	[{ message: 'Hi' }, { message: expect.anything() }],
	[{ remark: '', labels: [], message: '' }, {}],
])('each step is optional: %j', async (steps, answer) => {
	const [json] = jsons(await run({ ...steps, pause: 0 }));
	expect(json).toMatchObject({ accepted: true, ...answer });
});

it.each<[string, object, string]>([
	['/modifyRemark', { done: 'Only the friend request was accepted.' }, 'Contact: Set Remark'],
	[
		'/modifyContactLabel',
		{ done: 'Only the friend request was accepted and the remark was set.' },
		'Contact: Add Labels',
	],
	[
		'/sendText',
		{
			done: 'Only the friend request was accepted and the remark was set and the labels were set.',
		},
		'Message: Send Text',
	],
])('says what is done when %s fails', async (path, { done }: { done?: string }, byHand) => {
	simulator.control.fault({ kind: 'vendorFailure', path, message: '测试失败' });
	const { error } = await run(ALL);
	expect(error?.message).toMatch(/ \[item 0\]$/);
	expect(error?.message).toContain(`${done} Then this failed: ${byHand}: `);
	expect(error?.message).toContain('测试失败');
	expect(error?.description).toContain(`Do not accept the request again. Do what is left with`);
	expect(error?.description).toContain(byHand);
	expect(error).toMatchObject({ context: { endpoint: path, mayBeDone: true, itemIndex: 0 } });
	expect(arrived('/acceptUser')).toBe(1);
});

it('is not accepted again by Retry On Fail', async () => {
	simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', message: '测试失败' });
	const { error } = await run(ALL, { retryOnFail: true });
	expect(error?.message).toContain('Not done again: Only the friend request was accepted');
	expect(arrived('/acceptUser')).toBe(1);
	expect(arrived('/sendText')).toBe(1);
});

it('is tried again by Retry On Fail where Eyun refused the acceptance itself', async () => {
	simulator.control.fault({ kind: 'vendorFailure', path: '/acceptUser', message: '测试失败' });
	expect(jsons(await run(ALL, { retryOnFail: true }))).toMatchObject([{ accepted: true }]);
	expect(arrived('/acceptUser')).toBe(2);
});

it('is not sent twice when the answer is lost', async () => {
	simulator.control.fault({ kind: 'resetAfter', path: '/acceptUser' });
	const { error } = await run(ALL, { retryOnFail: true });
	expect(error?.message).toContain('Not done again');
	expect(arrived('/acceptUser')).toBe(1);
	expect(arrived('/sendText')).toBe(0);
});

it('a canceled execution stops between the steps, and says what is done', async () => {
	const cancel = new AbortController();
	const running = run({ ...ALL, pause: 1 }, { cancel: cancel.signal });
	while (arrived('/acceptUser') === 0) await new Promise((resolve) => setTimeout(resolve, 2));
	cancel.abort();
	await running.catch(() => undefined);
	expect(arrived('/acceptUser')).toBe(1);
	expect(arrived('/sendText')).toBe(0);
});

it.each<[string, object, object, string]>([
	['a label that does not exist', { labels: 'fair' }, {}, 'names no label of the account: fair'],
	['a message that is no text', { message: '={{ [] }}', remark: '={{ ({}) }}' }, {}, 'takes text'],
	['a pause that is no number', { pause: '={{ "long" }}' }, {}, '"Pause (Seconds)" (pause)'],
	[
		'a pause without end',
		{ pause: 1_000 },
		{},
		'"Pause (Seconds)" (pause) must be between 0 and 300',
	],
	['steps without a person', { remark: 'A' }, { wcId: '={{ null }}' }, '(wcId) is empty'],
	['no request', {}, { v1: '={{ $json.nothing }}' }, '"Request Key v1" (v1) is empty'],
	['no scene', {}, { type: '={{ $json.nothing }}' }, '"Source" (type) is empty'],
])('accepts nothing with %s', async (_what, steps, parameters, message) => {
	const { error } = await run(steps, {}, parameters);
	expect(error?.message).toContain(message);
	expect(arrived('/acceptUser')).toBe(0);
});
