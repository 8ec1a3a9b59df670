import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { eventKeyOf } from '../../callbacks/eventKey';
import type { TriggerOutput } from '../../callbacks/output';
import { isSinceStart } from '../../common/age';
import { reasonOf } from '../../common/errors';
import { readSettings } from '../settings/parse';
import { perTrigger } from '../state/triggerId';
import type { DeduplicatorContext } from './deduplicator';
import { Deduplicator } from './deduplicator';
import { attachMedia } from './media';
import { executionBegan } from './start';

const deduplicatorOf = perTrigger(() => new Deduplicator());

/** How n8n calls executions that a callback or the watchdog started. */
const PRODUCTION = ['webhook', 'trigger'];

/**
 * Runs inside the execution that a callback started, where n8n offers its database: drops what was
 * passed on before a restart or by another process, downloads media where that is wanted, and gives
 * out the rest as it is.
 *
 * @returns the items that are not repeats
 */
export async function executeTrigger(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const { rememberedMessages: limit, downloadMedia } = readSettings(context);
	// Test runs and retries by hand are meant to see the same message again.
	const isProduction = PRODUCTION.includes(context.getMode());
	const passed = await Promise.all(
		items.map(async ({ json }) => {
			if (!isProduction) return true;
			const output = json as TriggerOutput;
			const key = eventKeyOf(output);
			const isOurs = executionBegan(key);
			if (limit === 0) return true;
			const passage = { key, executionId: context.getExecutionId() };
			const recording = deduplicatorContext(context, limit, isOurs);
			const recorder = deduplicatorOf(context);
			if (!isOurs || !isSinceStart(output.timestamp)) {
				return !(await recorder.isDuplicate(passage, recording));
			}
			// Its key in n8n's database has just been taken, and there was no time before to pass it on.
			recorder.note(passage, recording);
			return true;
		}),
	);
	const fresh = items
		.map((item, index) => ({ ...item, pairedItem: { item: index } }))
		.filter((_, index) => passed[index]);
	if (!downloadMedia) return [fresh];
	return [await Promise.all(fresh.map(async (item) => await attachMedia(context, item)))];
}

function deduplicatorContext(
	context: IExecuteFunctions,
	limit: number,
	alone: boolean,
): DeduplicatorContext {
	return {
		limit,
		alone,
		store: async (ids, maxEntries) =>
			await context.helpers.checkProcessedAndRecord(ids, 'node', { mode: 'entries', maxEntries }),
		onStoreFailure: (error) =>
			context.logger.warn(
				'Eyun WeChat Trigger: n8n could not look up whether messages were processed before. They are passed on and may be repeats',
				{ reason: reasonOf(error) },
			),
	};
}
