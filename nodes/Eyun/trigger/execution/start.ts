import type { INodeExecutionData, IRun, IWebhookFunctions } from 'n8n-workflow';

import type { EventKey } from '../../callbacks/eventKey';
import type { Emit } from '../state/starts';
import type { TriggerState } from '../state/triggerState';
import { executionKey } from './executionKey';

/**
 * Starts executions. Where the active trigger lives in the same process as its webhook (any n8n
 * without webhook processes of its own), they start through the trigger's `emit`, because that takes
 * a key which n8n's database keeps unique: what was stored once, also before a restart, is not
 * started again, and no empty execution is left behind. Elsewhere executions start by n8n's own way
 * for webhooks, and `execute()` drops duplicates.
 */

/** When n8n starts, webhooks answer before the triggers behind them are active; milliseconds. */
const STARTING_MS = 15_000;
const LONGEST_WAIT_MS = 2_000;

/** What became of the start of an execution. */
export type StartResult =
	/** n8n has stored it. */
	| 'stored'
	/** It was stored before: the event is a duplicate. */
	| 'known'
	/** n8n could not store it. */
	| 'failed'
	/** Nothing yet: n8n starts it when `webhook()` returns the item. */
	| 'leftToN8n';

/**
 * Starts the execution of an event.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param item what the trigger outputs
 * @param key names the event; undefined where duplicates are to start executions, too
 */
export async function startExecution(
	context: IWebhookFunctions,
	state: TriggerState,
	item: INodeExecutionData,
	key: EventKey | undefined,
): Promise<StartResult> {
	const emit = key && (await emitOf(state));
	if (key === undefined || emit === undefined || state.starts.runElsewhere) return 'leftToN8n';
	return await state.starts.track(startThrough(context, state, emit, item, key));
}

async function startThrough(
	context: IWebhookFunctions,
	{ id, starts }: TriggerState,
	emit: Emit,
	item: INodeExecutionData,
	key: EventKey,
): Promise<StartResult> {
	const done = context.helpers.createDeferredPromise<IRun>();
	let isReported = false;
	let stopListening = () => {};
	const result = await new Promise<StartResult>((resolve) => {
		stopListening = starts.onBeginning(key.id, () => {
			isReported = true;
			resolve('stored');
		});
		done.promise.then(
			(run: IRun | undefined) => {
				// The whole execution has ended and its beginning was not reported here.
				if (run?.status === 'success' && !isReported) starts.runElsewhere = true;
				resolve(run === undefined ? 'known' : 'stored');
			},
			() => resolve('failed'),
		);
		emit([[item]], undefined, done, executionKey(id, key));
	});
	stopListening();
	return result;
}

/** Waits a moment where the trigger is about to become active in this process, or may be. */
async function emitOf({ id, starts, shared }: TriggerState): Promise<Emit | undefined> {
	if (starts.emit !== undefined) return starts.emit;
	const isExpected = shared.registrations.of(id, false) !== undefined;
	const isStarting = !shared.hasActive && performance.now() - shared.startedMs < STARTING_MS;
	return isExpected || isStarting ? await starts.whenActive(LONGEST_WAIT_MS) : undefined;
}
