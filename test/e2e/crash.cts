/** Thousands of callbacks, restarts and crashes: nothing lost that was answered, nothing started twice. */
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import axios from 'axios';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { LATEST_RESPONSE_MS } from '../../nodes/Eyun/trigger/webhook/respond.ts';
import type { Checks } from '../frame/checks.cts';
import { Delivered } from './delivered.cts';
import { takesKeys, Triggering } from './triggering.cts';

/** How many different messages; the bar of 10,000 takes some minutes: EYUN_E2E_MESSAGES=10000. */
const MESSAGES = Number(process.env.EYUN_E2E_MESSAGES ?? 500);
const REPEATED = 0.2;
const AT_ONCE = 8;

export async function crashChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { wcId, wId, friend } = simulator.defaults;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const delivered = await Delivered.start();
	const triggering = await Triggering.create(stack, 'crash', { events: ['privateMessage'] }, [
		delivered.node,
	]);
	const { workflow } = triggering;
	const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

	const body = (id: bigint) =>
		`{"account":"a","wcId":"${wcId}","messageType":"60001","data":{"wId":"${wId}",` +
		`"fromUser":"${friend}","toUser":"${wcId}","msgId":${id % 1_000_000n},"newMsgId":${id},` +
		`"timestamp":${Math.floor(Date.now() / 1000)},"content":"Number ${id}","self":false}}`;

	/** Gives back the HTTP status; 0 when there was no answer. */
	async function post(text: string | Buffer, headers: Record<string, string> = {}) {
		return await axios
			.post(triggering.registered ?? '', text, {
				headers: { 'content-type': 'application/json', ...headers },
				transformRequest: [(raw: unknown) => raw],
				maxBodyLength: Infinity,
				validateStatus: () => true,
				httpAgent: agent,
				proxy: false,
			})
			.then(({ status }) => status)
			.catch(() => 0);
	}

	/** How many were answered because it took long, before n8n had stored their executions. */
	let answeredEarly = 0;

	/** Pushes everything, several at a time; gives back the ids that were answered with 200. */
	async function pushAll(ids: readonly bigint[]): Promise<Set<bigint>> {
		const taken = new Set<bigint>();
		let next = 0;
		const worker = async () => {
			while (next < ids.length) {
				const id = ids[next++];
				const begin = performance.now();
				if ((await post(body(id))) !== 200) continue;
				taken.add(id);
				if (performance.now() - begin >= LATEST_RESPONSE_MS) answeredEarly++;
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return taken;
	}

	/**
	 * Waits until so many executions are stored, and nothing is added any more. An n8n that takes no keys
	 * stores an empty one for each repeat after a restart. So does any n8n, its own way for webhooks, for what
	 * comes while it starts and has not activated the workflow after two seconds: those do not count.
	 */
	async function stored(count: number): Promise<void> {
		const { client } = stack;
		const counted = async () => {
			const all = await client.executionCount(workflow.id);
			if (all < count || !takesKeys(stack)) return all;
			return (await client.executions(workflow.id)).filter(({ mode }) => mode === 'trigger').length;
		};
		await waitFor(async () => (await counted()) >= count || undefined, {
			what: `${count} executions`,
			timeoutMs: 120_000,
			everyMs: 300,
		});
		if (takesKeys(stack)) assert.equal(await counted(), count);
	}

	/** Waits until what was pushed has come out behind the trigger, each message once. */
	async function comesOutOnce(count: number): Promise<void> {
		await delivered.reach(count);
		await stack.client.settled(workflow.id);
		assert.deepEqual(delivered.repeated, []);
		assert.equal(delivered.count, count);
	}

	await triggering.activate();
	let expected = 0;
	const idsFrom = (first: bigint) =>
		Array.from({ length: MESSAGES }, (_, index) => first + BigInt(index) * 7_919n);
	const first = idsFrom(7_365_193_471_029_381_234n);

	await checks.run(`${MESSAGES} messages, a fifth duplicates: one execution each`, async () => {
		const repeats = first.filter((_, index) => index % (1 / REPEATED) === 0);
		// A repeat right behind its message, and all of them once more at the end.
		const pushes = first.flatMap((id) => (repeats.includes(id) ? [id, id] : [id]));
		assert.equal((await pushAll([...pushes, ...repeats])).size, MESSAGES);
		expected += MESSAGES;
		await stored(expected);
		await comesOutOnce(expected);
	});

	async function nothingComesOutAgain(): Promise<void> {
		await stack.restartN8n();
		await triggering.registeredAs('production', (url) => url !== undefined);
		assert.equal((await pushAll(first)).size, MESSAGES);
		assert.equal((await pushAll([1_234_567_890_123_456_789n])).size, 1);
		expected += 1;
		await stored(expected);
		await comesOutOnce(expected);
	}
	if (takesKeys(stack)) {
		await checks.run(
			'the same after a restart of n8n: no execution, not even an empty one',
			nothingComesOutAgain,
		);
	} else {
		await checks.run(
			'the same after a restart of n8n: empty executions only',
			nothingComesOutAgain,
		);
	}

	await checks.run('n8n killed in the middle: nothing lost that was answered', async () => {
		const second = idsFrom(5_000_000_000_000_000_000n);
		const before = await stack.client.executionCount(workflow.id);
		answeredEarly = 0;
		const pushing = pushAll(second);
		await waitFor(
			async () =>
				(await stack.client.executionCount(workflow.id)) >= before + 30 ? true : undefined,
			{ what: 'some executions', timeoutMs: 60_000, everyMs: 20 },
		);
		await stack.killN8n();
		const answered = await pushing;
		assert.ok(answered.size < MESSAGES, 'n8n was killed too late');
		await stack.startN8nAgain();
		await triggering.registeredAs('production', (url) => url !== undefined);
		const known = await stack.client.executionCount(workflow.id);
		console.log(
			`      ${answered.size} answered (${answeredEarly} early), ${known - before} stored`,
		);
		// What Eyun could not wait for is in memory only: docs/trigger.md says so.
		assert.ok(known - before >= answered.size - answeredEarly, 'answered and not stored');
		// The vendor pushes its history again: all that is new, and nothing twice.
		assert.equal((await pushAll(second)).size, MESSAGES);
		expected += MESSAGES;
		await stored(expected);
		await stack.client.settled(workflow.id);
		// What ran when n8n died is shown as crashed, and not run again: nobody knows how far it came.
		const interrupted = await stack.client.executionCount(workflow.id, [
			'crashed',
			'running',
			'new',
		]);
		console.log(
			`      ${delivered.count} of ${expected} came out, ${interrupted} were interrupted`,
		);
		assert.deepEqual(delivered.repeated, []);
		assert.ok(delivered.count >= expected - interrupted, 'lost without a trace');
	});

	await checks.run('compressed, huge and odd bodies', async () => {
		const { gzipSync, deflateSync } = await import('node:zlib');
		const came = delivered.count;
		const [one, two, three, four] = [1n, 2n, 3n, 4n].map((n) => 8_000_000_000_000_000_000n + n);
		assert.equal(await post(gzipSync(body(one)), { 'content-encoding': 'gzip' }), 200);
		assert.equal(await post(deflateSync(body(two)), { 'content-encoding': 'deflate' }), 200);
		const huge = body(three).replace('Number', `Number ${'x'.repeat(10 * 1024 * 1024)}`);
		assert.equal(await post(huge), 200);
		assert.equal(await post(body(four), { 'content-type': 'text/html' }), 200);
		const bad = await Promise.all([
			post('garbage', { 'content-encoding': 'gzip' }),
			post('garbage', { 'content-type': 'application/xml' }),
			post('<a>'.repeat(100_000), { 'content-type': 'application/xml' }),
			post('x'.repeat(17 * 1024 * 1024)),
			post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }),
			post('--x', { 'content-type': 'multipart/form-data; boundary=x' }),
		]);
		for (const status of bad) assert.ok(status >= 400, `answered ${status}`);
		expected += 4;
		await delivered.reach(came + 4);
		if (takesKeys(stack)) await stored(expected);
	});

	agent.destroy();
	await delivered.stop();
	await stack.client.deactivateWorkflow(workflow.id);
	await stack.callbackCancelled();
	await stack.activate();
}
