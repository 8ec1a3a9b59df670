/** The examples about friends: new ones, those with a label, and all of them in a table. */
import assert from 'node:assert/strict';
import type { Checks } from '../../frame/checks.cts';
import { alone, type Bench, chosen, failureOf, Imported } from './imported.cts';

export async function friendExamples(checks: Checks, bench: Bench): Promise<void> {
	const { client, simulator } = bench.stack;
	const { control, defaults, world } = simulator;
	const { wcId, friends } = defaults;
	const hosted = world.hosted.get(wcId);
	assert.ok(hosted);
	const labelsOf = (id: string) =>
		[...(hosted.friends.get(id)?.labels ?? [])].map((label) => hosted.labels.get(label));

	await alone(checks, bench, 'examples/new-friends.json', async () => {
		const greeting = await Imported.create(bench, 'new-friends');
		await greeting.activate();
		const request = await control.friendRequest({ nickName: '新朋友' });
		// Not for it: the same request once more, and a message.
		await control.repeat({ times: 2 });
		await control.say({ from: friends[0], text: 'hello' });
		await greeting.succeeded(1);
		assert.deepEqual(bench.sent(), [
			{
				path: '/sendText',
				to: request.wcId,
				content: 'Hello 新朋友, nice to meet you! How can we help?',
			},
		]);
		assert.deepEqual(labelsOf(request.wcId), ['New customer']);
		assert.equal(control.requests('/acceptUser').length, 1);
		await greeting.deactivate();
	});

	await alone(checks, bench, 'examples/send-by-label.json', async () => {
		const START = 'Start';
		const account = { wId: chosen(wcId) };
		const words = { text: 'Dear {name}, we are open again.', pauseFrom: 1, pauseTo: 1 };
		const noText = await Imported.create(bench, 'send-by-label', {
			'Friends With the Label': { ...account, 'filters.labels': ['客户'] },
		});
		assert.match(failureOf(await noText.run(START)), /There is no text yet/);
		const noLabel = await Imported.create(bench, 'send-by-label', {
			Message: words,
			'Friends With the Label': account,
		});
		assert.match(failureOf(await noLabel.run(START)), /Enter your label/);
		assert.deepEqual(bench.sent(), []);

		const label = [...hosted.labels].find(([, name]) => name === '客户')?.[0] ?? 0;
		for (const id of friends.slice(0, 3)) hosted.friends.get(id)?.labels.add(label);
		const sending = await Imported.create(bench, 'send-by-label', {
			Message: words,
			'Friends With the Label': { ...account, 'filters.labels': ['客户'] },
		});
		// The second message is sent, and the answer is lost.
		control.fault({ kind: 'resetAfter', path: '/sendText', to: friends[1], times: 1 });
		assert.equal((await sending.run(START)).status, 'error');
		await sending.runs(START);
		await sending.runs(START);
		const names = ['小明', '李华', '王芳'];
		assert.deepEqual(
			bench.sent().map(({ to, content }) => [to, content]),
			names.map((name, n) => [friends[n], `Dear ${name}, we are open again.`]),
		);
		const rows = await client.tableRows('WeChat mass sends');
		assert.deepEqual(
			rows.map(({ name, state }) => [name, state]),
			names.map((name, n) => [name, n === 1 ? 'sending' : 'sent']),
		);
	});

	await alone(checks, bench, 'examples/contact-sync.json', async () => {
		const AT = 'At 3:00';
		const unset = await Imported.create(bench, 'contact-sync');
		await unset.runLacks(AT, /'Get Friends'.*"WeChat Account" is required/s);
		const sync = await Imported.create(bench, 'contact-sync', {
			'Get Friends': { wId: chosen(wcId) },
		});
		await sync.runs(AT);
		const first = await client.tableRows('WeChat contacts');
		const known = first.find((row) => row.wcId === friends[0]);
		assert.deepEqual([known?.name, known?.labels, known?.account], ['小明', '客户', wcId]);
		assert.ok(known?.lastSeen);
		const friend = hosted.friends.get(friends[0]);
		assert.ok(friend);
		friend.remark = '明哥';
		await sync.runs(AT);
		const second = await client.tableRows('WeChat contacts');
		assert.equal(second.length, first.length);
		assert.equal(second.find((row) => row.wcId === friends[0])?.name, '明哥');
		friend.remark = '';
	});
}
