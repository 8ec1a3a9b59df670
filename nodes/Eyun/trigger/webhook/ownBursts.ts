import type { IWebhookResponseData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { mergedOf } from '../../callbacks/conversation/merged';
import type { TriggerOutput } from '../../callbacks/output';
import { type Burst, missingIn } from '../state/bursts';
import { copyOfKept } from '../state/staticData';
import type { TriggerStaticData } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import type { OwnCall } from './ownCall';
import { callItself } from './ownCall';
import type { Received } from './received';

/**
 * Bursts in a process that only serves webhooks. They are kept in n8n's static data, with the name of
 * the process that holds them, and passed on by a call of the process to itself. What a process has
 * left behind is taken over by the one that gets the next callback.
 */

/** So much later than its own process would another one passes a burst on; milliseconds. */
const GRACE_MS = 3_000;

/** While a workflow is saved, its webhook is away for a moment; one that is deactivated stays away. */
const AWAY_MS = 60_000;

/** How long it counts that the process could not reach itself, in milliseconds. */
const TRY_AGAIN_MS = 60_000;

/** What a call to the own webhook has to deal with. */
export type OwnReceived = Pick<Received, 'context' | 'state' | 'responder'>;

/** Puts what waits into the place of what is kept. */
export function keepBursts({ bursts }: TriggerState, data: TriggerStaticData): void {
	const { storedForOthers } = bursts;
	if (storedForOthers !== undefined) data.heldByWebhooks = storedForOthers;
	else if (data.heldByWebhooks !== undefined) delete data.heldByWebhooks;
}

/**
 * Whether the process reaches its own webhook. Where it does not, because of a proxy in between, say,
 * only open webhook calls can start executions later.
 *
 * @param received the event at hand
 */
export async function reachesItself({
	context,
	state,
}: Pick<Received, 'context' | 'state'>): Promise<boolean> {
	const { bursts } = state;
	bursts.reachesItself ??= callItself(context, state, { what: 'nothing' }).then((failure) => {
		if (failure === undefined) return true;
		context.logger.warn(
			'Eyun WeChat Trigger: this n8n process does not reach its own webhook. Messages that wait to be merged are in memory only, and Eyun gets its answers late',
			{ reason: failure.reason },
		);
		void sleep(TRY_AGAIN_MS).then(() => (bursts.reachesItself = undefined));
		return false;
	});
	return await bursts.reachesItself;
}

/**
 * Passes a burst on until n8n has stored its execution.
 *
 * @param received the event at hand when it began
 * @param burst one that is leaving
 */
export async function passOnByCall(
	{ context, state }: Pick<Received, 'context' | 'state'>,
	burst: Burst,
): Promise<void> {
	const { starts, bursts } = state;
	let awaySince: number | undefined;
	const attempt = async (): Promise<true | undefined> => {
		if (bursts.leavingBy(burst.id) === undefined) return true;
		const failure = await callItself(context, state, { what: 'start', burst: burst.id });
		if (failure === undefined) return true;
		if (failure.status === 404) {
			awaySince ??= performance.now();
			bursts.leaveToOthers(burst);
			if (performance.now() - awaySince > AWAY_MS) return true;
		} else if (!starts.failed.hasAny) {
			context.logger.warn(
				'Eyun WeChat Trigger: n8n could not store an execution. The messages are kept in its database, and tried again until n8n stores it',
				{ reason: failure.reason },
			);
		}
		return undefined;
	};
	const arrival = starts.nextArrival();
	const isDone = starts.failed.hasAny ? undefined : await attempt();
	if (!isDone) await starts.failed.lineUp(arrival, attempt);
	burst.end();
	await callItself(context, state, { what: 'store' });
}

/**
 * Takes over what other processes hold: they may be gone. One that is not passes its bursts on first.
 *
 * @param received the event at hand
 */
export function takeOverBursts({ context, state }: Pick<Received, 'context' | 'state'>): void {
	const held = copyOfKept(context, 'heldByWebhooks');
	if (held === undefined) return;
	const fresh = state.bursts.takeOver(held, (burst) => {
		void state.starts.track(passOnByCall({ context, state }, burst));
	});
	for (const burst of fresh) {
		const { version } = burst;
		void state.starts.track(burst.over);
		void sleep(Math.max(burst.until + GRACE_MS - Date.now(), 0)).then(() => {
			if (burst.version === version) burst.passOn();
		});
	}
}

/**
 * Deals with a call of this process to its own webhook.
 *
 * @param received the call
 * @param call its body
 */
export async function receiveOwnCall(
	{ context, state, responder }: OwnReceived,
	call: OwnCall,
): Promise<IWebhookResponseData> {
	takeOverBursts({ context, state });
	if (call.what === 'store') {
		await state.durable.write(context, (data) => keepBursts(state, data));
	}
	const burst = call.what === 'start' ? state.bursts.leavingBy(call.burst) : undefined;
	const messages = burst === undefined ? [] : messagesToPassOn({ context, state }, burst);
	return messages.length > 0 ? responder.accept({ json: mergedOf(messages) }) : responder.accept();
}

/** Which messages of a burst are for this process to pass on, as the database has it now. */
function messagesToPassOn(
	{ context, state }: Pick<Received, 'context' | 'state'>,
	burst: Burst,
): TriggerOutput[] {
	const { bursts } = state;
	const kept = copyOfKept(context, 'heldByWebhooks')?.[burst.id];
	const isOwn = burst.holder === bursts.holder;
	// Its own may be missing because main has stored an older state of the static data.
	if (kept === undefined) return isOwn && !bursts.isLeftToOthers(burst) ? burst.messages : [];
	if (kept.holder !== burst.holder) return missingIn(kept.messages, burst.messages);
	if (isOwn) return burst.messages;
	if (kept.until <= burst.until) return kept.messages;
	// Its process lives, and has got another message.
	burst.end();
	bursts.forget(burst);
	takeOverBursts({ context, state });
	return [];
}
