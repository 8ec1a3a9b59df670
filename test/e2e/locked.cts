/**
 * n8n's database is locked for a while, as by a backup, or takes no executions: nothing is lost that was
 * answered, and nothing started twice.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import { nodeForN8n } from '../../scripts/lib/node24.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { Delivered } from './delivered.cts';
import { refusesWhileLocked, takesKeys, Triggering } from './triggering.cts';

/** Between two callbacks while the database is locked. */
const EVERY_MS = 150;

/** Does something to n8n's database, and takes it back when its standard input ends. */
const MEDDLER = `
	const { DatabaseSync } = require('node:sqlite');
	const [file, begin, end] = process.argv.slice(1);
	const database = new DatabaseSync(file);
	database.exec('PRAGMA busy_timeout = 10000; ' + begin);
	console.log('done');
	process.stdin.on('end', () => database.exec(end)).resume();
`;

/** Holds SQLite's write lock, as a backup or another program does. */
const LOCK = ['BEGIN EXCLUSIVE', 'ROLLBACK'] as const;

/** Makes n8n fail to store any execution, at once. */
const FAIL = [
	"CREATE TRIGGER eyun_e2e BEFORE INSERT ON execution_entity BEGIN SELECT RAISE(ABORT, 'made to fail'); END",
	'DROP TRIGGER eyun_e2e',
] as const;

async function whileMeddledWith<Result>(
	stack: Stack,
	[begin, end]: readonly [begin: string, end: string],
	work: () => Promise<Result>,
): Promise<Result> {
	const { binary } = await nodeForN8n();
	const database = join(dirname(stack.n8n.logFile), '.n8n', 'database.sqlite');
	const args = ['-e', MEDDLER, database, begin, end];
	const meddler = spawn(binary, args, { stdio: ['pipe', 'pipe', 'inherit'] });
	try {
		await once(meddler.stdout, 'data');
		return await work();
	} finally {
		const exited = once(meddler, 'exit');
		meddler.stdin.end();
		await exited;
	}
}

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
	return await whileMeddledWith(stack, LOCK, work);
}

export async function lockedChecks(checks: Checks, stack: Stack): Promise<void> {
	const { wcId, wId, friend } = stack.simulator.defaults;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const delivered = await Delivered.start();
	const triggering = await Triggering.create(stack, 'locked', { events: ['privateMessage'] }, [
		delivered.node,
	]);
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

	/** Pushes callbacks for so long; gives back ids and answers. */
	async function pushFor(milliseconds: number, first: bigint) {
		const pushes: Array<Promise<[id: bigint, status: number]>> = [];
		const until = Date.now() + milliseconds;
		for (let id = first; Date.now() < until; id++) {
			pushes.push(push(id).then((status) => [id, status]));
			await sleep(EVERY_MS);
		}
		return { pushes };
	}

	let expected = 0;
	let lastId = 4_000_000_000_000_000_000n;
	async function nothingIsLost(what: typeof LOCK | typeof FAIL, seconds: number): Promise<void> {
		lastId += 1_000_000n;
		const { pushes } = await whileMeddledWith(
			stack,
			what,
			async () => await pushFor(seconds * 1_000, lastId),
		);
		const pushed = await Promise.all(pushes);
		const refused = pushed.filter(([, status]) => status !== 200);
		console.log(`      ${pushed.length} pushed, ${refused.length} not answered with 200`);
		const mayRefuse = what === LOCK && refusesWhileLocked(stack);
		if (!mayRefuse) assert.deepEqual(refused, []);
		expected += pushed.length - refused.length;
		await delivered.reach(expected);
		assert.deepEqual([delivered.count, delivered.repeated], [expected, []]);
		// Pushed once more, all are duplicates but those.
		for (const [id] of pushed) assert.equal(await push(id), 200);
		expected += refused.length;
		await delivered.reach(expected);
		await stack.client.settled(workflow.id);
		assert.deepEqual([delivered.count, delivered.repeated], [expected, []]);
		if (takesKeys(stack)) {
			assert.equal(await stack.client.executionCount(workflow.id), expected);
		}
	}

	await checks.run(
		'database locked for 5 s: all that was answered is stored once',
		async () => await nothingIsLost(LOCK, 5),
	);
	await checks.run(
		'database locked for 20 s: all that was answered is stored once',
		async () => await nothingIsLost(LOCK, 20),
	);
	await checks.run(
		'no execution can be stored for 8 s: all that was answered is stored once',
		async () => await nothingIsLost(FAIL, 8),
	);

	await stack.client.deactivateWorkflow(workflow.id);
	await stack.callbackCancelled();
	await delivered.stop();
	await stack.activate();
}
