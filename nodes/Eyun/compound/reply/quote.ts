import { isGroupId } from '../../common/wechatIds';
import type { ReceivedMessage } from '../../received/receivedMessage';
import { kindOfMessage } from '../../received/receivedMessage';

const TEXT = 1;
const APP_MESSAGE = 49;

/** WeChat's own numbers for kinds of messages; all others are app messages, whose XML says what they are. */
const TYPES: Readonly<Record<string, number>> = {
	text: TEXT,
	image: 3,
	voice: 34,
	card: 42,
	video: 43,
	emoji: 47,
	location: 48,
};

/** Before the text of a message in the words of a notification: "昵称 : 文本". */
const NOTIFICATION = /^(.{1,64}?) : /u;

/**
 * The app message of a text that quotes another message, as WeChat itself writes it. Eyun documents no such
 * message, only that it sends any app message.
 *
 * @param text the new words
 * @param message the message that is quoted, which has an id and a chat
 * @param name what its sender is called there; undefined where nobody knows
 */
export function quotingMessage(text: string, message: ReceivedMessage, name?: string): string {
	const { messageId, chatId, senderId, timestamp, data } = message;
	const kind = kindOfMessage(message) ?? 'text';
	const quoted = kind === 'text' || kind === 'quote' ? message.text : contentIn(data);
	const type = kind === 'quote' ? TEXT : (TYPES[kind] ?? APP_MESSAGE);
	const inGroup = chatId !== null && isGroupId(chatId);
	const shownName = name ?? NOTIFICATION.exec(textOf(data.pushContent))?.[1] ?? '';
	const refer = [
		element('type', String(type)),
		element('svrid', messageId ?? ''),
		element('fromusr', (inGroup ? chatId : senderId) ?? ''),
		element('chatusr', senderId ?? ''),
		element('displayname', shownName),
		element('content', quoted ?? ''),
		...(timestamp === null ? [] : [element('createtime', String(timestamp))]),
	].join('');
	return `<appmsg appid="" sdkver="0">${element('title', text)}<des></des><action>view</action><type>57</type><showtype>0</showtype><content></content><url></url><refermsg>${refer}</refermsg></appmsg>`;
}

function contentIn({ content }: ReceivedMessage['data']): string {
	return textOf(content);
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function element(name: string, text: string): string {
	return `<${name}>${escaped(text)}</${name}>`;
}

/** What XML allows neither as itself nor as a reference; with `u`, half surrogate pairs too. */
const FORBIDDEN_IN_XML = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(FORBIDDEN_IN_XML, '')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
