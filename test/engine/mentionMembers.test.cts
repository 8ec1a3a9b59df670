import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { openMembers } from '../support/listSearch.cts';

/** Message: Mention Members. */

const FOREIGN_GROUP = '23282491030@chatroom';
/** What WeChat puts behind a mention. */
const GAP = '\u2005';

const simulator = useSimulator();
let credentials: TestCredentials;
beforeEach(() => {
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
});

const run = (parameters: object, more: object = {}) =>
	runNode({
		credentials,
		parameters: {
			resource: 'message',
			operation: 'mentionMembers',
			wId: simulator.defaults.wId,
			wcId: simulator.defaults.group,
			content: 'the report is ready',
			...parameters,
		},
		...more,
	});

const XIAOMING = 'wxid_xiaoming00001';
const LIHUA = 'wxid_lihua0000001';

/** Gives a member a name of its own in the default group. */
function nameInGroup(wcId: string, displayName: string) {
	const member = simulator.world.groups.get(simulator.defaults.group)?.members.get(wcId);
	if (!member) throw new Error(`${wcId} is not in the group`);
	member.displayName = displayName;
}

const sent = () => simulator.control.messages().map(({ to, content, at }) => ({ to, content, at }));
const memberLists = () => simulator.control.requests('/getChatRoomMember');

it('puts names in front of the text: the one in the group, else the nickname', async () => {
	nameInGroup(LIHUA, '华哥');
	const [answer] = jsons(await run({ at: `${XIAOMING}, ${LIHUA}，${XIAOMING}` }));
	expect(sent()).toEqual([
		{
			to: simulator.defaults.group,
			content: `@小明${GAP}@华哥${GAP}the report is ready`,
			at: [XIAOMING, LIHUA],
		},
	]);
	expect(answer.newMsgId).toBe(String(simulator.control.messages()[0].newMsgId));
	expect(simulator.control.requests('/sendText')[0].json).toEqual({
		wId: simulator.defaults.wId,
		wcId: simulator.defaults.group,
		content: expect.any(String),
		at: `${XIAOMING},${LIHUA}`,
	});
});

it('takes a list from an expression, and puts the names where the text says', async () => {
	nameInGroup(XIAOMING, '$& 小明');
	const content = 'Hello {mentions}!';
	await run({ at: '={{ $json.who }}', content }, { input: [{ who: [XIAOMING] }] });
	expect(sent()).toMatchObject([{ content: `Hello @$& 小明${GAP}!`, at: [XIAOMING] }]);
});

it('acts as the account and to the group that were chosen from lists', async () => {
	const { wId, wcId, group } = simulator.defaults;
	const chosen = (value: string) => ({ __rl: true, mode: 'list', value });
	await run({ wId: chosen(wcId), wcId: chosen(group), at: [XIAOMING, LIHUA] });
	expect(sent()).toMatchObject([
		{ to: group, content: `@小明${GAP}@李华${GAP}the report is ready`, at: [XIAOMING, LIHUA] },
	]);
	expect(memberLists()[0].json).toEqual({ wId, chatRoomId: group });
});

it('offers the members of the group by name', async () => {
	nameInGroup(LIHUA, '华哥');
	const { wId, group } = simulator.defaults;
	const offered = await openMembers({ credentials, parameters: { wId, wcId: group } });
	expect(offered).toContainEqual({ name: `小明 (${XIAOMING})`, value: XIAOMING });
	expect(offered.find(({ value }) => value === LIHUA)?.name).toContain('华哥');
	const [hint] = await openMembers({ credentials, parameters: { wId, wcId: '', at: [] } });
	expect(hint.value).toBe('');
	expect(hint.name).toContain('Choose the Group first');
	// What is ticked stays as it is: the editor would call it wrong beside a hint.
	const ticked = { wId, wcId: '', at: [LIHUA] };
	await expect(openMembers({ credentials, parameters: ticked })).rejects.toThrow(
		'Choose the Group first',
	);
});

it('mentions everyone without asking who that is', async () => {
	await run({ everyone: true });
	await run({ at: 'notify@all', content: 'Again, {mentions}' });
	expect(sent()).toMatchObject([
		{ content: `@所有人${GAP}the report is ready`, at: ['notify@all'] },
		{ content: `Again, @所有人${GAP}`, at: ['notify@all'] },
	]);
	expect(memberLists()).toEqual([]);
});

it('says so when the account may not mention everyone', async () => {
	const { error } = await run({ everyone: true, wcId: FOREIGN_GROUP });
	expect(error).toMatchObject({ httpCode: null, context: { endpoint: '/sendText', code: '1001' } });
});

it('names those who are not in the group, and sends nothing', async () => {
	const { error } = await run({ at: `${XIAOMING},wxid_nobody,wxid_stranger00002` });
	expect(error?.message).toBe(
		`"Member Names or IDs" (at) names nobody in ${simulator.defaults.group}: wxid_nobody, wxid_stranger00002 [item 0]`,
	);
	expect(error?.description).toContain('Nothing was sent');
	expect(simulator.control.messages()).toEqual([]);
});

it.each([
	[{ at: [] }, 'Parameter "Member Names or IDs" is required'],
	[{ at: '={{ "" }}' }, '"Member Names or IDs" (at) is empty'],
	[{ at: XIAOMING, content: '={{ "" }}' }, '"Text" (content) is empty'],
])('refuses %j before anything is asked', async (parameters, message) => {
	const failure = await run(parameters).then(
		({ error }) => error?.message,
		(error: Error) => error.message,
	);
	expect(failure).toContain(message);
	expect(memberLists()).toEqual([]);
	expect(simulator.control.messages()).toEqual([]);
});

it('asks once for each group, however many items there are', async () => {
	const { group } = simulator.defaults;
	const input = Array.from({ length: 100 }, (_, n) => ({
		group: n % 2 ? group : FOREIGN_GROUP,
		text: `message ${n}`,
	}));
	const result = await run(
		{ wcId: '={{ $json.group }}', at: XIAOMING, content: '={{ $json.text }}' },
		{ input },
	);
	expect(memberLists()).toHaveLength(2);
	expect(sent().map(({ to, content }) => ({ to, content }))).toEqual(
		input.map((item) => ({ to: item.group, content: `@小明${GAP}${item.text}` })),
	);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		input.map((_, item) => ({ item })),
	);
});

it('asks anew in the next run', async () => {
	await run({ at: XIAOMING });
	nameInGroup(XIAOMING, '新名字');
	await run({ at: XIAOMING });
	expect(sent().map(({ content }) => content.split(GAP)[0])).toEqual(['@小明', '@新名字']);
});

it('asks again for the next item when the list did not come', async () => {
	simulator.control.fault({
		kind: 'vendorFailure',
		path: '/getChatRoomMember',
		message: '测试失败',
	});
	const result = await run({ at: XIAOMING }, { input: [{}, {}], continueOnFail: true });
	expect(result.items.map(({ json }) => 'error' in json)).toEqual([true, false]);
	expect(sent()).toHaveLength(1);
});

it('is not sent twice when the answer is lost', async () => {
	simulator.control.fault({ kind: 'resetAfter', path: '/sendText' });
	const { error } = await run({ at: XIAOMING });
	expect(error?.description).toContain('did not send it again');
	expect(sent()).toHaveLength(1);
});

describe('in a private chat', () => {
	const friend = () => simulator.defaults.friend;

	it.each(['hello', '{mentions}hello', 'hello {mentions}'])(
		'is a plain text: %s',
		async (content) => {
			jsons(await run({ wcId: friend(), content, at: XIAOMING }));
			expect(sent()).toEqual([{ to: friend(), content: 'hello', at: [] }]);
			expect(memberLists()).toEqual([]);
		},
	);

	it('needs no members, and no mention of everyone', async () => {
		jsons(await run({ wcId: friend(), at: '={{ "" }}' }));
		jsons(await run({ wcId: friend(), everyone: true }));
		expect(sent()).toHaveLength(2);
	});

	it('sends nothing but mentions to nobody', async () => {
		const { error } = await run({ wcId: friend(), content: ' {mentions} ', at: XIAOMING });
		expect(error?.message).toContain('is empty without the mentions');
		expect(sent()).toEqual([]);
	});
});
