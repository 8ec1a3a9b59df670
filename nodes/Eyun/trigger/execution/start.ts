import type {
	INodeExecutionData,
	IRun,
	ITriggerFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import type { EventKey } from '../../callbacks/eventKey';
import { SHORT_LIFE_MS } from '../../callbacks/eventKey';
import { registrationOf } from '../state/registrations';
import { triggerIdOf } from '../state/triggerId';
import { acceptOnly } from '../webhook/respond';

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

/** Those who wait for a trigger to become active, by trigger. */
const waiting = new Map<string, Set<() => void>>();

/** When n8n starts, webhooks answer before the triggers behind them are active; milliseconds. */
const LOADED_MS = performance.now();
const STARTING_MS = 15_000;
const LONGEST_WAIT_MS = 2_000;

/** Told when `execute()` begins with a message: n8n has stored the execution then. By key. */
const beginnings = new Map<string, () => void>();

/** In queue mode executions run in workers, and no beginning is ever told here. */
let runsElsewhere = false;

/** How an attempt to start an execution went. */
type End = 'stored' | 'known' | 'failed';

/** Lets messages of a trigger start executions through its `emit`. Returns how to end that. */
export function startThrough(triggerId: string, emit: Emit): () => void {
	emitters.set(triggerId, emit);
	for (const tell of waiting.get(triggerId) ?? []) tell();
	waiting.delete(triggerId);
	return () => {
		if (emitters.get(triggerId) === emit) emitters.delete(triggerId);
	};
}

/**
 * To be called by `execute()` for every message it gets.
 *
 * @returns whether this process has just started its execution under a key of its own in the database
 */
export function executionBegan(key: EventKey): boolean {
	const tell = beginnings.get(key.id);
	tell?.();
	return tell !== undefined;
}

/**
 * Starts an execution for an event.
 *
 * @param item what the trigger gives out
 * @param key names the event
 * @param options `isUnique`: repeats start nothing; `answer`: what the vendor is answered;
 *   `onFailure`: called when n8n could not store it
 */
export async function start(
	context: IWebhookFunctions,
	item: INodeExecutionData,
	key: EventKey,
	{
		isUnique,
		answer,
		onFailure,
	}: { isUnique: boolean; answer: unknown; onFailure(): IWebhookResponseData },
): Promise<IWebhookResponseData> {
	const triggerId = triggerIdOf(context);
	const emit = isUnique ? await emitterOf(triggerId) : undefined;
	if (emit === undefined || runsElsewhere) {
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
		emit([[item]], undefined, done, deduplicationKey(triggerId, key));
	});
	beginnings.delete(key.id);
	return stored === 'failed' ? onFailure() : acceptOnly(answer);
}

/** Waits a moment where the trigger is about to become active in this process, or may be. */
async function emitterOf(triggerId: string): Promise<Emit | undefined> {
	const known = emitters.get(triggerId);
	if (known !== undefined) return known;
	const isExpected = registrationOf(triggerId, false) !== undefined;
	const isStarting = emitters.size === 0 && performance.now() - LOADED_MS < STARTING_MS;
	if (!isExpected && !isStarting) return undefined;
	const isActive = new Promise<void>((tell) => {
		const others = waiting.get(triggerId) ?? new Set();
		waiting.set(triggerId, others.add(tell));
	});
	await Promise.race([isActive, sleep(LONGEST_WAIT_MS)]);
	return emitters.get(triggerId);
}

/**
 * A key for n8n's unique index over all executions.
 *
 * @param triggerId names the trigger among all of the n8n instance
 */
export function deduplicationKey(triggerId: string, { id, shortLived }: EventKey): string {
	const slot = shortLived ? Math.floor(Date.now() / SHORT_LIFE_MS) : '';
	return `eyun:${createHash('sha256').update(`${triggerId}|${id}|${slot}`).digest('base64url')}`;
}
