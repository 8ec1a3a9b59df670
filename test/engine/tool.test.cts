/** The node as the tool of an AI agent: names and ids in every form, short answers, nothing sent by guess. */
import type { IDataObject } from 'n8n-workflow';

import { forgetPeople } from '../../nodes/Eyun/compound/people/addressMemory';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode, type NodeRun } from '../support/engine.cts';
import { useSimulator } from '../support/useSimulator.cts';

jest.mock('n8n-workflow', () => {
	const { withQuickSleep } = jest.requireActual<typeof import('../support/quickSleep.cts')>(
		'../support/quickSleep.cts',
	);
	return withQuickSleep(jest.requireActual('n8n-workflow'));
});

const XIAOMING = 'wxid_xiaoming00001';
const LIHUA = 'wxid_lihua0000001';
const WANGFANG = 'wxid_wangfang0001';
/** An account from before 2013: its ID looks like a name. */
const OLD_ID = 'azhichao';
const GROUP = '22264491511@chatroom';
const WECOM = '25984982670495377@openim';

const simulator = useSimulator({ between: 'restart' });
let credentials: TestCredentials;

beforeEach(async () => {
	forgetPeople();
	credentials = new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token });
	const { wId } = simulator.defaults;
	jsons(
		await runNode({
			credentials,
			parameters: { resource: 'login', operation: 'initContacts', wId },
		}),
	);
	simulator.control.clearRequests();
});

/** A call of the tool: the user has set the account, the model gives the rest. */
const call = async (
	resource: string,
	operation: string,
	query: IDataObject,
	parameters: IDataObject = {},
	more: Partial<NodeRun> = {},
) =>
	await runNode({
		credentials,
		nodeType: 'eyunTool',
		typeVersion: 1.1,
		parameters: { resource, operation, wId: simulator.defaults.wId, ...parameters },
		// As n8n hands over what a model gave.
		input: [{ query }],
		...more,
	});
const send = async (wcId: unknown, more: Partial<NodeRun> = {}) =>
	await call('message', 'sendText', { wcId: wcId as string, content: 'hi' }, {}, more);

const arrived = (path: string) => simulator.control.requests(path).length;
const bodies = (path: string) =>
	simulator.control.requests(path).map(({ body }) => JSON.parse(body) as IDataObject);
const sentTo = () => bodies('/sendText').map(({ wcId }) => wcId);

function friendship(wcId: string) {
	const found = simulator.world.hosted.get(simulator.defaults.wcId)?.friends.get(wcId);
	if (!found) throw new Error(`${wcId} is no friend`);
	return found;
}

describe('a chat', () => {
	it.each([
		['a nickname', '小明', XIAOMING],
		['a WeChat number, in capitals', 'LIHUA', LIHUA],
		['a name with spaces around it', '  小明 ', XIAOMING],
		['the name of a group', '项目群', GROUP],
		['the name of a WeCom contact', '张企微', WECOM],
		['a list of one', ['小明'], XIAOMING],
		['a list of one as JSON', '["小明"]', XIAOMING],
	])('may be %s', async (_what, given, id) => {
		jsons(await send(given));
		expect(sentTo()).toEqual([id]);
	});

	it('may be a remark, which counts like any other name', async () => {
		friendship(LIHUA).remark = '客户甲';
		jsons(await send('客户甲'));
		expect(sentTo()).toEqual([LIHUA]);
	});

	it.each([XIAOMING, GROUP, 'gh_3dfda90e39d6', WECOM, 'wxid_unknown00000001', '9@im.chatroom'])(
		'may be the ID %s, which is looked up nowhere',
		async (id) => {
			await send(id);
			expect(sentTo()).toEqual([id]);
			expect(simulator.control.requests()).toHaveLength(1);
		},
	);

	it.each([OLD_ID, 'filehelper'])(
		'may be the old ID %s, for which no names are read',
		async (id) => {
			jsons(await send(id));
			expect(sentTo()).toEqual([id]);
			expect(arrived('/getAddressList')).toBe(1);
			expect(arrived('/getContact')).toBe(0);
		},
	);

	it.each<[string, unknown, RegExp]>([
		[
			'a part of a name',
			'小',
			/^"Chat" \(wcId\) is not clear: no friend or group is called exactly "小"\. Close: 小明 \/ xiaoming \(wxid_xiaoming00001\)\. Nothing was done\. Call again with an ID/,
		],
		['nobody', '张三丰', /no friend or group is called exactly "张三丰"\. Nothing was done/],
		['two people', ['小明', '李华'], /takes one name or ID, not 2\. Give one, and call again/],
		['an object', [{ wcId: XIAOMING }], /takes names or IDs, not objects/],
	])('may not be %s', async (_what, given, message) => {
		const { error } = await send(given);
		expect(error?.message).toMatch(message);
		expect(error?.message.length).toBeLessThan(400);
		expect(sentTo()).toEqual([]);
	});

	it('is nobody where two have that name, whichever kind of name it is', async () => {
		friendship(LIHUA).remark = '小明';
		const { error } = await send('小明');
		expect(error?.message).toContain(
			`several are called "小明": 小明 / xiaoming (${XIAOMING}), 小明 / 李华 / lihua (${LIHUA})`,
		);
		expect(sentTo()).toEqual([]);
	});

	it('names few of many candidates', async () => {
		simulator.control.populate({ friends: 60 });
		const { error } = await send('e');
		expect(error?.message).toMatch(/ and \d+ more\. Nothing was done/);
		expect(error?.message.length).toBeLessThan(500);
	});

	it('is looked up in each mode of the field, in which users may have let the model fill it', async () => {
		const value = "={{ $fromAI('Chat', 'who', 'string') }}";
		for (const mode of ['list', 'id']) {
			const wcId = { __rl: true, mode, value };
			jsons(await call('message', 'sendText', { Chat: '小明', content: 'hi' }, { wcId }));
		}
		expect(sentTo()).toEqual([XIAOMING, XIAOMING]);
	});

	it('is who the user has chosen from the list', async () => {
		for (const value of [OLD_ID, GROUP]) {
			const wcId = { __rl: true, mode: 'list', value };
			jsons(await call('message', 'sendText', { content: 'hi' }, { wcId }));
		}
		expect(sentTo()).toEqual([OLD_ID, GROUP]);
		expect(arrived('/getContact')).toBe(0);
	});

	it('is what it is in the plain node', async () => {
		const { wId } = simulator.defaults;
		await runNode({
			credentials,
			parameters: { resource: 'message', operation: 'sendText', wId, wcId: '小明', content: 'hi' },
		});
		expect(sentTo()).toEqual(['小明']);
		expect(simulator.control.requests()).toHaveLength(1);
	});

	it('says so when the address list is not there yet', async () => {
		simulator.control.reset();
		const { error } = await send('小明');
		expect(error?.message).toMatch(/address list of this account is empty\. .*Initialize/);
		expect(sentTo()).toEqual([]);
	});
});

describe('what is remembered', () => {
	it('a second call reads no names but that of whom it writes to', async () => {
		simulator.control.populate({ friends: 100 });
		jsons(await send('小明'));
		const first = arrived('/getContact');
		expect(first).toBeGreaterThan(4);
		jsons(await send('李华'));
		expect(
			bodies('/getContact')
				.slice(first)
				.map(({ wcId }) => wcId),
		).toEqual([XIAOMING, LIHUA]);
		expect(arrived('/getAddressList')).toBe(1);
		expect(sentTo()).toEqual([XIAOMING, LIHUA]);
	});

	it('nobody is written to by a name that is somebody else now', async () => {
		friendship(LIHUA).remark = '老板';
		jsons(await send('老板'));
		friendship(LIHUA).remark = '前老板';
		const { error } = await send('老板');
		expect(error?.message).toContain('no friend or group is called exactly "老板"');
		expect(sentTo()).toEqual([LIHUA]);
	});

	it('a name that was given by the tool itself is known', async () => {
		jsons(await send('小明'));
		jsons(await call('contact', 'setRemark', { wcId: '李华', remark: '新客户' }));
		jsons(await send('新客户'));
		expect(sentTo()).toEqual([XIAOMING, LIHUA]);
	});

	it('so is one that somebody got on the phone', async () => {
		jsons(await send('小明'));
		friendship(LIHUA).remark = '新客户';
		jsons(await send('新客户'));
		expect(sentTo()).toEqual([XIAOMING, LIHUA]);
	});

	it('thousands are not read again for a name that nobody has', async () => {
		simulator.control.populate({ friends: 200 });
		jsons(await send('小明'));
		const asked = arrived('/getContact');
		expect((await send('nobody')).error).toBeDefined();
		expect(arrived('/getContact')).toBe(asked + 1);
		jsons(await call('contact', 'setRemark', { wcId: '李华', remark: '新客户' }));
		jsons(await send('新客户'));
		expect(arrived('/getContact')).toBe(asked + 3);
		expect(sentTo()).toEqual([XIAOMING, LIHUA]);
	});

	it('two calls at once read the names once', async () => {
		simulator.control.populate({ friends: 100 });
		await Promise.all([send('小明'), send('李华')]);
		const asked = bodies('/getContact').flatMap(({ wcId }) => String(wcId).split(','));
		// Whoever is written to by a name that the other call has read is asked about again.
		const again = asked.filter((id, place) => asked.indexOf(id) !== place);
		expect(again.every((id) => [XIAOMING, LIHUA].includes(id))).toBe(true);
		expect(sentTo().sort()).toEqual([LIHUA, XIAOMING]);
	});

	it('another credential has a memory of its own', async () => {
		jsons(await send('小明'));
		const other = new TestCredentials({
			baseUrl: simulator.url,
			authentication: 'account',
			account: simulator.defaults.account,
			password: simulator.defaults.password,
		});
		const before = arrived('/getAddressList');
		jsons(await send('小明', { credentials: other }));
		expect(arrived('/getAddressList')).toBe(before + 1);
	});

	it('a cancelled call leaves the next one its turn', async () => {
		simulator.control.populate({ friends: 100 });
		const cancel = new AbortController();
		const first = send('小明', { cancel: cancel.signal });
		cancel.abort();
		await first;
		jsons(await send('小明'));
		expect(sentTo()).toEqual([XIAOMING]);
	});

	it('the plain node reads anew each time', async () => {
		const parameters = {
			resource: 'contact',
			operation: 'findByName',
			wId: simulator.defaults.wId,
			name: '小明',
		};
		for (let n = 0; n < 2; n++) jsons(await runNode({ credentials, parameters }));
		expect(arrived('/getAddressList')).toBe(2);
		expect(arrived('/getContact')).toBe(2);
	});
});

describe('several people', () => {
	it.each<[string, unknown]>([
		['a list', ['小明', '李华']],
		['a list as JSON', '["小明", "李华"]'],
		['a text with commas', '小明, 李华'],
		['a text with a Chinese comma', '小明，李华'],
		['a text with a Chinese semicolon', '小明；李华'],
		['a text with a pause mark', '小明、李华'],
		['lines', '小明\n李华'],
		['names and IDs', `小明, ${LIHUA}`],
		['the same one twice', `小明, 李华, ${XIAOMING}`],
		['IDs', [XIAOMING, LIHUA]],
	])('may be %s', async (_what, given) => {
		await call('group', 'addMembers', {
			chatRoomId: '项目群',
			userList: given as string,
		});
		expect(bodies('/addChatRoomMember')).toEqual([
			{ wId: simulator.defaults.wId, chatRoomId: GROUP, userList: `${XIAOMING},${LIHUA}` },
		]);
	});

	it('all that is not clear is said at once, and nobody is invited', async () => {
		const { error } = await call('group', 'inviteMembers', {
			chatRoomId: GROUP,
			userList: '小明, 谁, 王',
		});
		expect(error?.message).toMatch(/exactly "谁".*exactly "王"\. Close: 王芳/);
		expect(arrived('/inviteChatRoomMember')).toBe(0);
	});

	it('may be friends to look up', async () => {
		const items = jsons(await call('contact', 'get', { wcId: '小明；李华' }));
		expect(items.map(({ userName }) => userName)).toEqual([XIAOMING, LIHUA]);
	});
});

describe('members of a group', () => {
	it('are found by the group and their names in it', async () => {
		jsons(
			await call('message', 'mentionMembers', { wcId: '项目群', at: '小明、李华', content: 'hi' }),
		);
		expect(bodies('/sendText')).toEqual([
			expect.objectContaining({ wcId: GROUP, at: `${XIAOMING},${LIHUA}` }),
		]);
	});

	it('are nobody outside of it', async () => {
		const { error } = await call('message', 'mentionMembers', {
			wcId: GROUP,
			at: '王芳',
			content: 'hi',
		});
		expect(error?.message).toContain(`no member of ${GROUP} is called exactly "王芳"`);
		expect(sentTo()).toEqual([]);
	});

	it('are searched in a group by its name', async () => {
		const items = jsons(await call('group', 'findMember', { chatRoomId: '朋友群', name: '王' }));
		expect(items).toMatchObject([{ wcId: WANGFANG, match: 'contains' }]);
	});

	it('of a group that is not saved are found by its ID', async () => {
		const { error } = await call('group', 'getMembers', { chatRoomId: '开放群' });
		expect(error?.message).toContain('no saved group is called exactly "开放群"');
		jsons(await call('group', 'getMembers', { chatRoomId: '23282491030@chatroom' }));
	});
});

describe('other operations', () => {
	it.each([
		['a text with commas', '客户, 看一看世界'],
		['a text with a Chinese semicolon', '客户；看一看世界'],
		['a list', ['客户', '看一看世界']],
		['a list as JSON', '["客户","看一看世界"]'],
	])('labels go to a friend by name, as %s', async (_what, labels) => {
		const parameters = { wcId: '李华', labels };
		expect(jsons(await call('contact', 'addLabels', parameters))).toMatchObject([
			{ wcId: LIHUA, changed: true, labels: ['客户', '看一看世界'] },
		]);
		expect(
			jsons(await call('contact', 'removeLabels', { ...parameters, labels: '客户' })),
		).toMatchObject([{ labels: ['看一看世界'] }]);
	});

	it('a message is forwarded to names, with or without an account of its own', async () => {
		const message = JSON.stringify({
			event: 'message.text',
			wcId: simulator.defaults.wcId,
			chatId: XIAOMING,
			senderId: XIAOMING,
			messageId: '1',
			text: 'the news',
			data: {},
		});
		const forward = { messageSource: 'item', message, wId: '' };
		jsons(await call('message', 'forward', { wcId: '李华；项目群' }, forward));
		expect(sentTo()).toEqual([LIHUA, GROUP]);
	});

	it('an answer goes to where the message came from, whose text is not taken for the answer', async () => {
		const item = {
			event: 'message.text',
			wcId: simulator.defaults.wcId,
			chatId: LIHUA,
			senderId: LIHUA,
			messageId: '1',
			text: 'the question',
			data: {},
		};
		// n8n puts what the model gives into the agent's item.
		const input = [{ ...item, answer: 'the answer', toolCallId: 'call_1' }];
		jsons(await call('message', 'reply', {}, {}, { input }));
		expect(bodies('/sendText')).toMatchObject([{ wcId: LIHUA, content: 'the answer' }]);
	});

	it('a message is taken back with what its send answered', async () => {
		const [{ msgId, newMsgId, createTime }] = jsons(await send('小明'));
		const answer = { msgId, newMsgId, createTime } as IDataObject;
		jsons(await call('message', 'revoke', { wcId: '小明', ...answer }));
		expect(arrived('/revokeMsg')).toBe(1);
	});

	it('what the model leaves out is what it stands for', async () => {
		const all = jsons(await call('contact', 'getAll', {}));
		expect(all).toHaveLength(5);
		const some = jsons(await call('contact', 'getAll', { name: '华', limit: 1 }));
		expect(some).toMatchObject([{ wcId: LIHUA }]);
		const labelled = jsons(await call('contact', 'getAll', { labels: '客户' }));
		expect(labelled).toMatchObject([{ wcId: XIAOMING }]);
	});
});

describe('Simplify', () => {
	it('is on in the tool', async () => {
		const items = jsons(await call('contact', 'get', { wcId: XIAOMING }));
		expect(Object.keys(items[0])).not.toContain('bigHead');
		expect(items[0]).toMatchObject({ userName: XIAOMING, nickName: '小明', labelList: '2' });
		expect(JSON.stringify(items).length).toBeLessThan(300);
	});

	it('keeps what is worth reading of friends, groups and members', async () => {
		expect(jsons(await call('contact', 'findByName', { name: '小明' }))).toEqual([
			{
				wcId: XIAOMING,
				name: '小明',
				nickName: '小明',
				alias: 'xiaoming',
				labels: ['客户'],
				match: 'exact',
			},
		]);
		expect(jsons(await call('group', 'findByName', { name: '项目' }))).toEqual([
			{ chatRoomId: GROUP, name: '项目群', nickName: '项目群', match: 'contains' },
		]);
		const [group] = jsons(await call('group', 'get', { chatRoomId: '项目群' }));
		expect(group).toMatchObject({ chatRoomId: GROUP, memberCount: 5 });
		expect(group).not.toHaveProperty('chatRoomMembers');
		const [member] = jsons(await call('group', 'getMembers', { chatRoomId: GROUP }));
		expect(Object.keys(member).sort()).toEqual(['nickName', 'userName']);
	});

	it('shows the text of a moment in the place of its XML', async () => {
		const items = jsons(await call('moment', 'getAll', { limit: 3 }));
		expect(items).toHaveLength(3);
		expect(items[0]).toMatchObject({ objectDesc: { xml: '第25条朋友圈' } });
		const [bare] = [...simulator.world.moments.values()].slice(-1);
		bare.xml = bare.xml.replace(bare.text, '');
		const [first] = jsons(await call('moment', 'getAll', { limit: 1 }));
		expect(first).not.toHaveProperty('objectDesc');
		const one = jsons(await call('moment', 'getAllOfContact', { wcId: '小明', limit: 1 }));
		expect(one).toMatchObject([{ userName: XIAOMING }]);
		expect(JSON.stringify(items).length).toBeLessThan(800);
	});

	it('keeps of a video what the operations on it need', async () => {
		const [{ author: userName }] = simulator.world.channelVideos.values();
		const parameters = { resource: 'channel', operation: 'getVideos', userName };
		const [video] = jsons(
			await runNode({
				credentials,
				parameters: { ...parameters, wId: simulator.defaults.wId, limit: 1, simplify: true },
			}),
		);
		expect(video).toMatchObject({
			id: expect.stringMatching(/^\d{19,}$/),
			userName: expect.any(String),
			objectNonceId: expect.any(String),
			sessionBuffer: expect.any(String),
			videoDetails: { desc: expect.any(String) },
		});
		expect(video).not.toHaveProperty('finderUser');
	});

	it('is off in the plain node, and on where the user wants it', async () => {
		const parameters = {
			resource: 'contact',
			operation: 'get',
			wId: simulator.defaults.wId,
			wcId: [XIAOMING],
		};
		const run = async (more: IDataObject) =>
			jsons(
				await runNode({ credentials, typeVersion: 1.1, parameters: { ...parameters, ...more } }),
			)[0];
		expect(await run({})).toHaveProperty('bigHead');
		expect(await run({ simplify: true })).not.toHaveProperty('bigHead');
	});

	it('leaves the answer alone where the user wants it as it is', async () => {
		const options = { fullResponse: true };
		const [item] = jsons(await call('contact', 'get', { wcId: XIAOMING }, { options }));
		expect(item).toMatchObject({ code: '1000', data: [{ bigHead: expect.any(String) }] });
	});
});
