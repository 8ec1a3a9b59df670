import { createHash } from 'node:crypto';
import type {
	INodeExecutionData,
	IRun,
	ITriggerFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { acceptOnly } from './answer';
import type { RepeatKey } from './repeatKey';
import { SHORT_LIFE_MS } from './repeatKey';
import { triggerIdOf } from './triggerId';

/**
 * Starts executions. Where the active trigger lives in the same process as its webhook (any n8n
 * without webhook processes of its own), they start through the trigger's `emit`, because that takes
 * a key which n8n's database keeps unique: what was stored once, also before a restart, is not
 * started again, and no empty execution is left behind. Elsewhere n8n's own way for webhooks is
 * taken, and repeats are recognised in `execute()`.
 */

type Emit = ITriggerFunctions['emit'];

/** The emit functions of the active triggers of this process, by trigger. */
const emitters = new Map<string, Emit>();

/** Told when `execute()` begins with a message: n8n has stored the execution then. By key. */
const beginnings = new Map<string, () => void>();

/** In queue mode executions run in workers, and no beginning is ever told here. */
let runsElsewhere = false;

/** How an attempt to start an execution went. */
type End = 'stored' | 'known' | 'failed';

/** Lets messages of a trigger start executions through its `emit`. Returns how to end that. */
export function startThrough(triggerId: string, emit: Emit): () => void {
	emitters.set(triggerId, emit);
	return () => {
		if (emitters.get(triggerId) === emit) emitters.delete(triggerId);
	};
}

/** To be called by `execute()` for every message it gets. */
export function announceBeginning(key: RepeatKey): void {
	beginnings.get(key.id)?.();
}

/**
 * Starts an execution for an event.
 *
 * @param item what the trigger gives out
 * @param key names the event; undefined when repeats are wanted
 * @param answer what the vendor is answered
 * @param onFailure called when n8n could not store it
 */
export async function start(
	context: IWebhookFunctions,
	item: INodeExecutionData,
	key: RepeatKey,
	{
		unique,
		answer,
		onFailure,
	}: { unique: boolean; answer: unknown; onFailure(): IWebhookResponseData },
): Promise<IWebhookResponseData> {
	const triggerId = triggerIdOf(context);
	const emit = emitters.get(triggerId);
	if (context.getMode() === 'manual' || emit === undefined || runsElsewhere) {
		return { ...acceptOnly(answer), workflowData: [[item]] };
	}
	const done = context.helpers.createDeferredPromise<IRun>();
	const stored = await new Promise<End>((resolve) => {
		beginnings.set(key.id, () => resolve('stored'));
		done.promise.then(
			(run: IRun | undefined) => {
				// The whole execution has ended and its beginning was not told here.
				if (run?.status === 'success' && beginnings.has(key.id)) runsElsewhere = true;
				resolve(run === undefined ? 'known' : 'stored');
			},
			() => resolve('failed'),
		);
		emit([[item]], undefined, done, unique ? deduplicationKey(triggerId, key) : undefined);
	});
	beginnings.delete(key.id);
	return stored === 'failed' ? onFailure() : acceptOnly(answer);
}

/**
 * A key for n8n's unique index over all executions.
 *
 * @param triggerId names the trigger among all of the n8n instance
 */
export function deduplicationKey(triggerId: string, { id, shortLived }: RepeatKey): string {
	const slot = shortLived ? Math.floor(Date.now() / SHORT_LIFE_MS) : '';
	return `eyun:${createHash('sha256').update(`${triggerId}|${id}|${slot}`).digest('base64url')}`;
}
