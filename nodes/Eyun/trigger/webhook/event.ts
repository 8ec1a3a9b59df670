import type { IWebhookResponseData } from 'n8n-workflow';

import { keyOfAll, SHORT_LIFE_MS } from '../../callbacks/eventKey';
import {
	CALLBACK_CHECK,
	HINT_EVENT,
	OFFLINE,
	OFFLINE_HINT,
	OWNER_MESSAGE,
} from '../../callbacks/events';
import type { TriggerOutput } from '../../callbacks/output';
import { DELIVERY_LIFE_MS, deliveryOf, MOST_DELIVERIES } from '../address/share';
import type { StartedEvent } from '../execution/start';
import { startAgain, startExecution } from '../execution/start';
import { passesFilters } from '../settings/filters';
import { judgeOffline } from '../watchdog/offlineNotice';
import { isMerged, merge } from './merge';
import type { Received } from './received';
import { isOwners, isPaused, noteOwner } from './takeover';

/**
 * Deals with an event of an active trigger.
 *
 * @param received the event
 */
export async function receiveEvent(received: Received): Promise<IWebhookResponseData> {
	const { state, settings, responder, event } = received;
	// The check push follows every registration, and does not say that Eyun has stopped pausing.
	if (event.code !== CALLBACK_CHECK) state.pushes.note('accepted');
	if (isOwners(event.output)) return await receiveOwners(received);
	if (isPaused(received)) return responder.accept();
	const isNotice = event.code === OFFLINE && settings.watchdogMinutes > 0;
	const codes = isNotice ? [OFFLINE, OFFLINE_HINT] : [event.code];
	if (!codes.some((code) => passesFilters(event.output, settings, code))) {
		return responder.accept();
	}
	if (!isFirst(received)) return responder.accept();
	if (isNotice) return await receiveOfflineNotice(received);
	if (isMerged(received)) return await merge(received, startWith);
	return await startAndRespond(received);
}

/** What the owner writes pauses the chat, and is an event of its own for those who choose it. */
async function receiveOwners(received: Received): Promise<IWebhookResponseData> {
	const { settings, responder, event } = received;
	if (settings.takeover) await noteOwner(received);
	const own = { ...received, event: event.as(OWNER_MESSAGE) };
	const chosen = [
		{ from: own, code: OWNER_MESSAGE },
		{ from: received, code: event.code },
	].find(({ from, code }) => passesFilters(from.event.output, settings, code));
	if (chosen === undefined || !isFirst(chosen.from)) return responder.accept();
	return await startAndRespond(chosen.from);
}

/** Judges Eyun's notice that an account went offline, which takes longer than Eyun waits. */
async function receiveOfflineNotice(received: Received): Promise<IWebhookResponseData> {
	const { context, state, settings, responder, event } = received;
	responder.acceptNow();
	const verdict = await judgeOffline(context, state, event.output);
	if (verdict === 'known') return responder.accept();
	if (verdict === 'offline') {
		const isWanted = passesFilters(event.output, settings, OFFLINE);
		return isWanted ? await startAndRespond(received) : responder.accept();
	}
	// The account may go offline later, which is then no duplicate.
	letComeAgain(received);
	const hint = { ...received, event: event.as(HINT_EVENT) };
	const isNew = passesFilters(hint.event.output, settings, OFFLINE_HINT) && isFirst(hint);
	return isNew ? await startAndRespond(hint) : responder.accept();
}

/**
 * Whether this process lets the event through for the first time. Where duplicates start executions, another
 * trigger's second try to hand it on is none.
 */
function isFirst(received: Received): boolean {
	const { state, settings, event } = received;
	const { rememberedMessages: limit } = settings;
	const id = knownAs(received);
	if (id === undefined) return true;
	if (state.seen.get(id)) return false;
	if (limit === 0) state.seen.set(id, true, MOST_DELIVERIES, DELIVERY_LIFE_MS);
	else state.seen.set(id, true, limit, event.key.shortLived ? SHORT_LIFE_MS : Infinity);
	return true;
}

/** What tells the event from others; undefined for one that is always new. */
function knownAs({ context, settings, event }: Received): string | undefined {
	return settings.rememberedMessages === 0 ? deliveryOf(context) : event.key.id;
}

async function startAndRespond(received: Received): Promise<IWebhookResponseData> {
	const { state, settings, responder } = received;
	const { backlog } = state.shared;
	if (settings.respondsImmediately && backlog.hasRoom) {
		responder.acceptNow();
		const endTurn = await backlog.takeTurn();
		return await start(received).finally(endTurn);
	}
	// Where a failure could not be made good, n8n alone answers, when it has stored the execution.
	if (state.starts.canStartAgain) responder.acceptInTime();
	return await start(received);
}

async function start(received: Received): Promise<IWebhookResponseData> {
	const { state, settings, event } = received;
	return await startWith(received, event.complete(state.shared.names, settings.sessionPerMember));
}

async function startWith(received: Received, output: TriggerOutput): Promise<IWebhookResponseData> {
	const { context, state, settings, responder } = received;
	const repeatable = settings.rememberedMessages === 0;
	const startAll = async (outputs: TriggerOutput[]) =>
		await startExecution(context, state, {
			items: outputs.map((json) => ({ json })),
			key: keyOfAll(outputs),
			repeatable,
		});
	const together = settings.severalEvents && state.starts.emit !== undefined;
	const result = together ? await state.waiting.store(output, startAll) : await startAll([output]);
	if (result === 'failed') {
		forget(received);
		return responder.refuse(500, 'n8n could not store the event');
	}
	if (result !== 'leftToN8n') return responder.accept();
	const item = { json: output };
	const started = { items: [item], key: keyOfAll([output]), repeatable };
	responder.onFailure(() => void recover(received, started));
	return responder.accept(item);
}

/** n8n could not store an event its own way. */
async function recover(received: Received, started: StartedEvent): Promise<void> {
	const { context, state, responder } = received;
	if (!responder.hasAccepted) return forget(received);
	if (state.starts.canStartAgain) {
		const result = await startAgain(context, state, started);
		if (result !== 'failed') return;
	}
	forget(received);
	context.logger.error(
		'Eyun WeChat Trigger: an event is lost. n8n could not store it, and Eyun had got its answer',
		{ messages: started.items.map(({ json }) => json.messageId) },
	);
}

/** The event was not stored: whoever pushed it may do so again. */
function forget(received: Received): void {
	letComeAgain(received);
	received.state.pushes.note('failed');
}

/** Lets an event be the first one again. */
function letComeAgain(received: Received): void {
	const id = knownAs(received);
	if (id !== undefined) received.state.seen.delete(id);
}
