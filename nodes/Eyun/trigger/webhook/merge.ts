import type { IWebhookResponseData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { mergedOf } from '../../callbacks/conversation/merged';
import { isMessageEvent } from '../../callbacks/events';
import type { TriggerOutput } from '../../callbacks/output';
import { emitOf, startExecution } from '../execution/start';
import { startedByMessages } from '../execution/startedByMessages';
import type { Burst, BurstPlace } from '../state/bursts';
import type { Emit } from '../state/starts';
import type { TriggerState } from '../state/triggerState';
import { keepBursts, passOnByCall, reachesItself } from './ownBursts';
import type { Received } from './received';
import { chatKeyOf } from './takeover';

/** Messages that say something about others, and nothing themselves. */
export const NO_WORDS_OF_ONES_OWN = [
	'message.revoked',
	'message.pat',
	'message.voiceCall',
	'message.voiceCallEnded',
];

/** How long the trigger may take to become active; Eyun waits for 6 s. In milliseconds. */
const STARTING_MS = 4_000;

/**
 * Whether an event is to wait for more messages of the same person.
 *
 * @param received the event
 */
export function isMerged({ settings, event: { output } }: Received): boolean {
	if (settings.merge === undefined || output.self) return false;
	return (
		isMessageEvent(output.event) &&
		!NO_WORDS_OF_ONES_OWN.includes(output.event) &&
		output.chatId !== null
	);
}

/**
 * Keeps a message until its sender has been silent for a while; then all go on as one. The message is
 * stored in n8n's static data before it is answered, so that it outlives a crash.
 *
 * @param received the message
 * @param start starts an execution the way of webhooks, in the end of this call
 */
export async function merge(
	received: Received,
	start: (received: Received, output: TriggerOutput) => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData> {
	const { context, state, settings, responder, event } = received;
	const { merge: times } = settings;
	if (times === undefined) return responder.accept();
	const output = event.complete(state.shared.names, settings.sessionPerMember);
	const key = `${chatKeyOf(output)}|${output.senderId ?? ''}`;
	const emit = state.starts.emit ?? (await emitSoon(state));
	const isHere = emit !== undefined && !state.starts.runElsewhere;
	const place = isHere ? 'trigger' : await placeElsewhere(received);
	const begins = state.bursts.of(key) === undefined;
	const burst = state.bursts.add(key, output, place, (whole) => {
		if (whole.place === 'openCalls') return whole.end();
		const passing =
			whole.place === 'trigger' ? passOn(received, whole) : passOnByCall(received, whole);
		void state.starts.track(passing);
	});
	const { version, since } = burst;
	const now = Date.now();
	const longest = since + times.longestMs;
	burst.until = Math.min(now + times.silenceMs, longest);
	if (begins) void state.starts.track(burst.over);
	if (version === 1) void sleep(Math.max(longest - now, 0)).then(() => burst.passOn());
	void sleep(times.silenceMs).then(() => {
		if (burst.version === version) burst.passOn();
	});
	if (state.bursts.isFull(burst)) burst.passOn();
	if (burst.place === 'openCalls') {
		responder.acceptInTime();
		await burst.over;
		const isLast = burst.version === version && burst.messages.at(-1) === output;
		return isLast ? await start(received, mergedOf(burst.messages)) : responder.accept();
	}
	// Where a failure could not be made good, n8n alone answers, when it has stored the message.
	if (isHere) responder.acceptInTime();
	await state.durable.write(context, (data) => {
		if (burst.place === 'trigger') data.held = state.bursts.stored;
		else keepBursts(state, data);
	});
	return responder.accept();
}

/**
 * The trigger of this process, if it becomes active: when n8n activates it, it stores static data over
 * what a webhook has stored meanwhile. Waits in vain once only: a process for webhooks never has one.
 */
async function emitSoon(state: TriggerState): Promise<Emit | undefined> {
	state.bursts.emitSoon ??= emitOf(state, STARTING_MS);
	return await state.bursts.emitSoon;
}

async function placeElsewhere(received: Received): Promise<BurstPlace> {
	return (await reachesItself(received)) ? 'ownCalls' : 'openCalls';
}

async function passOn({ context, state, settings }: Received, burst: Burst): Promise<void> {
	const repeatable = settings.rememberedMessages === 0;
	await startExecution(context, state, startedByMessages(burst.messages, repeatable));
	burst.end();
	state.durable.note((data) => void (data.held = state.bursts.stored));
}
