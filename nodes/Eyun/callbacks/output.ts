import type { IDataObject } from 'n8n-workflow';

import { readContent } from './content';
import { isEverybody } from './conversation/mention';
import { senderNameIn } from './conversation/senderName';
import type { ChatType } from './events';
import { eventTypeOf, UNKNOWN_EVENT } from './events';
import type { Callback } from './parse';
import { idText } from './parse';
import { placeOf } from './place';
import { textOf } from './text';

/** What the trigger outputs for one callback. docs/trigger.md explains every field. */
export interface TriggerOutput extends IDataObject {
	event: string;
	messageType: string;
	chatType: ChatType;
	account: string | null;
	wcId: string | null;
	wId: string | null;
	chatId: string | null;
	/** Null until `complete` fills it in. */
	chatName: string | null;
	senderId: string | null;
	senderName: string | null;
	self: boolean;
	messageId: string | null;
	msgId: number | string | null;
	timestamp: number | null;
	time: string | null;
	text: string | null;
	/** What was said, in words for a model; '' until `complete` fills it in. */
	chatInput: string;
	/** Account and chat, for the memory of an agent. */
	sessionId: string;
	mentions: string[];
	mentioned: boolean;
	/** Null until `contentOf` is asked for it. */
	content: IDataObject | string | null;
	/** Each of the messages that were merged; only where messages are merged. */
	messages?: TriggerOutput[];
	data: IDataObject;
}

/** Above this a time is in milliseconds: as seconds it would be the year 5138. */
const LARGEST_SECONDS = 100_000_000_000;

/**
 * Turns a callback into the trigger's output.
 *
 * @param callback a checked callback
 * @returns every field of the output; `null` where Eyun sent nothing
 */
export function toOutput(callback: Callback): TriggerOutput {
	const { data, messageType } = callback;
	const type = eventTypeOf(callback.code);
	const event = type?.event ?? UNKNOWN_EVENT;
	const place = placeOf(callback, event, type?.chatType);
	const { chatType, chatId, senderId, self, wcId, content } = place;
	const mentions = mentionsOf(data);
	const timestamp = secondsOf(data.timestamp ?? data.createTime);
	const text = textOf(event, data, content);
	const account = wcId ?? callback.account ?? idText(data.wId) ?? '';
	return {
		event,
		messageType,
		chatType,
		account: callback.account ?? null,
		wcId: wcId ?? null,
		wId: idText(data.wId) ?? null,
		chatId: chatId ?? null,
		chatName: null,
		senderId: senderId ?? null,
		senderName: self ? null : senderNameIn(data.pushContent, text),
		self,
		messageId: messageIdOf(data.newMsgId) ?? null,
		msgId: msgIdOf(data.msgId),
		timestamp,
		time: timestamp === null ? null : new Date(timestamp * 1000).toISOString(),
		text,
		chatInput: '',
		sessionId: `${account}:${chatId ?? event}`,
		mentions,
		mentioned: mentions.some((id) => id === wcId || isEverybody(id)),
		content: null,
		data: data as IDataObject,
	};
}

/**
 * Reads what the message of a callback says, which only what starts an execution is worth.
 *
 * @param callback a checked callback; it is not changed
 * @returns the `content` of the output. Never throws
 */
export function contentOf({ code, wcId, data }: Callback): IDataObject | string | null {
	const event = eventTypeOf(code)?.event.split('.').at(-1) ?? '';
	return readContent({ event, wcId, data });
}

function messageIdOf(value: unknown): string | undefined {
	const id = idText(value);
	return id === '0' ? undefined : id;
}

function msgIdOf(value: unknown): number | string | null {
	const id = messageIdOf(value);
	if (id === undefined) return null;
	return typeof value === 'number' ? value : id;
}

function secondsOf(value: unknown): number | null {
	const number = typeof value === 'string' && value !== '' ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return null;
	const seconds = number >= LARGEST_SECONDS ? number / 1000 : number;
	return seconds < LARGEST_SECONDS ? Math.floor(seconds) : null;
}

/** 64-bit integers may come as numbers or strings, the list as an array or as text with commas. */
function mentionsOf(data: Record<string, unknown>): string[] {
	const list = data.atlist ?? data.atList;
	const ids: unknown[] =
		typeof list === 'string' ? list.split(/[,;，]/) : Array.isArray(list) ? list : [];
	const texts = ids.map((id) => idText(id)?.trim()).filter((id) => id !== undefined && id !== '');
	return [...new Set(texts as string[])];
}
