/** What reaches the trigger and must not be answered, or exactly once. */
import assert from 'node:assert/strict';
import axios from 'axios';
import { answersWith, talk } from '../../scripts/lib/conversation.cts';
import { isFinished } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from '../frame/checks.cts';

const BURST = 50;

/** Bodies that no vendor sends, and the HTTP status for them. */
const MALFORMED: Array<[body: string, contentType: string, status: number]> = [
	['', 'application/json', 400],
	['[1,2]', 'application/json', 400],
	['{"data":{}}', 'application/json', 400],
	['{"messageType":"60001","data":"text"}', 'application/json', 400],
	['hello', 'text/plain', 400],
	['{"messageType":"60001","data":{"content":"hel', 'text/plain', 400],
	// These two n8n itself refuses, before the node sees them.
	['hello', 'application/json', 422],
	['{"messageType":"60001","data":{"content":"hel', 'application/json', 422],
];

export async function callbackChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, defaults } = simulator;

	await checks.run('a callback with a wrong or missing secret: 401, no execution', async () => {
		const { body, url } = lastText(stack);
		const wrong = new URL(url);
		wrong.searchParams.set('secret', 'wrong');
		const missing = new URL(url);
		missing.searchParams.delete('secret');
		assert.notEqual(wrong.toString(), url);
		const fresh = body.replace(/"newMsgId":\d+/, '"newMsgId":7365193471029381234');
		await startsNothing(stack, async () => {
			assert.equal(await post(wrong.toString(), fresh), 401);
			assert.equal(await post(missing.toString(), fresh), 401);
		});
	});

	await checks.run('malformed callbacks: 400 or 422, no execution', async () => {
		const { url } = lastText(stack);
		await startsNothing(stack, async () => {
			for (const [body, contentType, status] of MALFORMED) {
				assert.equal(await post(url, body, contentType), status, `${contentType}: ${body}`);
			}
		});
	});

	await checks.run('a duplicate callback is accepted but not answered again', async () => {
		await talk(simulator, 'Say it once');
		await startsNothing(stack, async () => {
			for (const { delivered } of await control.repeat({ times: 3 })) assert.ok(delivered);
		});
		assert.equal(answersWith(simulator, 'Say it once').length, 1);
	});

	await checks.run('own messages and group messages are not answered', async () => {
		await startsNothing(stack, async () => {
			const own = { from: defaults.wcId, to: defaults.friend, text: 'I wrote this myself' };
			assert.ok((await control.say(own)).delivered);
			const group = { from: defaults.friend, group: defaults.group, text: 'To all' };
			assert.ok((await control.say(group)).delivered);
		});
		assert.equal(answersWith(simulator, 'I wrote this myself').length, 0);
	});

	await checks.run(`${BURST} messages at once: each answered exactly once`, async () => {
		const texts = Array.from({ length: BURST }, (_, n) => `Burst ${n + 1}.`);
		const pushes = await Promise.all(
			texts.map(async (text) => await control.say({ from: defaults.friend, text })),
		);
		for (const { delivered, reason } of pushes) assert.ok(delivered, reason);
		console.log(`      slowest callback taken in ${Math.max(...pushes.map(({ ms }) => ms))} ms`);
		await waitFor(
			() => texts.every((text) => answersWith(simulator, text).length > 0) || undefined,
			{ what: `${BURST} answers`, timeoutMs: 60_000 },
		);
		await idle(stack);
		for (const text of texts) assert.equal(answersWith(simulator, text).length, 1, text);
	});
}

/** The body and the address of the last text message that was pushed. */
function lastText({ simulator }: Stack): { body: string; url: string } {
	const last = simulator.control
		.pushes()
		.filter(({ messageType, delivered }) => messageType === '60001' && delivered)
		.at(-1);
	if (!last?.url) throw new Error('No text message was delivered yet');
	return { body: last.body, url: last.url };
}

/** Posts a body as it stands; gives back the HTTP status. */
async function post(url: string, body: string, contentType = 'application/json'): Promise<number> {
	const { status } = await axios.post(url, body, {
		headers: { 'content-type': contentType },
		transformRequest: [(text: string) => text],
		validateStatus: () => true,
		proxy: false,
	});
	return status;
}

/**
 * Checks that `calls` start no execution: a message that is answered afterwards is the only new one.
 */
async function startsNothing(stack: Stack, calls: () => Promise<void>): Promise<void> {
	const { client, workflow, simulator } = stack;
	const before = new Set((await client.executions(workflow.id)).map(({ id }) => id));
	await calls();
	await talk(simulator, `After ${Date.now()}`);
	await idle(stack);
	const started = (await client.executions(workflow.id)).filter(({ id }) => !before.has(id));
	assert.equal(started.length, 1, `${started.length - 1} executions too many`);
}

/** Waits until nothing of the workflow runs any more. */
export async function idle({ client, workflow }: Stack): Promise<void> {
	await waitFor(
		async () => {
			const all = await client.executions(workflow.id);
			return all.every(isFinished) || undefined;
		},
		{ what: 'n8n to be idle', timeoutMs: 60_000, everyMs: 200 },
	);
}
