import type { IDataObject } from 'n8n-workflow';

import { isGroupId } from '../common/wechatIds';
import { readContent } from './content';
import type { ChatType } from './events';
import { eventTypeOf, isMessageEvent, UNKNOWN_EVENT } from './events';
import type { Callback } from './parse';
import { idText } from './parse';

/** What the trigger outputs for one callback. docs/trigger.md explains every field. */
export interface TriggerOutput extends IDataObject {
	event: string;
	messageType: string;
	chatType: ChatType;
	account: string | null;
	wcId: string | null;
	wId: string | null;
	chatId: string | null;
	senderId: string | null;
	self: boolean;
	messageId: string | null;
	msgId: number | string | null;
	timestamp: number | null;
	time: string | null;
	text: string | null;
	mentions: string[];
	mentioned: boolean;
	/** Null until `contentOf` is asked for it. */
	content: IDataObject | string | null;
	data: IDataObject;
}

const OFFICIAL_ACCOUNT_ID = /^gh_/;

/** In a group's `atlist`: everybody was mentioned (`notify@all`, in announcements `announcement@all`). */
const EVERYBODY = /@all$/;

/** Above this a time is in milliseconds: as seconds it would be the year 5138. */
const LARGEST_SECONDS = 100_000_000_000;

/** The name of the sender that the older format puts before a group message. */
const SENDER_LINE = /^([\w@.-]{1,64}):\r?\n/;

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
	const group = groupOf(callback, type?.chatType);
	const chatType = type?.chatType ?? guessChatType(group, data);
	const { line, content } = splitSender(data, group);
	const self = isSelf(callback, event);
	const wcId = callback.wcId ?? receiverOf(data, self);
	const mentions = mentionsOf(data);
	const timestamp = secondsOf(data.timestamp ?? data.createTime);
	const senderId = line ?? senderOf(data, group);
	return {
		event,
		messageType,
		chatType,
		account: callback.account ?? null,
		wcId: wcId ?? null,
		wId: idText(data.wId) ?? null,
		chatId: group ?? peerOf(data, chatType, self) ?? null,
		senderId: senderId ?? null,
		self,
		messageId: messageIdOf(data.newMsgId) ?? null,
		msgId: msgIdOf(data.msgId),
		timestamp,
		time: timestamp === null ? null : new Date(timestamp * 1000).toISOString(),
		text: textOf(event, data, content),
		mentions,
		mentioned: mentions.some((id) => id === wcId || EVERYBODY.test(id)),
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
export function contentOf({
	code,
	messageType,
	wcId,
	data,
}: Callback): IDataObject | string | null {
	const event = eventTypeOf(code)?.event.split('.').at(-1) ?? '';
	return readContent({ event, legacy: code !== messageType, wcId, data });
}

function firstId(data: Record<string, unknown>, ...keys: string[]): string | undefined {
	for (const key of keys) {
		const id = idText(data[key]);
		if (id !== undefined) return id;
	}
	return undefined;
}

/** The group an event belongs to; events about a group itself name it in `userName`. */
function groupOf({ data }: Callback, chatType: ChatType | undefined): string | undefined {
	const fromGroup = idText(data.fromGroup);
	if (fromGroup !== undefined) return fromGroup;
	const named = ['fromUser', 'toUser', 'userName', 'chatRoomId']
		.map((key) => idText(data[key]))
		.find((id) => id !== undefined && isGroupId(id));
	return named ?? (chatType === 'group' ? firstId(data, 'userName') : undefined);
}

function guessChatType(group: string | undefined, data: Record<string, unknown>): ChatType {
	if (group !== undefined) return 'group';
	const from = firstId(data, 'fromUser', 'userName');
	if (from === undefined) return 'system';
	return OFFICIAL_ACCOUNT_ID.test(from) ? 'officialAccount' : 'private';
}

function peerOf(
	data: Record<string, unknown>,
	chatType: ChatType,
	self: boolean,
): string | undefined {
	if (chatType === 'system') return undefined;
	return self ? firstId(data, 'toUser') : firstId(data, 'fromUser', 'userName');
}

function senderOf(data: Record<string, unknown>, group: string | undefined): string | undefined {
	const sender = firstId(data, 'fromUser', 'userName');
	return sender === group ? undefined : sender;
}

function isTrue(value: unknown): boolean {
	return value === true || value === 'true' || value === 1;
}

/** Eyun's key is `self`; one public client shows `sel`. Without either, the sender says it. */
function isSelf({ data, wcId }: Callback, event: string): boolean {
	const flag = data.self ?? data.sel;
	if (flag !== undefined) return isTrue(flag);
	return isMessageEvent(event) && wcId !== undefined && data.fromUser === wcId;
}

function receiverOf(data: Record<string, unknown>, self: boolean): string | undefined {
	const receiver = firstId(data, self ? 'fromUser' : 'toUser');
	return receiver !== undefined && isGroupId(receiver) ? undefined : receiver;
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

/** Takes `wxid_…:\n` off a group message; in the optimised format only when it is the sender's own id. */
function splitSender(
	data: Record<string, unknown>,
	group: string | undefined,
): { line?: string; content: string } {
	const content = typeof data.content === 'string' ? data.content : '';
	const match = group === undefined ? null : SENDER_LINE.exec(content);
	if (!match) return { content };
	const sender = senderOf(data, group);
	if (sender !== undefined && sender !== match[1]) return { content };
	return { line: match[1], content: content.slice(match[0].length) };
}

/** Text messages say it in `content`, a quote's own words are its `title`; elsewhere content is mostly XML. */
function textOf(event: string, data: Record<string, unknown>, content: string): string | null {
	if (event === 'message.text') return typeof data.content === 'string' ? content : null;
	if (event === 'message.quote') return typeof data.title === 'string' ? data.title : null;
	return content.trim() === '' || content.trimStart().startsWith('<') ? null : content;
}
