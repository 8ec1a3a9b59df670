import type {
	IExecuteFunctions,
	INodeExecutionData,
	IRun,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { EventKey } from '../../callbacks/eventKey';
import { reasonOf } from '../../common/errors';
import type { Emit } from '../state/starts';
import type { TriggerState } from '../state/triggerState';
import { executionKey, newExecutionKey } from './executionKey';

/**
 * Starts executions. Where the active trigger lives in the same process as its webhook (any n8n
 * without webhook processes of its own), they start through the trigger's `emit`, because that takes
 * a key which n8n's database keeps unique: what was stored once, also before a restart, is not
 * started again, no empty execution is left behind, and what could not be stored can be tried again.
 * Below n8n 2.35 `emit` is no use with a key (`Emit.tells`). It is used all the same: the beginning of
 * the execution shows that it is stored, where n8n's own way for webhooks answers before (below about
 * 2.8), and `execute()` drops duplicates by its record.
 * Elsewhere executions start by n8n's own way for webhooks, and `execute()` drops duplicates.
 */

/** When n8n starts, webhooks answer before the triggers behind them are active; milliseconds. */
const STARTING_MS = 15_000;
const LONGEST_WAIT_MS = 2_000;

/** An execution that does not begin is in n8n's database after so many milliseconds, and held back. */
const STORED_WITHIN_MS = 5_000;

/** While a workflow is saved, its trigger is away for a moment; one that is deactivated stays away. */
const AWAY_MS = 60_000;

/**
 * Where `emit` does not tell that n8n could not store an execution: after so many milliseconds without
 * its beginning it is started again. Should n8n only have held it back, the second one is dropped.
 */
const NO_NEWS_MS = 20_000;

/** One event, or several, that are to start an execution. */
export interface StartedEvent {
	/** What the trigger outputs. */
	items: INodeExecutionData[];
	/** Names them (`keyOfAll`). */
	key: EventKey;
	/** Whether duplicates of it start executions, too. */
	repeatable: boolean;
}

/** What became of the start of an execution. */
export type StartResult =
	/** n8n has stored it. */
	| 'stored'
	/** It was stored before: the event is a duplicate. */
	| 'known'
	/** n8n could not store it, and it is not tried any more. */
	| 'failed'
	/** Nothing yet: n8n starts it when `webhook()` returns the item. */
	| 'leftToN8n';

type Context = ITriggerFunctions | IWebhookFunctions | IExecuteFunctions;

/**
 * Starts the execution of an event. What n8n cannot store is tried again until it is stored, or
 * until the trigger is deactivated.
 *
 * @param context n8n's functions of the webhook or the trigger
 * @param state of the trigger
 * @param event what to start it for
 */
export async function startExecution(
	context: Context,
	state: TriggerState,
	event: StartedEvent,
): Promise<StartResult> {
	const emit = await emitOf(state);
	if (emit === undefined && !event.repeatable) state.starts.noteEarly(event.key.id);
	if (emit === undefined || state.starts.runElsewhere) return 'leftToN8n';
	return await state.starts.track(startThroughEmit(context, state, event));
}

/**
 * Starts an event once more, under its key, that n8n started its own way because the trigger was not
 * active yet. Only the key tells whether it was there before a crash, if that came so soon after it that
 * the record was not written any more.
 *
 * @param context n8n's functions of the execution that n8n started
 * @param state of the trigger
 * @param event what that execution is about
 * @returns whether it is started under its key or has been before, so that this execution is to end
 */
export async function startUnderKey(
	context: IExecuteFunctions,
	state: TriggerState,
	event: StartedEvent,
): Promise<boolean> {
	if (!state.starts.takeEarly(event.key.id)) return false;
	const emit = await emitOf(state, STARTING_MS);
	if (emit?.tells !== true || state.starts.runElsewhere) return false;
	const starting = startExecution(context, state, event);
	// It may begin only when this one has ended: n8n's concurrency limit.
	const held = sleep(STORED_WITHIN_MS).then((): StartResult => 'stored');
	return (await Promise.race([starting, held])) !== 'failed';
}

/**
 * Starts the execution of an event that the trigger itself has found out, until n8n has stored it.
 *
 * @param context n8n's functions of the active trigger
 * @param state of the trigger
 * @param event what to start it for
 */
export async function startFromTrigger(
	context: ITriggerFunctions,
	state: TriggerState,
	event: StartedEvent,
): Promise<void> {
	if (state.starts.emit !== undefined) {
		await state.starts.track(startThroughEmit(context, state, event));
	} else {
		context.emit([event.items]);
	}
}

/**
 * Starts the execution of an event that n8n could not store its own way after Eyun had got its answer.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param event what to start it for
 */
export async function startAgain(
	context: Context,
	state: TriggerState,
	event: StartedEvent,
): Promise<StartResult> {
	const { starts } = state;
	const attempt = attemptOf(context, state, event);
	reportFailure(context, state, new Error('n8n answered with an error'));
	return await starts.track(starts.failed.lineUp(starts.nextArrival(), attempt));
}

async function startThroughEmit(
	context: Context,
	state: TriggerState,
	event: StartedEvent,
): Promise<StartResult> {
	const { failed } = state.starts;
	const arrival = state.starts.nextArrival();
	const attempt = attemptOf(context, state, event);
	// What comes while others wait lines up behind them, so that the order stays.
	const result = failed.hasAny ? undefined : await attempt();
	if (result !== undefined) return result;
	return failed.hasRoom ? await failed.lineUp(arrival, attempt) : 'failed';
}

/** What is known of an event's execution, over all tries to start it. */
interface Beginning {
	items: INodeExecutionData[];
	/** The key of which n8n's database holds one execution at most. */
	name: string;
	hasBegun: boolean;
	/** Called when it begins. */
	onBegin(): void;
	/** Ends the listening, where there is one. */
	stop?(): void;
}

/** One try to have an event stored, as often as it is called; undefined when n8n could not. */
function attemptOf(
	context: Context,
	state: TriggerState,
	{ items, key, repeatable }: StartedEvent,
): () => Promise<StartResult | undefined> {
	const name = repeatable ? newExecutionKey() : executionKey(state.id, key);
	const beginning: Beginning = { items, name, hasBegun: false, onBegin: () => {} };
	return async () => {
		const emit = state.starts.emit ?? (await state.starts.whenActive(AWAY_MS));
		// An earlier try may have been held back only.
		if (beginning.hasBegun) return 'stored';
		if (emit === undefined) {
			endListening(beginning);
			context.logger.error(
				'Eyun WeChat Trigger: an event is lost. n8n could not store it until the workflow was deactivated',
				{ messages: items.map(({ json }) => json.messageId) },
			);
			return 'failed';
		}
		beginning.stop ??= listen(state, key, beginning);
		try {
			const result = await emitOnce(context, state, emit, beginning);
			endListening(beginning);
			return result;
		} catch (error) {
			// Where n8n says that it failed, whatever begins now is not of this try.
			if (emit.tells) endListening(beginning);
			reportFailure(context, state, error);
			return undefined;
		}
	};
}

function listen({ starts }: TriggerState, key: EventKey, beginning: Beginning): () => void {
	return starts.onBeginning(key.id, () => {
		beginning.hasBegun = true;
		beginning.onBegin();
	});
}

function endListening(beginning: Beginning): void {
	beginning.stop?.();
	beginning.stop = undefined;
}

/** @throws when n8n could not store the execution, or gives no sign of it */
async function emitOnce(
	context: Context,
	{ starts }: TriggerState,
	emit: Emit,
	beginning: Beginning,
): Promise<StartResult> {
	const done = context.helpers.createDeferredPromise<IRun>();
	return await new Promise<StartResult>((resolve, reject) => {
		beginning.onBegin = () => resolve('stored');
		done.promise.then((run: IRun | undefined) => {
			// The whole execution has ended and its beginning was not reported here.
			if (run?.status === 'success' && !beginning.hasBegun) starts.runElsewhere = true;
			resolve(run === undefined ? 'known' : 'stored');
		}, reject);
		if (!emit.tells) {
			void sleep(NO_NEWS_MS).then(() => reject(new Error('n8n did not start the execution')));
		}
		emit.start([beginning.items], undefined, done, emit.tells ? beginning.name : undefined);
	});
}

/** Once for each time of trouble: a database that is away for an hour must not fill the log. */
function reportFailure(context: Context, { starts, pushes }: TriggerState, error: unknown): void {
	pushes.note('failed');
	if (starts.failed.hasAny) return;
	context.logger.warn(
		'Eyun WeChat Trigger: n8n could not store an event. It is kept in memory, with those that come after it, and tried again until n8n stores it',
		{ reason: reasonOf(error) },
	);
}

/**
 * The emit function; waits where the trigger is about to become active in this process, or may be.
 *
 * @param state of the trigger
 * @param longestMs how long, in milliseconds
 */
export async function emitOf(
	{ id, starts, shared }: TriggerState,
	longestMs = LONGEST_WAIT_MS,
): Promise<Emit | undefined> {
	if (starts.emit !== undefined) return starts.emit;
	const isExpected = shared.registrations.of(id, false) !== undefined;
	const isStarting = !shared.hasActive && performance.now() - shared.startedMs < STARTING_MS;
	return isExpected || isStarting ? await starts.whenActive(longestMs) : undefined;
}
