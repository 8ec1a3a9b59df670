import type { Delivery } from '../../execution/deliveries';
import type { ReceivedMessage } from '../../received/receivedMessage';
import { splitText } from '../../text/split';
import { quotingMessage } from './quote';
import { operationOf } from '../../catalogue';

/** What WeChat itself puts behind a mention; without it the name is plain text. */
const SEPARATOR = '\u2005';

const SEND = operationOf('message', 'sendText');
const MENTION = operationOf('message', 'mentionInGroup');
const QUOTE = operationOf('message', 'sendAppMessage');

/** What one answer is made of. */
export interface Answer {
	/** The message that is answered. */
	message: ReceivedMessage;
	text: string;
	/** The most characters of one message; 0 for one message. */
	splitAt: number;
	quote: boolean;
	/** Who is mentioned; undefined for nobody. */
	mention: { wcId: string; name: string } | undefined;
	/** What the sender is called in the chat, where that is known. */
	senderName: string | undefined;
}

/**
 * Plans the messages of an answer. The first one quotes or mentions, the others are plain texts.
 *
 * @returns them in the order of sending; at least one for a text that is not empty
 */
export function planAnswer(answer: Answer): Delivery[] {
	const { message, text, splitAt, mention } = answer;
	const prefix = mention === undefined ? '' : `@${mention.name}${SEPARATOR}`;
	const limit = splitAt === 0 ? Infinity : splitAt;
	const parts = splitText(text, limit, Math.max(limit - prefix.length, limit / 2));
	return parts.map((part, place) => ({
		name: `part ${place + 1} of ${parts.length}`,
		about: { text: place === 0 ? prefix + part : part },
		...(place === 0
			? first(answer, prefix + part)
			: { operation: SEND, body: { ...chatOf(message), content: part } }),
	}));
}

function first(
	{ message, quote, mention, senderName }: Answer,
	content: string,
): Pick<Delivery, 'operation' | 'body'> {
	const chat = chatOf(message);
	if (quote) {
		const xml = quotingMessage(content, message, senderName);
		return { operation: QUOTE, body: { ...chat, content: xml } };
	}
	return mention === undefined
		? { operation: SEND, body: { ...chat, content } }
		: { operation: MENTION, body: { ...chat, content, at: mention.wcId } };
}

function chatOf({ account, chatId }: ReceivedMessage) {
	return { wId: account, wcId: chatId };
}
