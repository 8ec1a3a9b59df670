/** Several people or labels: ticked in a list since version 1.1 of the node, as text before. */
import type { IDataObject } from 'n8n-workflow';

import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { openOptions } from '../support/listSearch.cts';
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
const TWO = `${XIAOMING},${LIHUA}`;

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

interface Case {
	resource: string;
	operation: string;
	path: string;
	field: string;
	rest?: IDataObject;
}

const GROUP = { chatRoomId: '22264491511@chatroom' };

const REQUIRED: Case[] = [
	{ resource: 'group', operation: 'create', path: '/createChatroom', field: 'userList' },
	{
		resource: 'group',
		operation: 'addMembers',
		path: '/addChatRoomMember',
		field: 'userList',
		rest: GROUP,
	},
	{
		resource: 'group',
		operation: 'inviteMembers',
		path: '/inviteChatRoomMember',
		field: 'userList',
		rest: GROUP,
	},
	{
		resource: 'group',
		operation: 'requestMembers',
		path: '/addChatRoomMemberVerify',
		field: 'userList',
		rest: { ...GROUP, reason: 'friends' },
	},
	{
		resource: 'group',
		operation: 'removeMembers',
		path: '/deleteChatRoomMember',
		field: 'userList',
		rest: GROUP,
	},
	{
		resource: 'group',
		operation: 'manageAdmins',
		path: '/operateChatRoom',
		field: 'wcId',
		rest: { ...GROUP, type: 1 },
	},
	{ resource: 'contact', operation: 'get', path: '/getContact', field: 'wcId' },
	{ resource: 'contact', operation: 'checkFriends', path: '/checkZombie', field: 'wcId' },
];

async function sent({ resource, operation, path, field, rest }: Case, value: unknown, more = {}) {
	const parameters = { resource, operation, wId: simulator.defaults.wId, ...rest, [field]: value };
	await runNode({ credentials, parameters: parameters as IDataObject, ...more });
	return simulator.control
		.requests(path)
		.map(({ body }) => (JSON.parse(body) as Record<string, unknown>)[field]);
}

describe.each(REQUIRED)('$resource $operation', (entry) => {
	it.each([
		[1.1, [XIAOMING, LIHUA]],
		[1.1, ['', XIAOMING, LIHUA]],
		[1.1, '={{ $json.ids }}'],
		[1.1, '={{ $json.text }}'],
		[1.1, `${XIAOMING}, ${LIHUA}`],
		[1, `${XIAOMING}, ${LIHUA}`],
		[1, `${XIAOMING}，${LIHUA}`],
		[1, '={{ $json.ids }}'],
		[1, '={{ $json.text }}'],
	])('version %d: %j', async (typeVersion, value) => {
		const input = [{ ids: [XIAOMING, LIHUA], text: TWO }];
		expect(await sent(entry, value, { typeVersion, input })).toEqual([TWO]);
	});

	it.each([1, 1.1])('version %d: nothing chosen is refused', async (typeVersion) => {
		const run = sent(entry, '={{ [] }}', { typeVersion });
		expect(await run).toEqual([]);
	});
});

it.each<[number, IDataObject]>([
	[1.1, { groupUser: [XIAOMING, LIHUA], blackListLabelIds: ['1', '2'] }],
	[1.1, { groupUser: '={{ $json.text }}', blackListLabelIds: '={{ [1, 2] }}' }],
	[1, { groupUser: TWO, blackListLabelIds: '1,2' }],
])('Moments, version %d: visible to %j', async (typeVersion, additionalFields) => {
	const parameters = {
		resource: 'moment',
		operation: 'postText',
		wId: simulator.defaults.wId,
		content: 'hello',
		additionalFields,
	};
	jsons(await runNode({ credentials, parameters, typeVersion, input: [{ text: TWO }] }));
	expect(JSON.parse(simulator.control.requests('/snsSend')[0].body)).toMatchObject({
		groupUser: TWO,
		blackListLabelIds: '1,2',
	});
});

describe('the list of friends', () => {
	const open = async () =>
		await openOptions('contacts', { credentials, parameters: { wId: simulator.defaults.wId } });

	async function friends(count: number) {
		const made = simulator.control.populate({ friends: count }).friends;
		const { wId } = simulator.defaults;
		const parameters = { resource: 'login', operation: 'initContacts', wId };
		jsons(await runNode({ credentials, parameters }));
		return made;
	}

	it('has all of them by name', async () => {
		await friends(0);
		const options = await open();
		expect(options.map(({ value }) => value)).toEqual(simulator.defaults.friends);
		expect(options[0].name).toBe(`小明 (${XIAOMING})`);
	});

	it.each([800, 5_000])('%d: learns names for 8 seconds, and says so', async (count) => {
		const made = await friends(count);
		const before = sleptMs();
		const options = await open();
		expect(sleptMs() - before).toBeLessThan(9_000);
		const all = (count + 5).toLocaleString('en-US');
		expect(options[0].value).toBe('');
		expect(options[0].name).toMatch(
			new RegExp(`^Names of \\d{3} of ${all} so far. Refresh the list for more$`),
		);
		expect(options).toHaveLength(count + 6);
		expect(options[1].name).toMatch(/\(/);
		expect(options.at(-1)).toEqual({ name: made.at(-1), value: made.at(-1) });
	});

	it('has them all by name when it was refreshed often enough', async () => {
		await friends(800);
		let [first] = await open();
		let openings = 1;
		for (; first.value === '' && openings < 10; openings++) [first] = await open();
		expect(first.value).not.toBe('');
		expect(openings).toBeLessThanOrEqual(4);
	});

	it('does without names where the vendor refuses them', async () => {
		await friends(50);
		simulator.control.fault({ kind: 'vendorFailure', path: '/getContact', times: 0 });
		const options = await open();
		expect(options[0].name).toBe('Names of 0 of 55 so far. Refresh the list for more');
		expect(options.at(1)).toEqual({ name: XIAOMING, value: XIAOMING });
	});

	it('says when the address list was not loaded', async () => {
		const [{ name, value }] = await open();
		expect(value).toBe('');
		expect(name).toContain('The address list of this account is empty');
		const parameters = { wId: simulator.defaults.wId, additionalFields: { groupUser: [LIHUA] } };
		await expect(openOptions('contacts', { credentials, parameters })).rejects.toThrow(
			'The address list of this account is empty',
		);
	});
});
