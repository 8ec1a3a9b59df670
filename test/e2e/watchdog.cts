/** What the trigger finds out by itself, once a minute by n8n's own clock. */
import assert from 'node:assert/strict';
import { outputOf } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import type { Checks } from '../frame/checks.cts';
import { otherSystem, TRIGGER, Triggering } from './triggering.cts';

/** A minute between two looks, five seconds to make sure, and some for a busy machine. */
const LOOK_MS = 100_000;

export async function watchdogChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { world, control, defaults } = simulator;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const triggering = await Triggering.create(stack, 'watchdog', {
		events: ['system'],
		options: { watchdogMinutes: 1 },
	});
	const other = await otherSystem();

	/** Waits until so many events have come; gives back their names and data, oldest first. */
	async function events(count: number) {
		const all = await stack.client.waitForExecutions(triggering.workflow.id, count, LOOK_MS);
		const executions = await Promise.all(
			all.map(async ({ id }) => await stack.client.execution(id)),
		);
		return executions.flatMap((execution) => outputOf(execution, TRIGGER)).reverse();
	}

	await checks.run('an account that went offline and an address that was taken', async () => {
		await triggering.activate();
		const ours = triggering.registered;
		const instance = world.onlineInstance(defaults.wcId);
		assert.ok(instance);
		instance.online = false;
		triggering.register(other.address);
		const found = await events(2);
		const names = found.map(({ event }) => event).sort();
		assert.deepEqual(names, ['system.callbackRestored', 'system.offline']);
		const offline = found.find(({ event }) => event === 'system.offline');
		assert.deepEqual([offline?.wcId, offline?.wId], [defaults.wcId, instance.wId]);
		assert.equal(triggering.registered, ours);
		assert.doesNotMatch(JSON.stringify(found), /a%26b|secret=/);
	});

	await checks.run('the account is back, with its new login', async () => {
		const { wId } = control.online({});
		const found = await events(3);
		const online = found.find(({ event }) => event === 'system.online');
		assert.deepEqual([online?.wcId, online?.wId], [defaults.wcId, wId]);
	});

	await other.stop();
	await triggering.deactivate();
	await waitFor(() => (triggering.registered === undefined ? true : undefined), {
		what: 'the address to be cancelled',
		timeoutMs: 30_000,
	});
	await stack.activate();
}
