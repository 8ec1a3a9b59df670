import { ProcessState } from '../../nodes/Eyun/trigger/state/triggerState.ts';
import { TriggerCase } from '../support/triggerCase.cts';

/** What a process remembers of its triggers: one state for each node, freed on deactivation. */

const all = TriggerCase.use();

/** Waits for what comes without an event to wait for. */
async function until(isSo: () => boolean) {
	while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

const context = (workflow: string, node = 'trigger-1') =>
	({ getWorkflow: () => ({ id: workflow }), getNode: () => ({ id: node }) }) as never;

it('keeps one state for each trigger node', () => {
	const shared = new ProcessState();
	const state = shared.of(context('a'));
	expect(shared.of(context('a'))).toBe(state);
	expect(shared.of(context('b'))).not.toBe(state);
	expect(shared.of(context('a', 'trigger-2'))).not.toBe(state);
	expect(new ProcessState().of(context('a'))).not.toBe(state);
});

it('frees the state of a trigger on deactivation', async () => {
	const host = await all.host();
	expect(host.statesKept).toBe(0);
	await host.activate();
	expect(await all.say()).toBe(true);
	await host.idle();
	expect(host.statesKept).toBe(1);
	await host.deactivate();
	await until(() => host.statesKept === 0);
});

it('keeps the state of other triggers of the process', async () => {
	const first = await all.host();
	await first.activate();
	const second = await all.host({
		sharesProcessWith: first,
		workflowId: 'workflow-2',
		parameters: { onConflict: 'takeOver' },
	});
	await second.activate();
	expect(first.statesKept).toBe(2);
	await second.deactivate();
	await until(() => first.statesKept === 1);
	expect(await all.say()).toBe(true);
	await first.idle();
	expect(first.executions).toHaveLength(1);
});

it('frees the state after a test run, but not that of the active trigger', async () => {
	const host = await all.host();
	await host.listen();
	await host.stopListening();
	await until(() => host.statesKept === 0);
	await host.activate();
	await host.listen();
	await host.stopListening();
	expect(host.statesKept).toBe(1);
});

it('keeps what is on its way into the database, and frees it then', async () => {
	const host = await all.host();
	await host.activate();
	let store = () => {};
	host.database.holdBack = new Promise<void>((resolve) => {
		store = resolve;
	});
	const said = all.say();
	await until(() => host.database.isStoring);
	await host.deactivate();
	expect(host.statesKept).toBe(1);
	store();
	await said;
	await host.idle();
	expect(host.executions).toHaveLength(1);
	await until(() => host.statesKept === 0);
});
