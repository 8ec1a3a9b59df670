/** Contact: Add Labels and Remove Labels. */
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { openOptions } from '../support/listSearch.cts';
import { useSimulator } from '../support/useSimulator.cts';

jest.mock('n8n-workflow', () => {
	const { withQuickSleep } = jest.requireActual<typeof import('../support/quickSleep.cts')>(
		'../support/quickSleep.cts',
	);
	return withQuickSleep(jest.requireActual('n8n-workflow'));
});

/** Has the label 客户 (2). */
const XIAOMING = 'wxid_xiaoming00001';
/** Has none. */
const LIHUA = 'wxid_lihua0000001';

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

const run = (operation: string, parameters: object, more: object = {}) =>
	runNode({
		credentials,
		parameters: { resource: 'contact', operation, wId: simulator.defaults.wId, ...parameters },
		...more,
	});
const add = (wcId: string, labels: unknown, more: object = {}) =>
	run('addLabels', { wcId, labels, ...more });
const remove = (wcId: string, labels: unknown, more?: object) =>
	run('removeLabels', { wcId, labels }, more);

const host = () => {
	const found = simulator.world.hosted.get(simulator.defaults.wcId);
	if (!found) throw new Error('no host');
	return found;
};
const has = (wcId: string) => [...(host().friends.get(wcId)?.labels ?? [])];
const set = () => simulator.control.requests('/modifyContactLabel').map(({ json }) => json);

it.each([[['1']], ['1'], ['看一看世界'], [['看一看世界']], ['={{ [1] }}'], ['客户, 看一看世界']])(
	'adds %j to the labels that the contact has',
	async (labels) => {
		expect(jsons(await add(XIAOMING, labels))).toEqual([
			{
				wcId: XIAOMING,
				changed: true,
				labels: ['客户', '看一看世界'],
				labelIds: ['2', '1'],
				created: [],
			},
		]);
		expect(has(XIAOMING)).toEqual([2, 1]);
		expect(set()).toEqual([{ wId: simulator.defaults.wId, wcId: XIAOMING, labelIdList: '2,1' }]);
	},
);

it('sets nothing where nothing changes', async () => {
	expect(jsons(await add(XIAOMING, '客户'))).toMatchObject([{ changed: false, labelIds: ['2'] }]);
	expect(jsons(await remove(LIHUA, '客户'))).toMatchObject([{ changed: false, labelIds: [] }]);
	expect(set()).toEqual([]);
});

it('creates what is missing when told so, once for many items', async () => {
	const input = [XIAOMING, LIHUA].map((wcId) => ({ wcId }));
	const result = await run(
		'addLabels',
		{ wcId: '={{ $json.wcId }}', labels: '={{ ["VIP, gold", "客户"] }}', createMissing: true },
		{ input },
	);
	expect(jsons(result)).toMatchObject([
		{ labels: ['客户', 'VIP, gold'], created: ['VIP, gold'] },
		{ labels: ['VIP, gold', '客户'], created: [] },
	]);
	expect(simulator.control.requests('/addContactLabel')).toHaveLength(1);
	expect(simulator.control.requests('/getContactLabelList')).toHaveLength(1);
});

it('names a label that the account does not have, and changes nothing', async () => {
	const { error } = await add(XIAOMING, '客户, VIP');
	expect(error?.message).toBe(
		'"Label Names or IDs" (labels) names no label of the account: VIP [item 0]',
	);
	expect(error?.description).toContain('Create Missing Labels');
	expect((await remove(XIAOMING, '7')).error?.message).toContain('no label of the account: 7');
	expect(set()).toEqual([]);
});

it('removes some, and the last one', async () => {
	host().friends.get(XIAOMING)?.labels.add(1);
	expect(jsons(await remove(XIAOMING, ['2']))).toEqual([
		{ wcId: XIAOMING, changed: true, labels: ['看一看世界'], labelIds: ['1'] },
	]);
	expect(jsons(await remove(XIAOMING, '看一看世界'))).toMatchObject([{ labels: [] }]);
	expect(has(XIAOMING)).toEqual([]);
	expect(set().at(-1)).toEqual({
		wId: simulator.defaults.wId,
		wcId: XIAOMING,
		labelIdList: '',
	});
});

it('says what to do where Eyun takes no empty list', async () => {
	simulator.control.fault({ kind: 'vendorFailure', path: '/modifyContactLabel', message: '失败' });
	const { error } = await remove(XIAOMING, '客户');
	expect(error?.description).toContain('Eyun may not take an empty list: leave it one label');
	expect(has(XIAOMING)).toEqual([2]);
});

it('changes nothing where Eyun does not say which labels there are', async () => {
	const { error } = await add('wxid_nobody', '客户');
	expect(error?.message).toBe('Eyun does not say which labels wxid_nobody has [item 0]');
	expect(error?.description).toContain('Nothing was changed');
	expect(set()).toEqual([]);
});

it('two items about one contact do not take each other’s labels away', async () => {
	const input = [{ label: '1' }, { label: 'new' }];
	const parameters = { wcId: LIHUA, labels: '={{ $json.label }}', createMissing: true };
	await run('addLabels', parameters, { input });
	expect(has(LIHUA)).toHaveLength(2);
});

it.each([
	['={{ [] }}', '"Label Names or IDs" (labels) is empty'],
	['={{ " , " }}', '"Label Names or IDs" (labels) is empty'],
	['={{ [{}] }}', '"Label Names or IDs" (labels) takes text, not an object'],
])('refuses %s before anything is asked', async (labels, message) => {
	for (const operation of ['addLabels', 'removeLabels']) {
		const { error } = await run(operation, { wcId: LIHUA, labels });
		expect(error?.message).toContain(message);
	}
	expect(simulator.control.requests()).toEqual([]);
});

it('offers the labels of the account by name', async () => {
	const parameters = { wId: simulator.defaults.wId };
	expect(await openOptions('labels', { credentials, parameters })).toEqual([
		{ name: '看一看世界', value: '1' },
		{ name: '客户', value: '2' },
	]);
});
