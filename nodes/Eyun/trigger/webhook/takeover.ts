import { isMessageEvent } from '../../callbacks/events';
import type { TriggerOutput } from '../../callbacks/output';
import { FOR_EVER } from '../state/pausedChats';
import { copyOfKept, staticDataOf } from '../state/staticData';
import { keepBursts } from './ownBursts';
import type { Received } from './received';

/** What WeChat and phones put around words. */
const AROUND = /^[\s\p{P}]+|[\s\p{P}]+$/gu;

/**
 * Names a chat of an account.
 *
 * @param output what the trigger outputs for an event in it
 * @returns undefined for an event that is in no chat
 */
export function chatKeyOf({ wcId, account, chatId }: TriggerOutput): string | undefined {
	return chatId === null ? undefined : `${wcId ?? account ?? ''}|${chatId}`;
}

/** Whether an event is a message that the owner of the account has written. */
export function isOwners({ self, event }: TriggerOutput): boolean {
	return self && isMessageEvent(event);
}

/**
 * Whether a chat starts nothing now, because the owner writes in it.
 *
 * @param received an event
 */
export function isPaused({ context, state, settings, event }: Received): boolean {
	const key = chatKeyOf(event.output);
	if (settings.takeover === undefined || key === undefined) return false;
	const kept = state.starts.emit === undefined ? staticDataOf(context).paused?.[key] : undefined;
	// Another process may have heard the owner.
	if (kept !== undefined) state.paused.set(key, { until: kept.until, at: kept.at });
	return state.paused.has(key);
}

/**
 * Pauses a chat, or resumes it, because the owner has written in it. What waits there to be merged is
 * dropped, as it would be from now on.
 *
 * @param received a message of the owner
 */
export async function noteOwner({ context, state, settings, event }: Received): Promise<void> {
	const { output } = event;
	const { takeover, receivingAccounts } = settings;
	const key = chatKeyOf(output);
	if (takeover === undefined || key === undefined) return;
	if (receivingAccounts.length > 0 && !receivingAccounts.includes(output.wcId ?? '')) return;
	const at = output.timestamp === null ? Date.now() : output.timestamp * 1_000;
	const until = untilWhen(output.text, at, takeover);
	// What other processes have heard stays.
	if (state.starts.emit === undefined) state.paused.restore(copyOfKept(context, 'paused'));
	if (until === undefined || !state.paused.set(key, { until, at })) return;
	if (state.paused.has(key)) state.bursts.drop(key);
	await state.durable.write(context, (data) => {
		data.paused = state.paused.stored;
		data.held = state.bursts.stored;
		keepBursts(state, data);
	});
}

function untilWhen(
	text: string | null,
	at: number,
	{ pauseMs, pauseWords, resumeWords }: NonNullable<Received['settings']['takeover']>,
): number | undefined {
	const said = bare(text ?? '');
	if (resumeWords.some((word) => bare(word) === said)) return 0;
	if (pauseWords.some((word) => bare(word) === said)) return FOR_EVER;
	return pauseMs === 0 ? undefined : at + pauseMs;
}

function bare(words: string): string {
	return words.replace(AROUND, '').toLowerCase();
}
