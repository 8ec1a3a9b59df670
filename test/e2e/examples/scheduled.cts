/** The examples that a clock starts: news for groups, and Moments of friends. */
import assert from 'node:assert/strict';
import type { Checks } from '../../frame/checks.cts';
import { alone, type Bench, chosen, failureOf, Imported } from './imported.cts';
import type { StandIns } from './standIns.cts';

export async function scheduledExamples(
	checks: Checks,
	bench: Bench,
	{ feed, emptyFeed }: StandIns,
): Promise<void> {
	const { control, defaults, world } = bench.stack.simulator;
	const { wcId, group } = defaults;
	const account = { wId: chosen(wcId) };

	await alone(checks, bench, 'examples/morning-news.json', async () => {
		const AT = 'At 8:00';
		const groups = ' 项目群 \n朋友群\n';
		const unset = await Imported.create(bench, 'morning-news', { 'Find Group': account });
		assert.match(failureOf(await unset.run(AT)), /The feed or the groups are empty/);
		const misspelt = await Imported.create(bench, 'morning-news', {
			Settings: { feed, groups: '项目群\n没有这个群' },
			'Find Group': account,
		});
		assert.match(failureOf(await misspelt.run(AT)), /没有这个群/);
		const quiet = await Imported.create(bench, 'morning-news', {
			Settings: { feed: emptyFeed, groups },
			'Find Group': account,
		});
		await quiet.runs(AT);
		assert.deepEqual(bench.sent(), []);

		const news = await Imported.create(bench, 'morning-news', {
			Settings: { feed, groups },
			'Find Group': account,
		});
		await news.activate();
		await news.runs(AT);
		const [first, second, ...more] = bench.sent();
		assert.deepEqual([first.to, second.to, more], [group, '23282491030@chatroom', []]);
		assert.equal(first.content, second.content);
		assert.match(
			first.content,
			/^Good morning! The news of \d+ \w+:\n\n1\. One & more\nhttp:\/\/news\.example\/One\n\n2\. .*5\. Five & more\nhttp:\/\/news\.example\/Five$/s,
		);
		await news.deactivate();
	});

	await alone(checks, bench, 'examples/follow-moments.json', async () => {
		const AT = 'Every Half Hour';
		const unset = await Imported.create(bench, 'follow-moments', { 'Get Moments': account });
		await unset.runLacks(AT, /'Tell Me'.*"Chat" is required/s);
		const liked = () =>
			[...world.moments.values()]
				.filter(({ likes }) => likes.some((like) => like.wcId === wcId))
				.map(({ text }) => text);
		assert.deepEqual([bench.sent(), liked()], [[], []]);

		// Two of today beside one of the account itself, and one of the day before yesterday.
		const all = [...world.moments.values()];
		const now = Math.floor(Date.now() / 1_000);
		for (const moment of all) moment.createTime = now - 3 * 86_400;
		const ofFriends = all.filter(({ author }) => author !== wcId).slice(-2);
		for (const moment of ofFriends) moment.createTime = now - 3_600;
		const [bare] = ofFriends;
		bare.xml = bare.xml.replace(bare.text, '');
		bare.text = '';
		for (const moment of all.filter(({ author }) => author === wcId)) moment.createTime = now;
		const follow = await Imported.create(bench, 'follow-moments', {
			'Get Moments': account,
			'Tell Me': { wcId: chosen('filehelper') },
		});
		await follow.runs(AT);
		const lines = ofFriends.map(
			({ author, text }) =>
				`${world.people.get(author)?.nickName}: ${text || '[Picture or video]'}`,
		);
		const [list, ...more] = bench.sent();
		assert.deepEqual([list.to, more], ['filehelper', []]);
		const [head, ...told] = list.content.split('\n');
		assert.deepEqual([head, told.sort()], ['New Moments:', lines.sort()]);
		assert.deepEqual(liked().sort(), ofFriends.map(({ text }) => text).sort());
		const likes = control.requests('/snsPraise').length;
		await follow.runs(AT);
		assert.deepEqual([bench.sent(), control.requests('/snsPraise').length], [[], likes]);
	});
}
