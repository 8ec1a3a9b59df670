import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { mergedOf } from '../../callbacks/conversation/merged';
import { eventKeyOf, keyOfAll } from '../../callbacks/eventKey';
import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import type { TriggerSettings } from '../settings/parse';
import { readSettings } from '../settings/parse';
import type { DeduplicatorContext } from '../state/deduplicator';
import type { TriggerState } from '../state/triggerState';
import { attachAllMedia } from './media';
import { withNames } from './names';
import { startUnderKey } from './start';

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
	const settings = await readSettings(context);
	// Test runs and retries by hand are meant to see the same message again.
	const isProduction = PRODUCTION.includes(context.getMode());
	const paired = items.map((item, index) => ({ ...item, pairedItem: { item: index } }));
	const fresh = isProduction ? await withoutDuplicates(context, state, paired, settings) : paired;
	const named = settings.lookUpNames
		? await Promise.all(fresh.map(async (item) => await withNames(context, state, item)))
		: fresh;
	if (!settings.downloadMedia) return [named];
	const { voiceFormat } = settings;
	return [
		await Promise.all(named.map(async (item) => await attachAllMedia(context, item, voiceFormat))),
	];
}

async function withoutDuplicates(
	context: IExecuteFunctions,
	state: TriggerState,
	items: INodeExecutionData[],
	{ rememberedMessages: limit }: TriggerSettings,
): Promise<INodeExecutionData[]> {
	const { starts, deduplicator, shared } = state;
	const outputs = items.map(({ json }) => json as TriggerOutput);
	const key = keyOfAll(outputs);
	const isOurs = starts.reportBeginning(key.id);
	if (limit === 0) return items;
	const event = { items: outputs.map((json) => ({ json })), key, repeatable: false };
	if (!isOurs && (await startUnderKey(context, state, event))) return [];
	const store = storeOf(context, limit, isOurs);
	const executionId = context.getExecutionId();
	// Without a key of its own in n8n's database only the record says so, before anything runs behind it.
	const isKeyed = isOurs && starts.emit?.tells === true;
	const isNew = async (output: TriggerOutput, alone: boolean) => {
		const passage = { key: eventKeyOf(output), executionId };
		if (!isKeyed || !alone || !shared.isFromAfterStart(output.timestamp)) {
			return !(await deduplicator.isDuplicate(passage, store));
		}
		// Its key in n8n's database has just been taken, and there was no time before to pass it on.
		deduplicator.note(passage, store);
		return true;
	};
	const fresh = await Promise.all(
		items.map(async (item, index) => {
			const { messages } = outputs[index];
			if (messages === undefined || messages.length < 2) {
				return (await isNew(outputs[index], items.length === 1)) ? item : undefined;
			}
			const news = await Promise.all(messages.map(async (message) => await isNew(message, false)));
			const left = messages.filter((_, place) => news[place]);
			if (left.length === messages.length) return item;
			return left.length === 0 ? undefined : { ...item, json: mergedOf(left) };
		}),
	);
	return fresh.filter((item) => item !== undefined);
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
