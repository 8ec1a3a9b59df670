/** How n8n's `emit` starts an execution, and what it tells of one that it could not store. */
import assert from 'node:assert/strict';
import { Starts } from '../../../nodes/Eyun/trigger/state/starts.ts';
import { check, load, made, NODE, silent, workflowOf } from './asked.cts';

/** Runs them. */
export async function emitChecks(): Promise<void> {
	const { DuplicateExecutionError } = load('errors/duplicate-execution.error');

	/** Lets n8n's `emit` start an execution; `run` is what storing it gives back or throws. */
	function emitting(run: (key: unknown) => Promise<string>) {
		const saved: unknown[] = [];
		const ended = { status: 'success' };
		const factory = made(
			'workflows/triggers/trigger-execution-context.factory',
			'TriggerExecutionContextFactory',
			{
				logger: silent,
				errorReporter: silent,
				eventService: silent,
				ownershipService: silent,
				activeExecutions: { getPostExecutePromise: async () => ended },
				workflowStaticDataService: { saveStaticData: async (it: unknown) => saved.push(it) },
				workflowExecutionService: {
					runWorkflow: async (...args: unknown[]) => await run(args[6]),
				},
				engineV2ActiveTriggers: { handles: () => false },
				scheduleTriggerJobRegistrar: { interceptsNode: () => false },
			},
		);
		const workflow = { ...workflowOf(NODE), timezone: 'UTC' };
		const context = factory.getExecuteTriggerFunctions(
			{ id: 'w' },
			{},
			'trigger',
			'init',
			async () => ({
				id: 'w',
			}),
		)(workflow, { id: NODE, name: NODE });
		const done = new Promise<unknown>((resolve, reject) => {
			context.emit([[{ json: {} }]], undefined, { resolve, reject }, 'the key');
		});
		return { context, done, saved, ended, workflow };
	}

	await check('emit takes a key for the execution as its fourth argument', async () => {
		const keys: unknown[] = [];
		await emitting(async (key) => String(keys.push(key))).done;
		assert.deepEqual(keys, ['the key']);
	});
	await check('emit is known as one that tells of failures', async () => {
		const { context, done } = emitting(async () => '1');
		const starts = new Starts();
		starts.useEmit(context.emit as never);
		assert.equal(starts.emit?.tells, true, 'see "The text of emit" in docs/n8n-contract.md');
		await done;
	});
	await check('emit tells that a key is known: its promise resolves with undefined', async () => {
		const known = emitting(async () => {
			throw new DuplicateExecutionError('the key', new Error());
		});
		assert.equal(await known.done, undefined);
	});
	await check('emit tells that storing failed: its promise rejects', async () => {
		const failing = emitting(async () => {
			throw new Error('SQLITE_BUSY');
		});
		await assert.rejects(failing.done, /SQLITE_BUSY/);
	});
	await check(
		'emit tells the end of the execution: its promise resolves with the run',
		async () => {
			const { done, ended } = emitting(async () => '1');
			assert.equal(await done, ended);
		},
	);
	await check(
		'engine 2.0 refuses an emit that waits for the end, and is chosen by a setting',
		() => {
			const dispatcher = made('services/engine-v2-dispatcher.service', 'EngineV2Dispatcher', {});
			const isChosen = (settings: object) =>
				dispatcher.handlesWorkflow({ settings }, 'trigger') as boolean;
			assert.deepEqual([isChosen({}), isChosen({ engineType: 'v2' })], [false, true]);
			const triggers = made(
				'workflows/triggers/engine-v2-active-triggers',
				'EngineV2ActiveTriggers',
				{},
			);
			triggers.assertSupported({});
			assert.throws(() => triggers.assertSupported({ donePromise: {} }), /Engine 2\.0 cannot/);
		},
	);
	await check('emit stores the static data of the trigger', async () => {
		const { done, saved, workflow } = emitting(async () => '1');
		await done;
		assert.deepEqual(saved, [workflow]);
	});
}
