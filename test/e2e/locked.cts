/** n8n's database is locked for a while, as by a backup: nothing is lost that was answered, and nothing started twice. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { nodeForN8n } from '../../scripts/lib/node24.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from './checks.cts';
import { Triggering } from './triggering.cts';

/** Between two callbacks while the database is locked. */
const EVERY_MS = 150;

/** Holds SQLite's write lock until its standard input ends, as a backup or another program does. */
const LOCKER = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1]);
	database.exec('PRAGMA busy_timeout = 10000; BEGIN EXCLUSIVE');
	console.log('locked');
	process.stdin.on('end', () => database.exec('ROLLBACK')).resume();
`;

/**
 * Does something while n8n's database is locked.
 *
 * @param stack whose n8n it is
 * @param work what to do; the lock ends with it
 */
export async function whileLocked<Result>(
	stack: Stack,
	work: () => Promise<Result>,
): Promise<Result> {
	const { binary } = await nodeForN8n();
	const database = join(dirname(stack.n8n.logFile), '.n8n', 'database.sqlite');
	const locker = spawn(binary, ['-e', LOCKER, database], { stdio: ['pipe', 'pipe', 'inherit'] });
	try {
		await once(locker.stdout, 'data');
		return await work();
	} finally {
		const exited = once(locker, 'exit');
		locker.stdin.end();
		await exited;
	}
}

export async function lockedChecks(checks: Checks, stack: Stack): Promise<void> {
	const { wcId, wId, friend } = stack.simulator.defaults;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const triggering = await Triggering.create(stack, 'locked', { events: ['privateMessage'] });
	await triggering.activate();
	const { workflow } = triggering;

	async function push(id: bigint): Promise<number> {
		const body =
			`{"account":"a","wcId":"${wcId}","messageType":"60001","data":{"wId":"${wId}",` +
			`"fromUser":"${friend}","toUser":"${wcId}","msgId":${id % 1_000_000n},"newMsgId":${id},` +
			`"timestamp":${Math.floor(Date.now() / 1000)},"content":"Number ${id}","self":false}}`;
		return await axios
			.post(triggering.registered ?? '', body, {
				headers: { 'content-type': 'application/json' },
				transformRequest: [(raw: unknown) => raw],
				validateStatus: () => true,
				proxy: false,
			})
			.then(({ status }) => status)
			.catch(() => 0);
	}

	/** Pushes callbacks for so long while the database is locked; gives back ids and answers. */
	async function pushWhileLocked(milliseconds: number, first: bigint) {
		const pushes: Array<Promise<[id: bigint, status: number]>> = [];
		await whileLocked(stack, async () => {
			const until = Date.now() + milliseconds;
			for (let id = first; Date.now() < until; id++) {
				pushes.push(push(id).then((status) => [id, status]));
				await sleep(EVERY_MS);
			}
		});
		return await Promise.all(pushes);
	}

	let expected = 0;
	async function nothingIsLost(seconds: number): Promise<void> {
		const first = 4_000_000_000_000_000_000n + BigInt(seconds) * 1_000_000n;
		const pushed = await pushWhileLocked(seconds * 1_000, first);
		const refused = pushed.filter(([, status]) => status !== 200);
		console.log(`      ${pushed.length} pushed, ${refused.length} not answered with 200`);
		assert.deepEqual(refused, []);
		expected += pushed.length;
		await waitFor(
			async () => ((await stack.client.executionCount(workflow.id)) >= expected ? true : undefined),
			{ what: `${expected} executions`, timeoutMs: 120_000, everyMs: 300 },
		);
		// Pushed once more, they are duplicates.
		for (const [id] of pushed) assert.equal(await push(id), 200);
		assert.equal(await stack.client.executionCount(workflow.id), expected);
	}

	await checks.run(
		'database locked for 5 s: all that was answered is stored once',
		async () => await nothingIsLost(5),
	);
	await checks.run(
		'database locked for 20 s: all that was answered is stored once',
		async () => await nothingIsLost(20),
	);

	await stack.client.deactivateWorkflow(workflow.id);
	await stack.callbackCancelled();
	await stack.activate();
}
