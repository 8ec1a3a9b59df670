/** Customers write in bursts while the database is locked, the owner writes, and n8n dies at random moments. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { outputOf } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from '../frame/checks.cts';
import { whileLocked } from './locked.cts';
import { readsWhileLocked, takesKeys, TRIGGER, Triggering } from './triggering.cts';

const SILENCE_SECONDS = 2;
const CUSTOMERS = ['wxid_anna', 'wxid_ben'];

/** Between two messages of a burst, which are three. */
const PACE_MS = 700;

/** From the last message of a burst to the first of the next one. */
const REST_MS = SILENCE_SECONDS * 1_000 + 2_500;

/** After 3 s the trigger answers in any case: docs/trigger.md. */
const ANSWERED_EARLY_MS = 2_900;

const KILLS = 5;
const SEED = Number(process.env.EYUN_E2E_SEED ?? Date.now() % 100_000);

/** One execution. */
interface Started {
	/** Of its messages, in their order. */
	ids: string[];
	status: string;
	/** Whether the trigger has passed them on; a crash may have ended the execution before. */
	hasRun: boolean;
}

/** What one customer writes without a pause: the ids of the messages, in order. */
type BurstOfIds = string[];

/** n8n itself answers so, with 200, until its database is ready: docs/trigger.md. No node hears of that. */
function isStarting(answer: unknown): boolean {
	if (!String(answer).startsWith('n8n is starting up')) return false;
	console.log('      n8n answered a callback with 200 before it was ready');
	return true;
}

export async function stormChecks(checks: Checks, stack: Stack): Promise<void> {
	const { wcId, wId } = stack.simulator.defaults;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const triggering = await Triggering.create(stack, 'storm', {
		options: {
			merge: { values: { silence: SILENCE_SECONDS, longest: 30 } },
			takeover: { values: { minutes: 30 } },
		},
	});
	await triggering.activate();
	const address = triggering.registered ?? '';
	/** Messages that the trigger may have answered by itself, before n8n had stored them. */
	const answeredEarly = new Set<string>();
	let lastId = 6_000_000_000_000_000_000n;

	/** Pushes until n8n answers with 200. */
	async function push(from: string, to = wcId): Promise<string> {
		const id = String(++lastId);
		const self = from === wcId;
		const body =
			`{"account":"a","wcId":"${wcId}","messageType":"60001","data":{"wId":"${wId}",` +
			`"fromUser":"${from}","toUser":"${to}","msgId":${lastId % 1_000_000n},"newMsgId":${id},` +
			`"timestamp":${Math.floor(Date.now() / 1000)},"content":"${id}","self":${self}}}`;
		const isTaken = async () => {
			const begin = Date.now();
			const taken = await axios
				.post(address, body, {
					headers: { 'content-type': 'application/json' },
					transformRequest: [(raw: unknown) => raw],
					validateStatus: () => true,
					proxy: false,
				})
				.then(({ status, data }) => status === 200 && !isStarting(data))
				.catch(() => false);
			if (taken && Date.now() - begin > ANSWERED_EARLY_MS) answeredEarly.add(id);
			return taken;
		};
		await waitFor(async () => (await isTaken()) || undefined, {
			what: `the answer to ${id}`,
			timeoutMs: 120_000,
			everyMs: 1_000,
		});
		return id;
	}

	/**
	 * One burst of a customer.
	 *
	 * @param inTurn whether a message waits for the answer to the one before, so that repeats keep the order
	 */
	async function burst(from: string, inTurn: boolean): Promise<BurstOfIds> {
		const pushes: Array<Promise<string>> = [];
		for (let n = 0; n < 3; n++) {
			const pushed = push(from);
			pushes.push(pushed);
			if (inTurn) await pushed;
			await sleep(PACE_MS);
		}
		return await Promise.all(pushes);
	}

	/** What each execution was started with, oldest first; waits until none is added any more. */
	async function started(): Promise<Started[]> {
		let count = -1;
		await waitFor(
			async () => {
				const before = count;
				count = await stack.client.executionCount(triggering.workflow.id);
				return count === before || undefined;
			},
			{ what: 'the executions', timeoutMs: 120_000, everyMs: (SILENCE_SECONDS + 4) * 1_000 },
		);
		const { client } = stack;
		const { id: workflowId } = triggering.workflow;
		// An older n8n never runs what it had stored and not begun when it died.
		if (!takesKeys(stack)) await client.settled(workflowId);
		const all = takesKeys(stack)
			? await client.waitForExecutions(workflowId, count, 60_000)
			: await client.executions(workflowId);
		const read = await Promise.all(all.map(async ({ id, status }) => await readOne(id, status)));
		return read.reverse();
	}

	async function readOne(id: string, status: string): Promise<Started> {
		const execution = await stack.client.execution(id);
		const { resultData, executionData } = execution.data;
		const hasRun = TRIGGER in resultData.runData;
		const waiting = executionData?.nodeExecutionStack.flatMap(({ data }) => data.main[0] ?? []);
		const items = hasRun ? outputOf(execution, TRIGGER) : waiting?.map(({ json }) => json);
		const ids = (items ?? []).flatMap(({ chatInput }) => String(chatInput).split('\n'));
		return { ids, status, hasRun };
	}

	function tally(bursts: BurstOfIds[], executions: Started[]) {
		const inAny = executions.flatMap(({ ids }) => ids);
		const run = executions.filter(({ hasRun }) => hasRun);
		const times = (id: string) => run.filter(({ ids }) => ids.includes(id)).length;
		const parts = bursts.map((one) =>
			run.filter(({ ids }) => one.some((id) => ids.includes(id))).map(({ ids }) => ids),
		);
		const crashed = executions.filter(({ status }) => status === 'crashed');
		const missing = bursts.flat().filter((id) => !inAny.includes(id));
		const lost = missing.filter((id) => !answeredEarly.has(id));
		const result = {
			lost: lost.length,
			answeredEarlyAndLost: missing.length - lost.length,
			twice: bursts.flat().filter((id) => times(id) > 1).length,
			// The second part of a burst that was split may come first: n8n was still starting.
			outOfOrder: parts.flat().filter((ids) => ids.some((id, n) => n > 0 && id < ids[n - 1]))
				.length,
			split: parts.filter((all) => all.length > 1).length,
		};
		console.log(
			`      ${bursts.length} bursts, ${bursts.flat().length} messages, ${executions.length} executions, ${crashed.length} crashed: ${JSON.stringify(result)}`,
		);
		if (missing.length > 0) {
			console.log(`      missing: ${missing.join(' ')}`);
			for (const { ids, status, hasRun } of executions) {
				console.log(`      ${status}, ${hasRun ? 'has run' : 'has not run'}: ${ids.join(' ')}`);
			}
		}
		return result;
	}

	await checks.run(
		'two customers in bursts while the database is locked: one execution each, in order',
		async () => {
			const bursts: BurstOfIds[] = [];
			const asked: Array<Promise<unknown>> = [];
			await whileLocked(stack, async () => {
				for (let round = 0; round < 2; round++) {
					// The owner answers the third one, who gets no answer from the workflow.
					asked.push(push(wcId, 'wxid_carl').then(async () => await push('wxid_carl')));
					const both = CUSTOMERS.map(async (from) => bursts.push(await burst(from, false)));
					asked.push(...both);
					await sleep(3 * PACE_MS + REST_MS);
				}
			});
			await Promise.all(asked);
			const executions = await started();
			const { outOfOrder, ...counted } = tally(bursts, executions);
			assert.deepEqual(counted, { lost: 0, answeredEarlyAndLost: 0, twice: 0, split: 0 });
			if (readsWhileLocked(stack)) {
				assert.equal(outOfOrder, 0);
				assert.equal(executions.length, bursts.length);
			} else {
				checks.skip('the order of those messages', 'the trigger gets them when the lock is over');
			}
		},
	);

	await checks.run(
		`n8n killed ${KILLS} times at random moments while two customers write in bursts`,
		async () => {
			const before = (await started()).length;
			const bursts: BurstOfIds[] = [];
			let isOver = false;
			const writing = CUSTOMERS.map(async (from) => {
				while (!isOver) {
					bursts.push(await burst(from, true));
					await sleep(REST_MS);
				}
			});
			let random = SEED;
			const moments: number[] = [];
			for (let kill = 0; kill < KILLS; kill++) {
				random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
				const waitMs = 500 + (random % 5_000);
				moments.push(waitMs);
				await sleep(waitMs);
				await stack.killN8n();
				await stack.startN8nAgain();
			}
			isOver = true;
			await Promise.all(writing);
			console.log(`      EYUN_E2E_SEED=${SEED}: killed after ${moments.join(', ')} ms`);
			const { lost, twice, outOfOrder, split } = tally(bursts, (await started()).slice(before));
			assert.deepEqual({ lost, twice, outOfOrder }, { lost: 0, twice: 0, outOfOrder: 0 });
			// A kill comes into the middle of one burst of each customer.
			assert.ok(split <= KILLS * CUSTOMERS.length, `${split} bursts were split`);
		},
	);

	await triggering.deactivate();
	await stack.callbackCancelled();
	await stack.activate();
}
