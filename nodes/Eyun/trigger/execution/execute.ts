import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { eventKeyOf } from '../../callbacks/eventKey';
import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import { readSettings } from '../settings/parse';
import type { DeduplicatorContext } from '../state/deduplicator';
import type { TriggerState } from '../state/triggerState';
import { attachMedia } from './media';

/** How n8n calls executions that a callback or the watchdog started. */
const PRODUCTION = ['webhook', 'trigger'];

/**
 * Runs inside the execution that a callback started, where n8n offers its database: drops what was
 * passed on before a restart or by another process, downloads media where that is wanted, and
 * outputs the rest as it is.
 *
 * @param context n8n's functions of the execution
 * @param state of the trigger
 * @returns the items that are no duplicates
 */
export async function executeTrigger(
	context: IExecuteFunctions,
	state: TriggerState,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { rememberedMessages, downloadMedia, voiceFormat } = readSettings(context);
	// Test runs and retries by hand are meant to see the same message again.
	const isProduction = PRODUCTION.includes(context.getMode());
	const isNew = await Promise.all(
		items.map(
			async ({ json }) =>
				!isProduction || (await passes(context, state, json as TriggerOutput, rememberedMessages)),
		),
	);
	const fresh = items
		.map((item, index) => ({ ...item, pairedItem: { item: index } }))
		.filter((_, index) => isNew[index]);
	if (!downloadMedia) return [fresh];
	const attached = fresh.map(async (item) => await attachMedia(context, item, voiceFormat));
	return [await Promise.all(attached)];
}

/** Whether an event goes on to the next node. */
async function passes(
	context: IExecuteFunctions,
	{ starts, deduplicator, shared }: TriggerState,
	output: TriggerOutput,
	limit: number,
): Promise<boolean> {
	const key = eventKeyOf(output);
	const isOurs = starts.reportBeginning(key.id);
	if (limit === 0) return true;
	const passage = { key, executionId: context.getExecutionId() };
	const store = storeOf(context, limit, isOurs);
	if (!isOurs || !shared.isFromAfterStart(output.timestamp)) {
		return !(await deduplicator.isDuplicate(passage, store));
	}
	// Its key in n8n's database has just been taken, and there was no time before to pass it on.
	deduplicator.note(passage, store);
	return true;
}

function storeOf(context: IExecuteFunctions, limit: number, alone: boolean): DeduplicatorContext {
	return {
		limit,
		alone,
		store: async (ids, maxEntries) =>
			await context.helpers.checkProcessedAndRecord(ids, 'node', { mode: 'entries', maxEntries }),
		onStoreFailure: (error) =>
			context.logger.warn(
				'Eyun WeChat Trigger: n8n could not look up whether messages were processed before. They start the workflow and may be duplicates',
				{ reason: reasonOf(error) },
			),
	};
}
