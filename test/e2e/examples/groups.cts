/** The examples that pass messages on among groups, welcome members, and sum up a day. */
import assert from 'node:assert/strict';
import type { Checks } from '../../frame/checks.cts';
import { alone, type Bench, chosen, Imported } from './imported.cts';

const TRIGGER = 'Eyun WeChat Trigger';
const OTHER_GROUP = '23282491030@chatroom';

export async function groupExamples(checks: Checks, bench: Bench): Promise<void> {
	const { client, simulator } = bench.stack;
	const { control, defaults } = simulator;
	const { wcId, friend, friends, group } = defaults;
	const [, other] = friends;
	const inGroup = { [TRIGGER]: { 'options.groups': [group] } };
	const say = async (text: string, where = group, from = friend) =>
		assert.ok((await control.say({ from, text, group: where })).delivered, `"${text}"`);

	await alone(checks, bench, 'examples/group-welcome.json', async () => {
		const unset = await Imported.create(bench, 'group-welcome');
		assert.match(await unset.refusal(), /Groups has an entry that is not the ID of a group/);
		const welcome = await Imported.create(bench, 'group-welcome', inGroup);
		await welcome.activate();
		const members = [friends[2], friends[3]];
		await control.notice({ messageType: '85008', group, members });
		await control.repeat();
		// Not for it: another group, and a member who leaves.
		await control.notice({ messageType: '85008', group: OTHER_GROUP, members: [friends[3]] });
		await control.notice({ messageType: '85015', group, by: 'wxid_shy0000000001' });
		await welcome.succeeded(1);
		const words = 'Please read the group notice first, and ask us anything.';
		assert.deepEqual(bench.sent(), [
			{ path: '/sendText', to: group, content: `Welcome @王芳\u2005@阿志超\u2005! ${words}` },
		]);
		assert.deepEqual(control.messages().at(-1)?.at, members);
		// A client whose notice is plain text says names only.
		const content = `"${'小明'}"邀请"${'新朋友'}"加入了群聊`;
		await control.push({
			messageType: '85008',
			data: { fromGroup: group, fromUser: group, toUser: wcId, content, msgType: 10000 },
		});
		await welcome.succeeded(2);
		assert.deepEqual(bench.sent(), [
			{ path: '/sendText', to: group, content: `Welcome 新朋友! ${words}` },
		]);
		await welcome.deactivate();
	});

	await alone(checks, bench, 'examples/keyword-to-groups.json', async () => {
		const filled = { ...inGroup, 'Pass On': { wcId: chosen(OTHER_GROUP) } };
		const passing = await Imported.create(bench, 'keyword-to-groups', filled);
		await passing.activate();
		const media = { fromGroup: group, fromUser: friend, toUser: wcId };
		await say('#Share fresh bread');
		await control.push({ messageType: '80002', data: media });
		await control.push({ messageType: '80009', data: media });
		// Not for it: no word in it, the word in another group, or from the account itself.
		await say('good morning', group, other);
		await say('#share this', OTHER_GROUP);
		await say('#share mine', group, wcId);
		await passing.succeeded(2);
		assert.deepEqual(
			bench.sent().map(({ path, to }) => [path, to]),
			['/sendText', '/sendRecvImage', '/sendRecvFile'].map((path) => [path, OTHER_GROUP]),
		);
		assert.equal(control.messages().at(-3)?.content, '#Share fresh bread');
		await passing.deactivate();

		const unset = await Imported.create(bench, 'keyword-to-groups', inGroup);
		await unset.lacks(/Pass On.*required parameters: wcId/s);
	});

	await alone(checks, bench, 'examples/group-to-group.json', async () => {
		const filled = { ...inGroup, Forward: { wcId: chosen(OTHER_GROUP) } };
		const joined = await Imported.create(bench, 'group-to-group', filled);
		await joined.activate();
		await say('hello over there');
		await control.repeat();
		await joined.succeeded(1);
		const media = { fromGroup: group, fromUser: other, toUser: wcId };
		await control.push({ messageType: '80003', data: media });
		await joined.succeeded(2);
		// Not for it: the other group, the account itself, a red packet.
		await say('hello back', OTHER_GROUP);
		await say('from the phone', group, wcId);
		await control.push({ messageType: '80016', data: media });
		await joined.succeeded(2);
		const [first, second, ...more] = bench.sent();
		assert.deepEqual(first, {
			path: '/sendText',
			to: OTHER_GROUP,
			content: '小明: hello over there',
		});
		assert.deepEqual([second.path, second.to, more], ['/sendRecvVideo', OTHER_GROUP, []]);
		// The other way round, too: nothing goes in circles.
		const back = await Imported.create(bench, 'group-to-group', {
			[TRIGGER]: { 'options.groups': [OTHER_GROUP] },
			Forward: { wcId: chosen(group) },
		});
		await back.activate();
		await say('hello once more');
		await joined.succeeded(3);
		await say('and back', OTHER_GROUP);
		await back.succeeded(1);
		assert.deepEqual(
			bench.sent().sort((a, b) => a.content.localeCompare(b.content)),
			[
				{ path: '/sendText', to: group, content: '小明: and back' },
				{ path: '/sendText', to: OTHER_GROUP, content: '小明: hello once more' },
			],
		);
		await Imported.clear(bench);
		const unset = await Imported.create(bench, 'group-to-group', inGroup);
		await unset.lacks(/Forward.*required parameters: wcId/s);
	});

	await alone(checks, bench, 'examples/group-summary.json', async () => {
		const summary = await Imported.create(bench, 'group-summary', inGroup);
		await summary.activate();
		// A day on which nobody wrote.
		await summary.runs('At 22:00');
		assert.deepEqual(bench.sent(), []);
		await say('shall we meet?');
		await say('at six', group, other);
		await say('not for the summary', OTHER_GROUP);
		await summary.succeeded(3);
		await summary.runs('At 22:00');
		assert.deepEqual(bench.sent(), [
			{
				path: '/sendText',
				to: group,
				content: 'Today in this group:\nA1: 小明: shall we meet?\n李华: at six',
			},
		]);
		const rows = await client.tableRows('WeChat group messages');
		assert.deepEqual(
			rows.map(({ sender, text, account }) => [sender, text, account]),
			[
				['小明', 'shall we meet?', wcId],
				['李华', 'at six', wcId],
			],
		);
		await summary.deactivate();
	});
}
