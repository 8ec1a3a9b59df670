/** What may happen to callbacks in queue mode, and what must come of it. */
import assert from 'node:assert/strict';
import type { Checks } from '../frame/checks.cts';
import { CONCURRENCY, type Deployment, type ProcessName } from './deployment.cts';
import { after, type Counts, inParallel, intruders, type Message, Traffic } from './traffic.cts';

export type Scenario = (checks: Checks, deployment: Deployment) => Promise<void>;

/** Messages of earlier scenarios that were answered 200, for those that come after a restart. */
const earlier: Message[] = [];

/** Prints one line. */
function report(name: string, counts: Counts, more: Record<string, unknown> = {}): void {
	const { pushed, answered200, refused, executed, repeated, apartMs, lost, executions } = counts;
	const all = {
		pushed,
		'answered 200': answered200,
		refused,
		executed,
		repeated: apartMs.length === 0 ? repeated : `${repeated} (${apartMs.join(', ')} ms apart)`,
		lost,
		'executions in the database': executions,
		...more,
	};
	console.log(`      ${name}: ${listed(all)}`);
}

function listed(values: object): string {
	const all = Object.entries(values).map(
		([key, value]) => `${key}: ${typeof value === 'object' ? `(${listed(value)})` : value}`,
	);
	return all.join(', ') || 'none';
}

/** The times between a push and its repeat, and what each is called. */
const APART = { 'at once': 0, '0.3 s apart': 300, '1 s apart': 1000 };

/** Bursts of 50, a fifth of them repeats, with malformed and forged requests among them. */
export const onePath: Scenario = async (checks, deployment) => {
	await checks.run('2,000 callbacks, each trigger on one process', async () => {
		await deployment.balance('path');
		const traffic = await Traffic.begin(deployment);
		const statuses: Record<string, number> = {};
		const note = async (request: () => Promise<number>) => {
			const status = await request();
			statuses[status] = (statuses[status] ?? 0) + 1;
		};
		const later: Array<Promise<unknown>> = [];
		for (let burst = 0; burst < 40; burst++) {
			const messages = traffic.fresh(40);
			const { malformed, forged } = intruders(traffic, traffic.fresh(1)[0]);
			const repeats = messages.slice(0, 10).map(async (message, n) => {
				const apart = Object.values(APART)[n % 3];
				await after(apart + (apart === 1000 ? 100 * n : 0));
				await traffic.push(message);
			});
			later.push(...repeats);
			await Promise.all([
				...messages.map(async (message) => await traffic.push(message)),
				...[...malformed, ...forged].map(note),
			]);
		}
		await Promise.all(later);
		const counts = await traffic.settled();
		const processes = new Set(deployment.nginx.takePassages().map(({ upstream }) => upstream));
		report('one path', counts, { 'malformed or forged': statuses });
		earlier.push(...traffic.acceptedMessages);
		assert.deepEqual(statuses, { 400: 120, 401: 80, 422: 40 });
		assert.equal(counts.pushed, 2000);
		assert.equal(counts.answered200, 2000);
		assert.equal(counts.executed, 1600);
		assert.equal(counts.repeated, 0);
		assert.equal(counts.lost, 0);
		assert.deepEqual(counts.executions, { success: 1600 });
		assert.equal(processes.size, 1, 'callbacks reached more than one process');
	});
};

/** Without the rule: which repeats reach another process is seen in nginx's log. */
export const inTurns: Scenario = async (checks, deployment) => {
	await checks.run('duplicates on another process, 1 s and more apart', async () => {
		await deployment.balance('turns');
		// Few at once, then silence: what was overwritten is healed by no later message.
		const passed = [
			...(await letThrough(deployment, { apart: '1 s apart', bursts: 25, burst: 4 })),
			...(await letThrough(deployment, { apart: '1 s apart', bursts: 20, burst: 15 })),
		].filter((apartMs) => apartMs >= QUEUED_TOGETHER_MS);
		assert.ok(passed.length < 4, `${passed.length} of 400 were let through`);
	});

	await checks.run('duplicates on another process, sooner: none lost', async () => {
		const bursts = { bursts: 5, burst: 20 };
		// How many of these are let through is the machine's luck.
		await letThrough(deployment, { apart: '0.3 s apart', ...bursts });
		await letThrough(deployment, { apart: 'at once', ...bursts });
	});
};

/**
 * A repeat that was pushed a second later but executed so soon after the first: the workers lagged
 * behind on a busy machine, and it was no repeat of a second later for them.
 */
const QUEUED_TOGETHER_MS = 500;

interface Bursts {
	apart: keyof typeof APART;
	bursts: number;
	/** Messages at once. */
	burst: number;
}

/**
 * Pushes messages in bursts, and each again twice in a row, so that one push reaches the other
 * process. Gives back, for messages that were executed more than once, how many milliseconds apart.
 * Throws when one is lost.
 */
async function letThrough(
	deployment: Deployment,
	{ apart, bursts, burst }: Bursts,
): Promise<number[]> {
	const traffic = await Traffic.begin(deployment);
	deployment.nginx.takePassages();
	for (let done = 0; done < bursts; done++) {
		await Promise.all(
			traffic.fresh(burst).map(async (message) => {
				const first = traffic.push(message);
				// "1 s" counts from the answer, so that it is one second at least.
				if (apart === '1 s apart') await first;
				await after(APART[apart]);
				await Promise.all([first, traffic.push(message), traffic.push(message)]);
			}),
		);
	}
	const counts = await traffic.settled();
	const upstreams = new Map<string, Set<string>>();
	for (const { push, upstream } of deployment.nginx.takePassages()) {
		upstreams.set(push, (upstreams.get(push) ?? new Set()).add(upstream));
	}
	const reached = [...upstreams.values()].filter(({ size }) => size > 1).length;
	report(`${bursts} bursts of ${burst}, ${apart}`, counts, { 'on another process': reached });
	earlier.push(...traffic.acceptedMessages);
	const sent = bursts * burst;
	assert.ok(reached > sent / 2, `only ${reached} repeats reached another process`);
	assert.equal(counts.lost, 0);
	assert.equal(counts.executed, sent);
	return counts.apartMs;
}

/** A worker dies in the middle of its executions. */
export const workerKilled: Scenario = async (checks, deployment) => {
	await checks.run('a worker killed with -9 in the middle of traffic', async () => {
		await deployment.balance('path');
		const traffic = await Traffic.begin(deployment);
		deployment.downstream.takesMs = 150;
		let answered = 0;
		let back: Promise<void> | undefined;
		await inParallel(traffic.fresh(400), 20, async (message) => {
			await traffic.push(message);
			if (++answered === 150) {
				await deployment.process('worker-1').kill();
				back = deployment.startProcess('worker-1');
			}
		});
		await back;
		deployment.downstream.takesMs = 0;
		const counts = await traffic.settled();
		const { success = 0, ...unfinished } = counts.executions;
		const cutOff = Object.values(unfinished).reduce((sum, n) => sum + n, 0);
		report('worker killed', counts, { 'executions cut off': cutOff });
		earlier.push(...traffic.acceptedMessages);
		assert.equal(counts.answered200, 400);
		assert.equal(success + cutOff, 400);
		assert.equal(counts.repeated, 0);
		// n8n gives what a dead worker had under way to no other: see docs/queue-mode.md.
		assert.ok(counts.lost <= cutOff, `${counts.lost - cutOff} lost without a failed execution`);
		assert.ok(cutOff <= CONCURRENCY, `${cutOff} executions cut off`);
	});
};

/** What the vendor did not get an answer to, it pushes again a second later. */
async function pushUntilAnswered(traffic: Traffic, message: Message): Promise<void> {
	for (let attempt = 1; !(await traffic.push(message)); attempt++) {
		assert.ok(attempt < 30, `${message.id} is never answered`);
		await after(1000);
	}
}

/** A webhook process dies, and another time is restarted, while it takes callbacks. */
export const webhookKilled: Scenario = async (checks, deployment) => {
	await checks.run(
		'a webhook process killed with -9 and one restarted, in the middle',
		async () => {
			await deployment.balance('path');
			const traffic = await Traffic.begin(deployment);
			deployment.nginx.takePassages();
			const serving = (): ProcessName => {
				const port = deployment.nginx.takePassages().at(-1)?.upstream.split(':').at(-1);
				return port === String(deployment.process('webhook-1').port) ? 'webhook-1' : 'webhook-2';
			};
			let answered = 0;
			const events: string[] = [];
			const disturb = async (what: 'killed' | 'restarted') => {
				const name = serving();
				events.push(`${name} ${what}`);
				if (what === 'killed') await deployment.process(name).kill();
				else await deployment.process(name).stop();
				await deployment.startProcess(name);
			};
			const disturbances: Array<Promise<void>> = [];
			await inParallel(traffic.fresh(500), 20, async (message) => {
				await pushUntilAnswered(traffic, message);
				answered++;
				if (answered === 150) disturbances.push(disturb('killed'));
				// Only one is away at a time.
				if (answered === 300) {
					disturbances.push(disturbances[0].then(async () => await disturb('restarted')));
				}
			});
			await Promise.all(disturbances);
			await inParallel(
				traffic.fresh(50),
				20,
				async (message) => await pushUntilAnswered(traffic, message),
			);
			// Those that the dead process knew come again, to whoever serves them now.
			await inParallel(traffic.acceptedMessages.slice(0, 150), 20, async (message) => {
				await pushUntilAnswered(traffic, message);
			});
			const counts = await traffic.settled();
			report('webhook process killed', counts, { events: events.join(' and ') });
			earlier.push(...traffic.acceptedMessages);
			assert.equal(counts.executed, 550);
			assert.equal(counts.lost, 0);
			assert.equal(counts.repeated, 0);
		},
	);
};

/** Everything is stopped and started again; old messages come once more. */
export const restarted: Scenario = async (checks, deployment) => {
	await checks.run('all of n8n restarted, then old messages again', async () => {
		await deployment.balance('path');
		if (earlier.length === 0) {
			const traffic = await Traffic.begin(deployment);
			await inParallel(
				traffic.fresh(200),
				20,
				async (message) => void (await traffic.push(message)),
			);
			await traffic.settled();
			earlier.push(...traffic.acceptedMessages);
		}
		const known = earlier.filter(({ id }) => deployment.downstream.executed.has(id));
		const sample = known.filter((_, n) => n % Math.ceil(known.length / 200) === 0);
		const before = new Map(
			[...deployment.downstream.executed].map(([id, all]) => [id, all.length]),
		);
		const pushes = deployment.simulator.control.pushes().length;
		await deployment.stopN8n();
		// Who takes the check push first, then who registers.
		await deployment.startBesideMain();
		await deployment.startProcess('main');
		await deployment.registered(pushes);
		const traffic = await Traffic.begin(deployment);
		await inParallel(sample, 20, async (message) => assert.ok(await traffic.push(message)));
		const counts = await traffic.settled();
		const again = sample.filter(
			({ id }) => deployment.downstream.executed.get(id)?.length !== before.get(id),
		).length;
		report('restarted', { ...counts, executed: again, repeated: again });
		assert.equal(again, 0);
	});
};
