/** One callback address for each developer account: conflicts, and test runs while production goes on. */
import assert from 'node:assert/strict';
import { isFinished } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from '../frame/checks.cts';
import { otherSystem, TRIGGER, Triggering } from './triggering.cts';

/** How often a friend says something during a test run, in milliseconds. */
const PACE_MS = 40;

/** Test runs in a row, each begun as soon as the one before has got its event. */
const ROUNDS = 5;

export async function guardChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator, client } = stack;
	const { control, defaults } = simulator;
	const other = await otherSystem();
	const careful = await Triggering.create(stack, 'guard');
	const greedy = await Triggering.create(stack, 'guard take over', { onConflict: 'takeOver' });
	const say = async (text: string) => await control.say({ from: defaults.friend, text });

	/** The texts that the other system got; each registration brings a check push besides. */
	const heard = () =>
		other.bodies
			.filter((body) => !body.includes('"00000"'))
			.map((body) => /"content":"(\w+)"/.exec(body)?.[1]);

	await checks.run('a second workflow of the same account is active beside the first', async () => {
		const { registered } = careful;
		await careful.activate();
		await careful.deactivate();
		await careful.registeredAs('the first workflow', (url) => url === registered);
	});

	// From here on nothing of this n8n receives callbacks.
	await client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();

	const bare = await Triggering.create(stack, 'bare', {}, [], { webhookId: undefined });
	const check = async () => {
		assert.match(await bare.refusal(), /rename the trigger to one word/);
		const name = 'Trigger';
		const renamed = await Triggering.create(stack, 'renamed', {}, [], {
			webhookId: undefined,
			name,
		});
		await renamed.activate();
		assert.ok((await say('anybody there')).delivered);
		await client.waitForExecutions(renamed.workflow.id, 1);
		await renamed.deactivate();
		await stack.callbackCancelled();
	};
	if (bare.workflow.nodes[0].webhookId === undefined) {
		await checks.run('a trigger that n8n gave no webhook ID is refused, or hears', check);
	} else {
		checks.skip(
			'a trigger without a webhook ID',
			'this n8n gives one to what comes by its API, too',
		);
	}

	await checks.run('activation stops when another system has them, and names it', async () => {
		careful.register(other.address);
		const refusal = await careful.refusal();
		assert.ok(refusal.includes(other.url), refusal);
		assert.match(refusal, /Share/);
		assert.match(refusal, /Take Over/);
		assert.doesNotMatch(refusal, /a%26b/);
		assert.equal(careful.registered, other.address);
	});

	await checks.run(
		'Take Over takes them, and restores the other address on deactivation',
		async () => {
			await greedy.activate();
			assert.ok((await say('taken over')).delivered);
			assert.equal((await greedy.outputs(1)).length, 1);
			await greedy.deactivate();
			await greedy.registeredAs('the other system', (url) => url === other.address);
			assert.deepEqual(heard(), []);
		},
	);

	await checks.run('a test run beside another system costs it nothing', async () => {
		await careful.listen();
		for (const text of ['one', 'two', 'three']) assert.ok((await say(text)).delivered);
		await careful.registeredAs('the other system', (url) => url === other.address);
		assert.ok((await say('four')).delivered);
		assert.deepEqual(heard(), ['one', 'two', 'three', 'four']);
		const [{ mode, items }, ...more] = await careful.outputs(1);
		assert.deepEqual([mode, items[0].text, more.length], ['manual', 'one', 0]);
	});

	await checks.run('a canceled test run restores the address', async () => {
		await careful.listen();
		await client.stopListening(careful.workflow.id);
		await careful.registeredAs('the other system', (url) => url === other.address);
	});

	await checks.run(
		'a test run under production traffic loses nothing and sends nothing twice',
		async () => {
			careful.register(null);
			await careful.activate();
			const before = await client.executionCount(careful.workflow.id);
			const said: string[] = [];
			const failures: string[] = [];
			let isOver = false;
			const traffic = (async () => {
				while (!isOver) {
					const text = `Traffic ${said.length + 1}.`;
					said.push(text);
					const { delivered, reason } = await say(text);
					if (!delivered) failures.push(`${text} ${reason} ${control.pushes().at(-1)?.url}`);
					await new Promise((resolve) => setTimeout(resolve, PACE_MS));
				}
			})();
			try {
				// Under traffic a test run may be over before anybody sees its address.
				const listen = async () => await client.listen(careful.workflow.id, TRIGGER);
				const testRuns = async () =>
					(await client.executions(careful.workflow.id)).filter(
						(execution) => execution.mode === 'manual' && isFinished(execution),
					).length;
				const earlier = await testRuns();
				for (let round = 1; round <= ROUNDS; round++) {
					await listen();
					await waitFor(async () => (await testRuns()) >= earlier + round || undefined, {
						what: `test run ${round}`,
						timeoutMs: 60_000,
					});
					await careful.registeredAs('production', (url) => url?.includes('/webhook/') ?? false);
				}
				await listen();
				await client.stopListening(careful.workflow.id);
				await careful.registeredAs('production', (url) => url?.includes('/webhook/') ?? false);
			} finally {
				isOver = true;
				await traffic;
			}
			assert.deepEqual(failures, []);
			// Production got each text once, and each test run at most one of them once more.
			const total = await waitForCount(said.length + ROUNDS);
			console.log(
				`      ${said.length} texts, ${total - said.length} of them in test runs as well`,
			);
			assert.ok(
				total - said.length >= ROUNDS && total - said.length <= ROUNDS + 1,
				`${total} executions`,
			);
			const all = (await careful.outputs(before + total)).slice(0, -before || undefined);
			const production = all.filter(({ mode }) => mode !== 'manual');
			const texts = production.flatMap(({ items }) => items.map(({ text }) => String(text)));
			assert.deepEqual([...texts].sort(), [...said].sort());

			async function waitForCount(least: number): Promise<number> {
				await careful.outputs(before + least);
				return (await client.executionCount(careful.workflow.id)) - before;
			}
		},
	);

	await checks.run('n8n killed during a test run: production has its address again', async () => {
		const production = careful.registered;
		await careful.listen();
		await stack.killN8n();
		await stack.startN8nAgain();
		await careful.registeredAs('production', (url) => url === production);
		assert.ok((await say('after the crash')).delivered);
		await careful.deactivate();
		await stack.callbackCancelled();
	});

	await other.stop();
	await stack.activate();
}
