import { createHash } from 'node:crypto';

import { HINT_EVENT } from './events';
import { fileStateOf } from './fileState';
import type { TriggerOutput } from './output';

/** What makes two callbacks the same one. */
export interface EventKey {
	id: string;
	/**
	 * True when the same event may rightly come again later, so that the key holds for a short while
	 * only: without an id and a time (leave a group, join, leave again), or a login that goes and comes.
	 */
	shortLived: boolean;
}

/** What Eyun may push twice, and the watchdog find out as well, for one and the same login. */
const ABOUT_A_LOGIN = ['system.offline', HINT_EVENT, 'system.online'];

/** How long an event without id and time counts as a duplicate, in milliseconds. */
export const SHORT_LIFE_MS = 10 * 60 * 1000;

/** Messages that were merged are the same event if they are the same messages. */
const AND = ' + ';

/**
 * Names all that one execution is started with.
 *
 * @param outputs what the trigger outputs, by item
 */
export function keyOfAll(outputs: readonly TriggerOutput[]): EventKey {
	const keys = outputs.map(eventKeyOf);
	const [first] = keys;
	return keys.length === 1 ? first : { id: keys.map(({ id }) => id).join(AND), shortLived: false };
}

/**
 * Names a callback: by account, type and `newMsgId` (a finished file by the message that announced
 * it), else `msgId` in its chat, else by all its
 * content. Works on the trigger's output, because the node's `execute()`
 * sees nothing else.
 *
 * @param output what the trigger outputs for the callback
 */
export function eventKeyOf(output: TriggerOutput): EventKey {
	if (output.messages !== undefined && output.messages.length > 1) return keyOfAll(output.messages);
	const { event, account, wcId, wId, chatId, msgId, timestamp, data } = output;
	const { kind, messageId } = sameFile(output) ?? {
		kind: output.messageType,
		messageId: output.messageId,
	};
	// Two hosted accounts in one group get one message each. wId is last: it changes at each login.
	const receiver = wcId ?? account ?? wId ?? '';
	const name = (...parts: Array<string | number>) => [receiver, kind, ...parts].join('|');
	if (wId !== null && ABOUT_A_LOGIN.includes(event)) {
		return { id: [event, wId].join('|'), shortLived: true };
	}
	if (messageId !== null) return { id: name(messageId), shortLived: false };
	if (msgId !== null) return { id: name(chatId ?? '', `#${msgId}`), shortLived: false };
	const content = createHash('sha256').update(JSON.stringify(data)).digest('base64');
	return { id: name(content), shortLived: timestamp === null };
}

/**
 * The message that announced a file and the one that brings it may both hold the finished file,
 * under two codes. An announcement stays an event of its own, or the file itself would be lost.
 */
function sameFile(output: TriggerOutput): { kind: string; messageId: string | null } | undefined {
	const file = fileStateOf(output);
	if (file?.state !== 'finished') return undefined;
	return { kind: 'file', messageId: file.announcementId ?? output.messageId };
}
