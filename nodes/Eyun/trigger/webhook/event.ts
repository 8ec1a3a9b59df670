import type { IWebhookResponseData } from 'n8n-workflow';

import type { EventKey } from '../../callbacks/eventKey';
import { eventKeyOf, SHORT_LIFE_MS } from '../../callbacks/eventKey';
import { CALLBACK_CHECK, HINT_EVENT, OFFLINE, OFFLINE_HINT } from '../../callbacks/events';
import type { TriggerOutput } from '../../callbacks/output';
import { contentOf, toOutput } from '../../callbacks/output';
import { startExecution } from '../execution/start';
import { passesFilters } from '../settings/filters';
import { judgeOffline } from '../watchdog/offlineNotice';
import type { Received } from './received';

/**
 * Deals with a callback of an active trigger.
 *
 * @param received the callback
 */
export async function receiveEvent(received: Received): Promise<IWebhookResponseData> {
	const { state, settings, responder, callback } = received;
	// The check push follows every registration, and does not say that Eyun has stopped pausing.
	if (callback.code !== CALLBACK_CHECK) state.pushes.note('accepted');
	const output = toOutput(callback);
	const isNotice = callback.code === OFFLINE && settings.watchdogMinutes > 0;
	const codes = isNotice ? [OFFLINE, OFFLINE_HINT] : [callback.code];
	if (!codes.some((code) => passesFilters(output, settings, code))) return responder.accept();
	const key = eventKeyOf(output);
	if (!isFirst(received, key)) return responder.accept();
	return isNotice
		? await receiveOfflineNotice(received, output, key)
		: await startAndRespond(received, output, key);
}

/** Judges Eyun's notice that an account went offline, which takes longer than Eyun waits. */
async function receiveOfflineNotice(
	received: Received,
	output: TriggerOutput,
	key: EventKey,
): Promise<IWebhookResponseData> {
	const { context, state, settings, responder } = received;
	responder.acceptNow();
	const verdict = await judgeOffline(context, state, output);
	if (verdict === 'known') return responder.accept();
	if (verdict === 'offline') {
		return passesFilters(output, settings, OFFLINE)
			? await startAndRespond(received, output, key)
			: responder.accept();
	}
	// The account may go offline later, which is then no duplicate.
	state.seen.delete(key.id);
	const hint = { ...output, event: HINT_EVENT };
	const hintKey = eventKeyOf(hint);
	const isNew = passesFilters(hint, settings, OFFLINE_HINT) && isFirst(received, hintKey);
	return isNew ? await startAndRespond(received, hint, hintKey) : responder.accept();
}

/** Whether this process lets the event through for the first time. */
function isFirst({ state: { seen }, settings }: Received, key: EventKey): boolean {
	const { rememberedMessages: limit } = settings;
	if (limit === 0) return true;
	if (seen.get(key.id)) return false;
	seen.set(key.id, true, limit, key.shortLived ? SHORT_LIFE_MS : Infinity);
	return true;
}

async function startAndRespond(
	received: Received,
	output: TriggerOutput,
	key: EventKey,
): Promise<IWebhookResponseData> {
	const { state, settings, responder } = received;
	const { backlog } = state.shared;
	if (settings.respondsImmediately && backlog.hasRoom) {
		responder.acceptNow();
		const endTurn = await backlog.takeTurn();
		return await start(received, output, key).finally(endTurn);
	}
	responder.acceptInTime(() => {
		state.seen.delete(key.id);
		state.pushes.note('failed');
	});
	return await start(received, output, key);
}

async function start(
	{ context, state, settings, responder, callback }: Received,
	output: TriggerOutput,
	key: EventKey,
): Promise<IWebhookResponseData> {
	const item = { json: { ...output, content: contentOf(callback) } };
	const uniqueKey = settings.rememberedMessages > 0 ? key : undefined;
	const result = await startExecution(context, state, item, uniqueKey);
	if (result === 'failed') return responder.refuse(500, 'n8n could not store the event');
	return responder.accept(result === 'leftToN8n' ? item : undefined);
}
