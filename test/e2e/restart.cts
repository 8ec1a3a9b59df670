/** What must survive a restart of n8n, and what deactivation must take back. */
import assert from 'node:assert/strict';
import { answersWith, talk } from '../../scripts/lib/conversation.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { idle } from './callbacks.cts';
import type { Checks } from '../frame/checks.cts';

export async function restartChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, world, defaults } = simulator;
	const callback = () => world.accounts.get(defaults.account)?.callback ?? undefined;

	await checks.run('n8n restarted: the same messages again, nothing answered twice', async () => {
		const bodies = control
			.pushes()
			.filter(({ messageType, delivered }) => messageType === '60001' && delivered)
			.map(({ body }) => body);
		const different = [...new Set(bodies)];
		const before = control.messages().length;
		await stack.restartN8n();
		await stack.callbackRegistered();
		for (const raw of different) assert.ok((await control.push({ raw })).delivered);
		await talk(simulator, 'Anything new?');
		await idle(stack);
		assert.equal(control.messages().length - before, 1, 'old messages were answered again');
		assert.equal(answersWith(simulator, 'Anything new?').length, 1);
	});

	await checks.run('deactivation takes the callback address back', async () => {
		assert.ok(callback());
		await stack.client.deactivateWorkflow(stack.workflow.id);
		await waitFor(() => (callback() ? undefined : true), {
			what: 'the callback address to be cancelled',
			timeoutMs: 10_000,
		});
	});
}
