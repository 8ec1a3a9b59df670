/** A person takes over, and several events at once, where webhooks have processes of their own. */
import assert from 'node:assert/strict';
import type { ProcessName } from './deployment.cts';
import type { Scenario } from './scenarios.cts';
import { callback, insteadOfTheUsual, moment, type Said, Shop } from './shop.cts';
import { inParallel, Traffic } from './traffic.cts';

const WEBHOOKS: ProcessName[] = ['webhook-1', 'webhook-2'];

export const ownerWrites: Scenario = async (checks, deployment) => {
	const goBack = await insteadOfTheUsual(deployment);
	const shop = await Shop.create(deployment, 'owner', {
		options: {
			severalEvents: true,
			takeover: { values: { minutes: 30, resumeWords: 'back to you' } },
		},
	});
	const pushes = deployment.simulator.control.pushes().length;
	await shop.activate();
	await deployment.registered(pushes);
	const { wcId } = deployment.simulator.defaults;
	const url = new URL(deployment.callbackUrl);

	/** Pushes to one of the processes, past nginx. */
	const push = async (to: ProcessName, said: Said) => {
		const traffic = await Traffic.begin(deployment);
		const address = `${deployment.process(to).url}${url.pathname}${url.search}`;
		assert.equal(await traffic.post(address, callback(deployment, said).body), 200);
	};
	const heard = async () => (await shop.settled()).map(({ words }) => words).sort();

	await checks.run('the owner writes: the chat is paused in all processes', async () => {
		await push('webhook-1', { from: wcId, to: 'wxid_anna', text: 'I take over' });
		for (const name of WEBHOOKS) {
			await push(name, { from: 'wxid_anna', text: `hello ${name}` });
			await push(name, { from: 'wxid_ben', text: `ben at ${name}` });
		}
		assert.deepEqual(await heard(), ['ben at webhook-1', 'ben at webhook-2']);
	});

	await checks.run('the pause outlives the processes, and other chats keep theirs', async () => {
		for (const name of WEBHOOKS) {
			await deployment.process(name).kill();
			await deployment.startProcess(name);
		}
		// A process that knows nothing yet pauses one more chat.
		await push('webhook-2', { from: wcId, to: 'wxid_carl', text: 'one moment' });
		for (const name of WEBHOOKS) {
			for (const from of ['wxid_anna', 'wxid_carl']) {
				await push(name, { from, text: `${from} again at ${name}` });
			}
		}
		assert.equal((await heard()).length, 2);
	});

	await checks.run('a word resumes the chat in all processes', async () => {
		// Times of messages are in seconds.
		await moment(1_100);
		await push('webhook-2', { from: wcId, to: 'wxid_anna', text: 'Back to you!' });
		for (const name of WEBHOOKS) {
			await push(name, { from: 'wxid_anna', text: `anna at ${name}` });
			await push(name, { from: 'wxid_carl', text: `carl at ${name}` });
		}
		assert.deepEqual(await heard(), [
			'anna at webhook-1',
			'anna at webhook-2',
			'ben at webhook-1',
			'ben at webhook-2',
		]);
	});

	await checks.run('several events per execution: each once', async () => {
		await deployment.balance('path');
		const traffic = await Traffic.begin(deployment);
		const before = shop.started.length;
		const all = Array.from({ length: 200 }, (_, n) =>
			callback(deployment, { from: `wxid_${n}`, text: `number ${n}` }),
		);
		await inParallel(all, 40, async (message) => assert.ok(await traffic.push(message)));
		const ids = (await shop.settled()).slice(before).flatMap((one) => one.ids);
		assert.deepEqual([...ids].sort(), all.map(({ id }) => id).sort());
	});
	await shop.deactivate();
	await goBack();
};
