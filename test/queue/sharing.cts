/** Three workflows and another system on one account: each event once for each, whoever comes or goes. */
import assert from 'node:assert/strict';
import { waitFor } from '../../scripts/lib/wait.cts';
import { otherSystem } from '../e2e/triggering.cts';
import type { ProcessName } from './deployment.cts';
import { startDownstream } from './downstream.cts';
import type { Scenario } from './scenarios.cts';
import { insteadOfTheUsual, moment, Shop } from './shop.cts';

const EACH = 'each, each, each, each';

/** nginx asks a process again that was down. */
const NGINX_TRIES_AGAIN_MS = 11_000;

/** n8n activates one workflow after another. */
const ALL_ACTIVE_MS = 5_000;

export const shared: Scenario = async (checks, deployment) => {
	const { simulator } = deployment;
	const { control, defaults, world } = simulator;
	const goBack = await insteadOfTheUsual(deployment);
	const startAgain = async (name: ProcessName) => {
		await deployment.process(name).kill();
		return async () => await deployment.startProcess(name);
	};
	await deployment.balance('path');
	const account = world.accounts.get(defaults.account);
	assert.ok(account);
	const foreign = await otherSystem();
	account.callback = { url: foreign.address, type: 2 };
	account.pausedUntilMs = 0;
	const downstream = await startDownstream();
	const shops: Shop[] = [];
	for (const name of ['first', 'second', 'third']) {
		const parameters = { onConflict: 'share', options: { watchdogMinutes: 1 } };
		shops.push(await Shop.create(deployment, name, parameters, downstream));
	}
	const [first, second, third] = shops;

	let said = 0;
	/** Says three things, and tells who has heard how many of them, each once. */
	const heard = async (): Promise<string> => {
		const texts = Array.from({ length: 3 }, () => `word ${++said}`);
		const bodies = foreign.bodies.length;
		for (const text of texts) {
			account.pausedUntilMs = 0;
			assert.ok((await control.say({ from: defaults.friend, text })).delivered, text);
		}
		await third.settled();
		const times = (words: string[]) => {
			const counts = texts.map((text) => words.filter((word) => word === text).length);
			return counts.every((count) => count === 1) ? 'each' : counts.join('+');
		};
		const elsewhere = foreign.bodies
			.slice(bodies)
			.map((body) => /"content":"(word \d+)"/.exec(body)?.[1] ?? '');
		return [
			...shops.map((shop) => times(shop.started.map(({ words }) => words))),
			times(elsewhere),
		].join(', ');
	};
	const serving = (): ProcessName => {
		const port = deployment.nginx.takePassages().at(-1)?.upstream.split(':').at(-1);
		return port === String(deployment.process('webhook-1').port) ? 'webhook-1' : 'webhook-2';
	};

	await checks.run('three workflows and another system: each event once for each', async () => {
		for (const shop of shops) await shop.activate();
		assert.equal(await heard(), EACH);
	});
	await checks.run('the middle one deactivated: the others go on', async () => {
		await second.deactivate();
		assert.equal(await heard(), 'each, 0+0+0, each, each');
	});
	await checks.run('the newest deactivated, and activated again', async () => {
		await second.activate();
		assert.equal(await heard(), EACH);
		await second.deactivate();
		assert.equal(await heard(), 'each, 0+0+0, each, each');
		await second.activate();
	});
	await checks.run('the oldest deactivated: the other system still hears', async () => {
		await first.deactivate();
		assert.equal(await heard(), '0+0+0, each, each, each');
		await first.activate();
		assert.equal(await heard(), EACH);
	});
	await checks.run('a webhook process killed and started again', async () => {
		const start = await startAgain(serving());
		// Whoever is asked meanwhile is the other one.
		const meanwhile = await heard();
		await start();
		await moment(NGINX_TRIES_AGAIN_MS);
		assert.deepEqual([meanwhile, await heard()], [EACH, EACH]);
	});
	await checks.run('main killed and started again', async () => {
		const pushes = control.pushes().length;
		const start = await startAgain('main');
		const meanwhile = await heard();
		await start();
		await deployment.registered(pushes);
		for (const shop of shops) await deployment.client.published(shop.workflow.id);
		await moment(ALL_ACTIVE_MS);
		assert.deepEqual([meanwhile, await heard()], [EACH, EACH]);
	});
	await checks.run('all deactivated: the other system has its address again', async () => {
		for (const shop of shops) await shop.deactivate();
		await waitFor(() => account.callback?.url === foreign.address || undefined, {
			what: 'the address of the other system',
			timeoutMs: 10_000,
		});
	});
	await foreign.stop();
	account.callback = null;
	await goBack();
};
