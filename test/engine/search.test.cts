import type { IDataObject, INodeListSearchResult } from 'n8n-workflow';

import type { Picker } from '../../nodes/Eyun/catalogue/types';
import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { openList, type Opening } from '../support/listSearch.cts';

/** The lists behind resource locators, in n8n's own context for them. */

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;

beforeEach(async () => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	await runNode({ credentials, parameters: { resource: 'utility', operation: 'getTraffic' } });
	simulator.control.clearRequests();
});

const chosen = (mode: string, value: unknown) => ({ __rl: true, mode, value }) as IDataObject;
const byWeChatId = () => chosen('list', simulator.defaults.wcId);

async function open(picker: Picker, more: Partial<Opening> = {}): Promise<INodeListSearchResult> {
	return await openList(picker, { credentials, parameters: { wId: byWeChatId() }, ...more });
}

async function initialize(): Promise<void> {
	const { wId } = simulator.defaults;
	jsons(
		await runNode({
			credentials,
			parameters: { resource: 'login', operation: 'initContacts', wId },
		}),
	);
	simulator.control.clearRequests();
}

const values = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);
const names = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);
const arrived = (path: string) => simulator.control.requests(path).length;

/** All pages of a list, as the editor asks for them while there is room. */
async function everyPage(picker: Picker, more: Partial<Opening> = {}) {
	const pages = [await open(picker, more)];
	for (let token = pages[0].paginationToken; token !== undefined;) {
		pages.push(await open(picker, { ...more, paginationToken: String(token) }));
		token = pages.at(-1)?.paginationToken;
	}
	return pages;
}

/** What must stand in a thrown error for the editor to show it. */
async function refusal(picker: Picker, more: Partial<Opening> = {}) {
	const error: unknown = await open(picker, more).catch((thrown: unknown) => thrown);
	return error as { message: string; description: string };
}

describe('accounts', () => {
	it('are those online, by nickname and WeChat ID; the value outlasts the login', async () => {
		simulator.control.host({ wcId: 'wxid_second00000022', nickName: '第二个' });
		expect(await open('account', { parameters: {} })).toEqual({
			results: [
				{ name: '模拟小助手 (wxid_simulatorhost22)', value: 'wxid_simulatorhost22' },
				{ name: '第二个 (wxid_second00000022)', value: 'wxid_second00000022' },
			],
		});
		expect(arrived('/getContact')).toBe(1);
	});

	it('are found by nickname', async () => {
		simulator.control.host({ wcId: 'wxid_second00000022', nickName: '第二个' });
		expect(values(await open('account', { filter: '第二' }))).toEqual(['wxid_second00000022']);
		expect(values(await open('account', { filter: 'SIMULATOR' }))).toEqual([
			'wxid_simulatorhost22',
		]);
	});

	it('have no names where the vendor gives none, and can be chosen all the same', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/getContact', message: '失败' });
		expect(names(await open('account'))).toEqual(['wxid_simulatorhost22']);
	});

	it('30 of them make two pages', async () => {
		for (let n = 0; n < 29; n++) {
			simulator.control.host({ wcId: `wxid_more${String(n).padStart(8, '0')}` });
		}
		const pages = await everyPage('account');
		expect(pages.map(({ results }) => results.length)).toEqual([20, 10]);
		expect(new Set(pages.flatMap(values)).size).toBe(30);
	});

	it('none is online: says how to log in', async () => {
		await simulator.control.offline();
		const { message, description } = await refusal('account');
		expect(message).toBe('No WeChat account of this credential is online');
		expect(description).toContain('Login: Log In with QR Code');
	});

	it('a wrong token is called by its name', async () => {
		credentials.stored = { ...credentials.stored, token: 'wrong' };
		const { message, description } = await refusal('account');
		expect(message).toContain('Authorization');
		expect(description).toContain('Check the Authorization token in the credential');
	});
});

describe('chats, contacts and groups', () => {
	it('chats are groups, friends, WeCom contacts, official accounts and the rest', async () => {
		await initialize();
		const page = await open('chat');
		expect(page.paginationToken).toBeUndefined();
		expect(values(page)).toEqual([
			'22264491511@chatroom',
			'23282491030@chatroom',
			'wxid_xiaoming00001',
			'wxid_lihua0000001',
			'wxid_wangfang0001',
			'azhichao',
			'wxid_zombie0000001',
			'25984982670495377@openim',
			'gh_3dfda90e39d6',
			'filehelper',
			'weixin',
		]);
		expect(names(page)).toEqual(
			expect.arrayContaining([
				'项目群 (22264491511@chatroom)',
				'小明 (wxid_xiaoming00001)',
				'张企微 (25984982670495377@openim)',
			]),
		);
		expect(arrived('/getContact')).toBe(1);
	});

	it('chats come without WeCom contacts where the vendor refuses those', async () => {
		await initialize();
		simulator.control.fault({ kind: 'vendorFailure', path: '/getImAddressList' });
		expect(values(await open('chat'))).toHaveLength(10);
	});

	it('contacts are friends only, by remark and nickname', async () => {
		await initialize();
		const { friend, wId } = simulator.defaults;
		const parameters = { resource: 'contact', operation: 'setRemark', wId, remark: '客户甲' };
		jsons(await runNode({ credentials, parameters: { ...parameters, wcId: friend } }));
		const page = await open('contact');
		expect(values(page)).toEqual(simulator.defaults.friends);
		expect(names(page)[0]).toBe(`客户甲, 小明 (${friend})`);
		expect(values(await open('contact', { filter: '小明' }))).toEqual([friend]);
		expect(values(await open('contact', { filter: 'xiaoming' }))).toEqual([friend]);
	});

	it('groups are those saved to contacts', async () => {
		await initialize();
		expect(names(await open('group'))).toEqual([
			'项目群 (22264491511@chatroom)',
			'朋友群 (23282491030@chatroom)',
		]);
		expect(values(await open('group', { filter: '朋友' }))).toEqual(['23282491030@chatroom']);
	});

	it('no group is saved: says where ids come from', async () => {
		await initialize();
		simulator.world.hosted.get(simulator.defaults.wcId)?.savedGroups.clear();
		const { message, description } = await refusal('group');
		expect(message).toBe('No group is saved to contacts');
		expect(description).toContain('chatId');
	});

	it('WeCom contacts and labels have lists of their own', async () => {
		expect(names(await open('weCom'))).toEqual(['张企微 (25984982670495377@openim)']);
		expect(await open('label')).toEqual({
			results: [
				{ name: '看一看世界 (1)', value: '1' },
				{ name: '客户 (2)', value: '2' },
			],
		});
		expect(values(await open('label', { filter: '客' }))).toEqual(['2']);
	});

	it('an address list that was never loaded: says what to run, and works right after it', async () => {
		const { message, description } = await refusal('chat');
		expect(message).toBe('The address list of this account is empty');
		expect(description).toContain('Login: Initialize Address List');
		await initialize();
		expect(values(await open('chat'))).toHaveLength(11);
	});
});

describe('members', () => {
	const parameters = (group: unknown, name = 'chatRoomId') =>
		({ wId: byWeChatId(), [name]: group }) as IDataObject;

	it.each<[string, (group: string) => IDataObject]>([
		['chosen from the list', (group) => parameters(chosen('list', group))],
		['as plain text', (group) => parameters(group)],
		['in the field wcId', (group) => parameters(chosen('id', group), 'wcId')],
	])('are those of the group %s', async (_how, given) => {
		const page = await open('member', { parameters: given(simulator.defaults.group) });
		expect(names(page)).toEqual([
			'模拟小助手 (wxid_simulatorhost22)',
			'小明 (wxid_xiaoming00001)',
			'李华 (wxid_lihua0000001)',
			'可可 (wxid_stranger00001)',
			'害羞 (wxid_shy0000000001)',
		]);
		expect(arrived('/getChatRoomMember')).toBe(1);
		expect(arrived('/getContact')).toBe(0);
	});

	it('come in pages and are asked for once', async () => {
		const group = '39999999999@chatroom';
		const many = Array.from({ length: 49 }, (_, n) => `wxid_member${String(n).padStart(6, '0')}`);
		simulator.control.group({ chatRoomId: group, members: many });
		const given = { parameters: parameters(group) };
		const pages = await everyPage('member', given);
		expect(pages.map(({ results }) => results.length)).toEqual([20, 20, 10]);
		expect(values(await open('member', { ...given, filter: '000048' }))).toEqual([many[48]]);
		expect(arrived('/getChatRoomMember')).toBe(1);
	});

	it.each([undefined, '', '={{ $json.chatId }}', chosen('id', null)])(
		'without a group (%j): asks for it',
		async (group) => {
			const { message } = await refusal('member', { parameters: parameters(group) });
			expect(message).toBe('Choose the Group first');
		},
	);
});

describe('whose list', () => {
	it.each<[string, () => unknown]>([
		['an instance ID', () => simulator.defaults.wId],
		['an expression without data', () => chosen('id', '={{ $json.wId }}')],
		['an expression the editor could not resolve', () => chosen('id', null)],
		['nothing', () => undefined],
	])('%s: that account, or the only one', async (_what, wId) => {
		await initialize();
		const parameters = { wId: wId() } as IDataObject;
		expect(values(await open('contact', { parameters }))).toHaveLength(5);
	});

	it('nothing chosen and several online: asks for the account', async () => {
		simulator.control.host({ wcId: 'wxid_second00000022' });
		const { message, description } = await refusal('contact', { parameters: {} });
		expect(message).toBe('Choose the WeChat Account first');
		expect(description).toContain('2 accounts are online');
	});

	it('an account that is offline: since when, why, what to do', async () => {
		await simulator.control.offline({ reason: '手机端退出登录' });
		const { message, description } = await refusal('contact');
		expect(message).toBe('The WeChat account wxid_simulatorhost22 is not online: 手机端退出登录');
		expect(description).toContain('Login: Log In Again');
	});

	it('an instance ID that is gone: choose the account instead', async () => {
		const { wId } = simulator.defaults;
		simulator.control.online();
		const { description } = await refusal('contact', { parameters: { wId } });
		expect(description).toContain('Choose the account from the list or by WeChat ID');
	});

	it('goes on after a new login', async () => {
		await initialize();
		await open('contact');
		simulator.control.online();
		await initialize();
		expect(values(await open('chat'))).toContain(simulator.defaults.friend);
	});
});

describe('5,000 friends', () => {
	let friends: string[];

	beforeEach(async () => {
		friends = simulator.control.populate({ friends: 5_000, groups: 100 }).friends;
		await initialize();
	});

	it('a page comes at the price of one call, and the list itself is asked for once', async () => {
		const first = await open('contact');
		expect(first.results).toHaveLength(20);
		expect(arrived('/getContact')).toBe(1);
		expect(arrived('/getAddressList')).toBe(1);
		const second = await open('contact', { paginationToken: String(first.paginationToken) });
		expect(second.results).toHaveLength(20);
		expect(new Set([...values(first), ...values(second)]).size).toBe(40);
		expect(names(second)[0]).toMatch(/^好友\d{6} \(wxid_friend\d{6}22\)$/);
		expect(arrived('/getContact')).toBe(2);
		expect(arrived('/getAddressList')).toBe(1);
		await open('contact');
		expect(arrived('/getContact')).toBe(2);
	});

	it('an id is found at once, however far down', async () => {
		const last = friends.at(-1) ?? '';
		const page = await open('contact', { filter: last.slice(5, 17) });
		expect(values(page)[0]).toBe(last);
		expect(names(page)[0]).toMatch(/^好友/);
		expect(names(page)[1]).toMatch(/^Searched 1 of 5,005 so far/);
		expect(arrived('/getContact')).toBe(1);
	});

	it('a name known already is found at once', async () => {
		await open('contact');
		const known = names(await open('contact'))[7].split(' ')[0];
		simulator.control.clearRequests();
		expect(names(await open('contact', { filter: known }))[0]).toContain(known);
		expect(arrived('/getContact')).toBe(0);
	});

	it('a name not known yet is found within one request, with pauses between its calls', async () => {
		const wanted = friends[90];
		const started = Date.now();
		const page = await open('contact', { filter: simulator.world.nickName(wanted) });
		expect(values(page)[0]).toBe(wanted);
		expect(page.paginationToken).toBeDefined();
		expect(arrived('/getContact')).toBe(5);
		expect(Date.now() - started).toBeGreaterThanOrEqual(4 * 300);
		const times = simulator.control.requests('/getContact').map(({ timeMs }) => timeMs);
		const pauses = times.slice(1).map((time, index) => time - times[index]);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(299);
	});

	it('searches at the same time take turns, and never ask twice for a name', async () => {
		const searches = [30, 50, 70].map((n) =>
			open('contact', { filter: simulator.world.nickName(friends[n]) }),
		);
		await Promise.all(searches);
		const asked = simulator.control
			.requests('/getContact')
			.flatMap(({ body }) => (JSON.parse(body) as { wcId: string }).wcId.split(','));
		expect(new Set(asked).size).toBe(asked.length);
		expect(simulator.control.maxInFlight).toBeLessThanOrEqual(3);
	});

	it('a search that the vendor refuses says so', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/getContact', message: '操作频繁' });
		const { message, description } = await refusal('contact', { filter: '不在' });
		expect(message).toContain('操作频繁');
		expect(description).toContain('more slowly');
	});

	it('each chat stands on one page only', async () => {
		const pages: INodeListSearchResult[] = [];
		let token: string | undefined;
		for (let n = 0; n < 6; n++) {
			const page = await open('chat', { paginationToken: token });
			pages.push(page);
			token = page.paginationToken as string | undefined;
		}
		const all = pages.flatMap(values);
		expect(new Set(all).size).toBe(120);
		expect(all.filter((id) => String(id).endsWith('@chatroom'))).toHaveLength(102);
	});
});
