import { isMessageEvent } from '../callbacks/events';
import { contentOf, toOutput } from '../callbacks/output';
import { idText, toCallback } from '../callbacks/parse';
import { isRecord } from '../common/records';
import { Account } from '../transport/accounts';

/** What an event says about where it came from and what it brought. `null` where it does not say. */
export interface ReceivedMessage {
	/** Its name in the trigger's output. */
	event: string | null;
	messageType: string | null;
	/** Who acts on it: the account that received it, whichever login it has by now. */
	account: Account | string | null;
	/** The WeChat ID of that account. */
	wcId: string | null;
	/** The chat to answer into: the group, or the other person. */
	chatId: string | null;
	senderId: string | null;
	self: boolean;
	/** All digits of `newMsgId`. */
	messageId: string | null;
	timestamp: number | null;
	text: string | null;
	/** The XML of the message as an object, text where it is none. */
	content: unknown;
	/** All that Eyun sent. */
	data: Readonly<Record<string, unknown>>;
}

/**
 * Reads an event that a workflow has received.
 *
 * @param given an item of the trigger, with all its fields or only some, or a callback as the vendor sends
 *   it, also inside the `body` of a Webhook node
 * @returns undefined when it is neither
 */
export function receivedMessageOf(given: unknown): ReceivedMessage | undefined {
	if (!isRecord(given)) return undefined;
	if ('event' in given || 'chatId' in given) return fromItem(given);
	const body = isRecord(given.body) && 'messageType' in given.body ? given.body : given;
	if (body.messageType === undefined || !isRecord(body.data)) return undefined;
	const callback = toCallback(body);
	if ('malformed' in callback) return undefined;
	return fromItem({ ...toOutput(callback), content: contentOf(callback) });
}

function fromItem(item: Record<string, unknown>): ReceivedMessage {
	const text = (name: string) => idText(item[name])?.trim() || null;
	const wcId = text('wcId');
	return {
		event: text('event'),
		messageType: text('messageType'),
		account: wcId === null ? text('wId') : new Account(wcId),
		wcId,
		chatId: text('chatId'),
		senderId: text('senderId'),
		self: item.self === true,
		messageId: text('messageId'),
		timestamp: typeof item.timestamp === 'number' ? item.timestamp : null,
		text: typeof item.text === 'string' ? item.text : null,
		content: item.content ?? null,
		data: isRecord(item.data) ? item.data : {},
	};
}

/**
 * What kind of message it is, by the names of docs/content.md. Where Eyun has no type of its own, the XML
 * says it.
 *
 * @returns null for what is no message: an event about a contact, a group or the system
 */
export function kindOfMessage({ event, content }: ReceivedMessage): string | null {
	if (event === null || !isMessageEvent(event)) return null;
	const kind = event.slice(event.indexOf('.') + 1);
	const told = isRecord(content) && typeof content.type === 'string' ? content.type : undefined;
	return kind === 'other' ? (told ?? kind) : kind;
}
