/** Contact and Group: Get Many, Find by Name; Group: Find Member by Name. */
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

const XIAOMING = 'wxid_xiaoming00001';
const LIHUA = 'wxid_lihua0000001';

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;

beforeEach(async () => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	await initialize();
});

const run = (resource: string, operation: string, parameters: object, more: object = {}) =>
	runNode({
		credentials,
		parameters: { resource, operation, wId: simulator.defaults.wId, ...parameters },
		...more,
	});

async function initialize() {
	jsons(await run('login', 'initContacts', {}));
	simulator.control.clearRequests();
}

const contacts = (parameters: object, more?: object) => run('contact', 'getAll', parameters, more);
const find = (parameters: object, more?: object) => run('contact', 'findByName', parameters, more);
const arrived = (path: string) => simulator.control.requests(path).length;
const ids = (items: IDataObject[]) => items.map(({ wcId, chatRoomId }) => wcId ?? chatRoomId);

function friendship(wcId: string) {
	const found = simulator.world.hosted.get(simulator.defaults.wcId)?.friends.get(wcId);
	if (!found) throw new Error(`${wcId} is no friend`);
	return found;
}

describe('Contact: Get Many', () => {
	it('outputs an item for each friend, with names and labels', async () => {
		friendship(XIAOMING).remark = '客户甲';
		const items = jsons(await contacts({ returnAll: true }));
		expect(ids(items)).toEqual(simulator.defaults.friends);
		expect(items[0]).toEqual({
			wcId: XIAOMING,
			name: '客户甲',
			remark: '客户甲',
			nickName: '小明',
			alias: expect.any(String),
			labels: ['客户'],
			labelIds: ['2'],
			avatarUrl: expect.stringContaining('http'),
		});
		expect(items[1]).toMatchObject({ name: '李华', remark: '', labels: [], labelIds: [] });
		expect(arrived('/getAddressList')).toBe(1);
		expect(arrived('/getContact')).toBe(1);
		expect(arrived('/getContactLabelList')).toBe(1);
	});

	it('asks for no labels where nobody has any', async () => {
		friendship(XIAOMING).labels.clear();
		jsons(await contacts({ returnAll: true }));
		expect(arrived('/getContactLabelList')).toBe(0);
	});

	it('returns 50 by default, and asks for no more than that', async () => {
		simulator.control.populate({ friends: 200 });
		const items = jsons(await contacts({}));
		expect(items).toHaveLength(50);
		const asked = simulator.control
			.requests('/getContact')
			.map(({ body }) => (JSON.parse(body) as { wcId: string }).wcId.split(',').length);
		expect(asked).toEqual([20, 20, 10]);
	});

	it('stops as soon as Limit is reached with a filter', async () => {
		simulator.control.populate({ friends: 200 });
		const items = jsons(await contacts({ limit: 3, filters: { name: '好友' } }));
		expect(items).toHaveLength(3);
		expect(arrived('/getContact')).toBe(1);
	});

	it('reads 5,000 friends, 20 a call, at the pace of the vendor', async () => {
		const { friends } = simulator.control.populate({ friends: 5_000 });
		const before = sleptMs();
		const items = jsons(await contacts({ returnAll: true }));
		expect(items).toHaveLength(5_005);
		expect(ids(items).slice(-5_000)).toEqual(friends);
		const calls = arrived('/getContact');
		expect(calls).toBe(251);
		const pause = (sleptMs() - before) / (calls - 1);
		expect(pause).toBeGreaterThan(280);
		expect(pause).toBeLessThan(800);
	});

	it.each([
		['remark', '甲', XIAOMING],
		['nickname', '李', LIHUA],
		['WeChat number, whatever its case', 'AZHICHAO', 'azhichao'],
	])('filters by %s', async (_by, name, wcId) => {
		friendship(XIAOMING).remark = '客户甲';
		expect(ids(jsons(await contacts({ filters: { name } })))).toEqual([wcId]);
	});

	it.each([[['2']], ['2'], ['客户'], ['看一看世界, 客户'], [['客户']]])(
		'filters by labels: %j',
		async (labels) => {
			expect(ids(jsons(await contacts({ filters: { labels } })))).toEqual([XIAOMING]);
		},
	);

	it('a label that nobody has', async () => {
		expect(jsons(await contacts({ filters: { labels: ['1'] } }))).toEqual([]);
		expect(jsons(await contacts({ filters: { name: '明', labels: ['1'] } }))).toEqual([]);
	});

	it('a label that does not exist is refused before anything is read', async () => {
		const { error } = await contacts({ filters: { labels: ['客户', '朋友'] } });
		expect(error?.message).toBe(
			'"Label Names or IDs" (labels) names no label of the account: 朋友 [item 0]',
		);
		expect(error?.description).toContain('Label: Get Many');
		expect(arrived('/getContact')).toBe(0);
	});

	it('says that the address list was never loaded', async () => {
		simulator.control.online();
		const account = { __rl: true, mode: 'list', value: simulator.defaults.wcId };
		const { error } = await contacts({ wId: account });
		expect(error?.message).toBe('The address list of this account is empty [item 0]');
		expect(error?.description).toContain('Run Login: Initialize Address List for this account');
		expect(error).toMatchObject({ context: { endpoint: '/getAddressList', itemIndex: 0 } });
	});

	it.each([0, -1, 1.5, 'many'])('refuses the limit %j', async (limit) => {
		const { error } = await contacts({ limit: `={{ ${JSON.stringify(limit)} }}` });
		expect(error?.message).toContain('"Limit" (limit)');
		expect(arrived('/getAddressList')).toBe(0);
	});

	it('asks once for each friend, however many items there are', async () => {
		const result = await contacts({ returnAll: true }, { input: [{}, {}, {}] });
		expect(result.items).toHaveLength(15);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].flatMap((item) => Array.from({ length: 5 }, () => ({ item }))),
		);
		expect(arrived('/getContact')).toBe(1);
		expect(arrived('/getAddressList')).toBe(1);
	});

	it('a call that fails names its item; the next item asks again', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/getContact', message: '操作频繁' });
		const result = await contacts(
			{ returnAll: true, options: { concurrency: 1 } },
			{ input: [{}, {}], continueOnFail: true },
		);
		expect(result.items).toHaveLength(6);
		expect(result.items[0].json.error).toContain('操作频繁');
		expect(result.items[1].json.wcId).toBe(XIAOMING);
		expect(arrived('/getAddressList')).toBe(1);
	});

	it('ends between two calls when the execution is canceled', async () => {
		simulator.control.populate({ friends: 500 });
		const cancel = new AbortController();
		const running = contacts({ returnAll: true }, { cancel: cancel.signal });
		while (arrived('/getContact') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		cancel.abort();
		await running.catch(() => undefined);
		expect(arrived('/getContact')).toBeLessThan(20);
	});
});

describe('Contact: Find by Name', () => {
	beforeEach(() => {
		simulator.control.friend({ wcId: 'wxid_ann', nickName: 'Anna', alias: 'anna1' });
		simulator.control.friend({ wcId: 'wxid_anna', nickName: 'ann', alias: 'second' });
		simulator.control.friend({ wcId: 'wxid_joann', nickName: 'Joann', alias: 'third' });
	});

	it('puts exact matches first, then those that contain the name', async () => {
		const items = jsons(await find({ name: ' ANN ' }));
		expect(items.map(({ wcId, match }) => [wcId, match])).toEqual([
			['wxid_anna', 'exact'],
			['wxid_ann', 'contains'],
			['wxid_joann', 'contains'],
		]);
		expect(items[0]).toMatchObject({ name: 'ann', nickName: 'ann', labels: [] });
	});

	it('a remark counts like a nickname, and full-width letters like narrow ones', async () => {
		friendship(LIHUA).remark = 'Ａｎｎ';
		expect(jsons(await find({ name: 'ann', limit: 2 })).map(({ wcId }) => wcId)).toEqual([
			LIHUA,
			'wxid_anna',
		]);
	});

	it('returns the best match only', async () => {
		expect(ids(jsons(await find({ name: 'ann', ifSeveral: 'best' })))).toEqual(['wxid_anna']);
		expect(ids(jsons(await find({ name: 'nn', ifSeveral: 'best' })))).toEqual(['wxid_ann']);
	});

	it('reads no further than an exact match, where one is enough', async () => {
		simulator.control.populate({ friends: 100 });
		expect(ids(jsons(await find({ name: 'ann', ifSeveral: 'best' })))).toEqual(['wxid_anna']);
		expect(arrived('/getContact')).toBe(1);
		await find({ name: 'ann' });
		expect(arrived('/getContact')).toBe(1 + 6);
	});

	it('stops with an error when several are found and the user wants so', async () => {
		const { error } = await find({ name: 'nn', ifSeveral: 'error' });
		expect(error?.message).toBe(
			'Several match "nn": Anna (wxid_ann), ann (wxid_anna), Joann (wxid_joann) [item 0]',
		);
		expect(error?.description).toContain('use the ID instead');
		expect(ids(jsons(await find({ name: 'ann', ifSeveral: 'error' })))).toEqual(['wxid_anna']);
		expect(ids(jsons(await find({ name: 'joa', ifSeveral: 'error' })))).toEqual(['wxid_joann']);
		friendship('wxid_joann').remark = 'Ann';
		const twice = await find({ name: 'ann', ifSeveral: 'error' });
		expect(twice.error?.message).toBe(
			'Several match "ann": ann (wxid_anna), Ann (wxid_joann) [item 0]',
		);
	});

	it('stops with an error when none is found, or returns nothing', async () => {
		const { error } = await find({ name: 'nobody' });
		expect(error?.message).toBe('No contact is called "nobody" among 8 friends [item 0]');
		expect(error?.description).toContain('Login: Initialize Address List');
		expect(jsons(await find({ name: 'nobody', ifNone: 'nothing' }))).toEqual([]);
	});

	it.each([
		['={{ "" }}', '"Name" (name) is empty'],
		['={{ "  " }}', '"Name" (name) holds only spaces'],
		['={{ ["a"] }}', '"Name" (name) takes text, not a list'],
	])('refuses the name %s before anything is asked', async (name, message) => {
		const { error } = await find({ name });
		expect(error?.message).toContain(message);
		expect(arrived('/getAddressList')).toBe(0);
	});

	it.each([
		[{ ifSeveral: '={{ "some" }}' }, '(ifSeveral) takes all, best, error, not "some"'],
		[{ ifNone: '={{ "some" }}' }, '(ifNone) takes error, nothing, not "some"'],
		[{ limit: '={{ 0 }}' }, '"Limit" (limit) must be at least 1, not 0'],
	])('refuses %j before anything is asked', async (parameters, message) => {
		const { error } = await find({ name: 'ann', ...parameters });
		expect(error?.message).toContain(message);
		expect(arrived('/getAddressList')).toBe(0);
	});

	it('searches once for many items', async () => {
		const input = ['Anna', 'ann', '小明', 'nobody'].map((name) => ({ name }));
		const result = await find(
			{ name: '={{ $json.name }}', ifSeveral: 'best' },
			{ input, continueOnFail: true },
		);
		expect(result.items.map(({ json }) => json.wcId ?? json.error)).toEqual([
			'wxid_ann',
			'wxid_anna',
			XIAOMING,
			'No contact is called "nobody" among 8 friends [item 3]',
		]);
		expect(arrived('/getContact')).toBe(1);
	});
});

describe('groups', () => {
	it('Get Many outputs saved groups with their names', async () => {
		const me = simulator.world.hosted.get(simulator.defaults.wcId);
		me?.groupRemarks.set('23282491030@chatroom', '老朋友');
		const items = jsons(await run('group', 'getAll', {}));
		expect(items).toMatchObject([
			{ chatRoomId: '22264491511@chatroom', name: '项目群', nickName: '项目群', remark: '' },
			{ chatRoomId: '23282491030@chatroom', name: '老朋友', nickName: '朋友群' },
		]);
		expect(ids(jsons(await run('group', 'getAll', { limit: 1 })))).toHaveLength(1);
		expect(ids(jsons(await run('group', 'getAll', { filters: { name: '朋友' } })))).toEqual([
			'23282491030@chatroom',
		]);
	});

	it('Get Many without a saved group is empty', async () => {
		simulator.world.hosted.get(simulator.defaults.wcId)?.savedGroups.clear();
		expect(jsons(await run('group', 'getAll', {}))).toEqual([]);
	});

	it('Find by Name finds one, or says that WeChat lists saved groups only', async () => {
		expect(ids(jsons(await run('group', 'findByName', { name: '项目' })))).toEqual([
			'22264491511@chatroom',
		]);
		const { error } = await run('group', 'findByName', { name: '不在' });
		expect(error?.message).toBe('No group is called "不在" among 2 saved groups [item 0]');
		expect(error?.description).toContain('Group: Save to Contacts');
	});

	it('Find Member by Name looks at the name in the group and the nickname', async () => {
		const chatRoomId = simulator.defaults.group;
		simulator.control.group({ chatRoomId, displayNames: { [LIHUA]: '华哥' } });
		const member = (name: string) => run('group', 'findMember', { chatRoomId, name });
		expect(jsons(await member('华哥'))).toEqual([
			{
				wcId: LIHUA,
				name: '华哥',
				displayName: '华哥',
				nickName: '李华',
				chatRoomId,
				match: 'exact',
			},
		]);
		expect(ids(jsons(await member('李')))).toEqual([LIHUA]);
		const { error } = await member('不在');
		expect(error?.message).toBe(
			`No member is called "不在" among 5 members of ${chatRoomId} [item 0]`,
		);
		expect(error?.description).toContain('Group: Get Members');
	});

	it('Find Member by Name refuses what is no group', async () => {
		const { error } = await run('group', 'findMember', { chatRoomId: LIHUA, name: 'x' });
		expect(error?.message).toContain('takes a group ID');
		expect(arrived('/getChatRoomMember')).toBe(0);
	});
});
