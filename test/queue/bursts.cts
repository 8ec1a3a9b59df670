/** Customers write in bursts, with Merge Messages: one execution for each burst, whatever dies meanwhile. */
import assert from 'node:assert/strict';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Deployment, ProcessName } from './deployment.cts';
import type { Scenario } from './scenarios.cts';
import { callback, insteadOfTheUsual, moment, Shop, type Started } from './shop.cts';
import { type Message, Traffic } from './traffic.cts';

const SILENCE_MS = 2_000;

/** Between two messages of a burst. */
const PACE_MS = 400;

const CUSTOMERS = 12;

const PARAMETERS = {
	options: {
		downloadMedia: true,
		merge: { values: { silence: SILENCE_MS / 1_000, longest: 30 } },
		watchdogMinutes: 1,
	},
};

/** What one customer writes without a pause, in order: a picture and what is said about it. */
type BurstOfMessages = Message[];

function burstOf(deployment: Deployment, customer: string, round: number): BurstOfMessages {
	return [
		callback(deployment, { from: customer, code: '60002' }),
		callback(deployment, { from: customer, text: `${round}: what does this cost?` }),
		callback(deployment, { from: customer, text: `${round}: and that?` }),
	];
}

/** Pushes until somebody answers with 200, as often as the vendor would have to. */
async function pushed(traffic: Traffic, message: Message): Promise<void> {
	for (let attempt = 1; !(await traffic.push(message)); attempt++) {
		assert.ok(attempt < 60, `${message.id} is never answered`);
		await moment(1_000);
	}
}

interface Tally {
	bursts: number;
	messages: number;
	executions: number;
	/** Messages that reached no execution. */
	lost: number;
	/** Messages that reached more than one. */
	twice: number;
	/** Bursts whose messages stand in another order than they were written in. */
	outOfOrder: number;
	/** Bursts that came in more than one execution. */
	split: number;
	/** Bursts without their picture. */
	withoutFile: number;
}

function tallied(bursts: BurstOfMessages[], started: Started[]): Tally {
	const ids = started.flatMap((one) => one.ids);
	const times = (id: string) => ids.filter((seen) => seen === id).length;
	const of = (burst: BurstOfMessages) =>
		started.filter((one) => burst.some(({ id }) => one.ids.includes(id)));
	const messages = bursts.flat();
	return {
		bursts: bursts.length,
		messages: messages.length,
		executions: started.length,
		lost: messages.filter(({ id }) => times(id) === 0).length,
		twice: messages.filter(({ id }) => times(id) > 1).length,
		outOfOrder: bursts.filter((burst) => {
			const written = burst.map(({ id }) => id);
			const order = of(burst).flatMap((one) => one.ids.map((id) => written.indexOf(id)));
			return order.some((place, n) => n > 0 && place < order[n - 1]);
		}).length,
		split: bursts.filter((burst) => of(burst).length > 1).length,
		withoutFile: bursts.filter((burst) => of(burst).every(({ files }) => files.length === 0))
			.length,
	};
}

function report(what: string, tally: Tally, more: object = {}): void {
	const all = Object.entries({ ...tally, ...more }).map(([name, value]) => `${name}: ${value}`);
	console.log(`      ${what}: ${all.join(', ')}`);
}

export const together: Scenario = async (checks, deployment) => {
	const goBack = await insteadOfTheUsual(deployment);
	await deployment.balance('path');
	const shop = await Shop.create(deployment, 'bursts', PARAMETERS);
	const pushes = deployment.simulator.control.pushes().length;
	await shop.activate();
	await deployment.registered(pushes);

	const sinceLast = () => {
		const before = shop.started.length;
		return async (quietMs?: number) => (await shop.settled(quietMs)).slice(before);
	};
	/** Which webhook process the hash rule chooses. */
	const serving = (): ProcessName => {
		const port = deployment.nginx.takePassages().at(-1)?.upstream.split(':').at(-1);
		return port === String(deployment.process('webhook-1').port) ? 'webhook-1' : 'webhook-2';
	};

	await checks.run('two customers in bursts, each push repeated: one execution each', async () => {
		const traffic = await Traffic.begin(deployment);
		const news = sinceLast();
		const bursts: BurstOfMessages[] = [];
		const repeats: Array<Promise<unknown>> = [];
		for (let round = 0; round < 5; round++) {
			const both = ['wxid_anna', 'wxid_ben'].map((who) => burstOf(deployment, who, round));
			bursts.push(...both);
			for (let n = 0; n < both[0].length; n++) {
				await Promise.all(both.map(async (burst) => await pushed(traffic, burst[n])));
				// Inside the burst, and once more behind it.
				for (const apart of [1_000, SILENCE_MS + 3_000]) {
					const again = async () => {
						await moment(apart);
						for (const burst of both) await traffic.push(burst[n]);
					};
					repeats.push(again());
				}
				await moment(PACE_MS);
			}
			await moment(SILENCE_MS + 500);
		}
		await Promise.all(repeats);
		const tally = tallied(bursts, await news());
		report('bursts', tally);
		assert.deepEqual(tally, {
			...{ bursts: 10, messages: 30, executions: 10 },
			...{ lost: 0, twice: 0, outOfOrder: 0, split: 0, withoutFile: 0 },
		});
	});

	await checks.run('a webhook process killed in the middle of bursts', async () => {
		const traffic = await Traffic.begin(deployment);
		const news = sinceLast();
		const bursts: BurstOfMessages[] = [];
		let isOver = false;
		const write = async (customer: string, delayMs: number) => {
			await moment(delayMs);
			for (let round = 0; !isOver; round++) {
				const burst = burstOf(deployment, customer, round);
				bursts.push(burst);
				for (const message of burst) {
					await pushed(traffic, message);
					await moment(PACE_MS);
				}
				await moment(SILENCE_MS + 4_000);
			}
		};
		// Each of them is at another place of a burst at any time.
		const writing = Array.from({ length: CUSTOMERS }, async (_, n) => {
			await write(`wxid_customer_${n}`, n * 150);
		});
		await moment(1_600);
		for (let killed = 0; killed < 2; killed++) {
			deployment.nginx.takePassages();
			await waitFor(() => deployment.nginx.takePassages().length > 0 || undefined, {
				what: 'a callback',
				timeoutMs: 10_000,
			});
			await traffic.push(callback(deployment, { from: 'wxid_bystander', text: 'I am here' }));
			const name = serving();
			await deployment.process(name).kill();
			await moment(1_500);
			await deployment.startProcess(name);
			await moment(4_000);
		}
		isOver = true;
		await Promise.all(writing);
		const started = (await news(8_000)).filter(({ words }) => words !== 'I am here');
		const tally = tallied(bursts, started);
		report('webhook process killed twice', tally);
		assert.deepEqual(
			{ lost: tally.lost, twice: tally.twice, outOfOrder: tally.outOfOrder },
			{ lost: 0, twice: 0, outOfOrder: 0 },
		);
		assert.equal(tally.withoutFile, 0);
		// Only where nobody took the next message for longer than the silence.
		assert.ok(tally.split <= CUSTOMERS, `${tally.split} bursts were split`);
	});

	await checks.run('killed, and nobody writes any more: the watchdog brings it back', async () => {
		const traffic = await Traffic.begin(deployment);
		const news = sinceLast();
		const burst = burstOf(deployment, 'wxid_last', 0);
		deployment.nginx.takePassages();
		for (const message of burst) await pushed(traffic, message);
		const name = serving();
		const before = shop.started.length;
		await deployment.process(name).kill();
		const begin = Date.now();
		await deployment.startProcess(name);
		await waitFor(() => shop.started.length > before || undefined, {
			what: 'the burst that was left behind',
			timeoutMs: 100_000,
		});
		const seconds = Math.round((Date.now() - begin) / 1_000);
		const tally = tallied([burst], await news());
		report('left behind', tally, { 'seconds until it started': seconds });
		assert.deepEqual(
			{ ...tally },
			{
				...{ bursts: 1, messages: 3, executions: 1 },
				...{ lost: 0, twice: 0, outOfOrder: 0, split: 0, withoutFile: 0 },
			},
		);
	});

	await checks.run('deactivated in the middle of a burst: what waits starts', async () => {
		const traffic = await Traffic.begin(deployment);
		const news = sinceLast();
		const burst = burstOf(deployment, 'wxid_late', 0);
		for (const message of burst) await pushed(traffic, message);
		await shop.deactivate();
		const tally = tallied([burst], await news());
		report('deactivated', tally);
		assert.deepEqual([tally.lost, tally.twice, tally.executions], [0, 0, 1]);
	});
	await goBack();
};
