import { appMessageIn, appTypeOf } from '../callbacks/content/kinds/appMessages';
import { parseContent } from '../callbacks/content/xml/parse';
import type { Operation } from '../catalogue/types';
import { isRecord } from '../common/records';
import type { ReceivedMessage } from './receivedMessage';
import { kindOfMessage } from './receivedMessage';
import { operationOf } from '../catalogue';

/** How a received message is sent on. */
export interface Forwarding {
	operation: Operation;
	/** The values of its fields but account and chat, by the vendor's names. */
	values: Record<string, unknown>;
}

/** Why a message cannot be sent on, completing "the message …". */
export interface NotForwarded {
	reason: string;
	cure: string;
}

type Way = (message: ReceivedMessage) => Forwarding | NotForwarded;

const OTHER_MESSAGES =
	'Let only other messages reach this node, for example with Trigger On in the trigger';

/** What WeChat would not do either, or what Eyun has nothing for. */
const REFUSED: Readonly<Record<string, string>> = {
	groupInvite: 'is an invitation, which is for the account that received it only',
	other: 'is of a kind that Eyun has no name for',
	pat: 'is a pat',
	redPacket: 'is a red packet',
	revoked: 'is the notice that a message was revoked',
	transfer: 'is a transfer of money',
	voiceCall: 'is a call',
	voiceCallEnded: 'is a call',
};

const WAYS: Readonly<Record<string, Way>> = {
	card: cardAgain,
	channelsVideo: appMessage,
	chatRecord: appMessage,
	emoji: stickerAgain,
	file,
	fileReceived: file,
	image: byXml('forwardImage'),
	link: byXml('forwardLink'),
	location: locationAsText,
	miniProgram: appMessage,
	music: appMessage,
	quote: appMessage,
	text: ({ text }) => (text ? textMessage(text) : empty('has no text')),
	video: byXml('forwardVideo'),
};

/** The kind that has to be downloaded first, because Eyun sends voices from an address only. */
export const VOICE = 'voice';

/**
 * Finds out how a received message is sent on; see `VOICE` for the one kind that is not told here.
 *
 * @param message what was received
 * @returns the operation and its values, or why there is none
 */
export function forwardingOf(message: ReceivedMessage): Forwarding | NotForwarded {
	const kind = kindOfMessage(message);
	if (kind === null) {
		const { event } = message;
		return {
			reason: event === null ? 'does not say what it is: it has no event' : `is the event ${event}`,
			cure: event === null ? 'Pass the whole item of the trigger on' : OTHER_MESSAGES,
		};
	}
	const reason = REFUSED[kind];
	if (reason !== undefined) return { reason, cure: OTHER_MESSAGES };
	return WAYS[kind]?.(message) ?? { reason: `is of the kind ${kind}`, cure: OTHER_MESSAGES };
}

function empty(reason: string): NotForwarded {
	return { reason, cure: 'Pass the whole item of the trigger on, with data as it came' };
}

function textMessage(content: string): Forwarding {
	return { operation: operationOf('message', 'sendText'), values: { content } };
}

/** The XML as Eyun sent it, without the line with the sender's id that its older format has. */
function xmlOf({ data }: ReceivedMessage): string | undefined {
	const content = typeof data.content === 'string' ? data.content : '';
	const start = content.indexOf('<');
	return start === -1 ? undefined : content.slice(start);
}

function byXml(operation: string): Way {
	return (message) => {
		const content = xmlOf(message);
		if (content === undefined) return empty('has no XML in data.content');
		return { operation: operationOf('message', operation), values: { content } };
	};
}

/** WeChat's number for a file whose transfer has only begun. */
const ANNOUNCED_FILE = 74;

function file(message: ReceivedMessage): Forwarding | NotForwarded {
	const xml = xmlOf(message);
	if (xml !== undefined && appTypeOf(parseContent(xml)) === ANNOUNCED_FILE) {
		return {
			reason: 'only announces a file, which has not arrived yet',
			cure: 'Start from the event File Received in the trigger',
		};
	}
	return byXml('forwardFile')(message);
}

/** Kinds of app messages that move money, whatever else they say they are. */
const MONEY = [2000, 2001];

const APP_MESSAGE = /<appmsg[\s>][\s\S]*<\/appmsg>/;

/** Eyun takes the element of the app message, and nothing around it. */
function appMessage(message: ReceivedMessage): Forwarding | NotForwarded {
	const xml = xmlOf(message);
	const [content] = APP_MESSAGE.exec(xml ?? '') ?? [];
	if (xml === undefined || content === undefined) {
		return empty('has no app message in data.content');
	}
	const root = parseContent(xml);
	if (appMessageIn(root) === undefined) return empty('has XML in data.content that is damaged');
	if (MONEY.includes(appTypeOf(root) ?? 0)) {
		return { reason: REFUSED.transfer, cure: OTHER_MESSAGES };
	}
	return { operation: operationOf('message', 'sendAppMessage'), values: { content } };
}

function stickerAgain({ content, data }: ReceivedMessage): Forwarding | NotForwarded {
	const read = isRecord(content) ? content : {};
	const [imageMd5, imgSize] = [read.md5 ?? data.md5, read.length ?? data.length];
	if (!imageMd5 || !imgSize) return empty('has no md5 and length of a sticker');
	return { operation: operationOf('message', 'sendEmoji'), values: { imageMd5, imgSize } };
}

function cardAgain({ content }: ReceivedMessage): Forwarding | NotForwarded {
	const nameCardId = isRecord(content) ? content.wcId : undefined;
	if (!nameCardId) {
		return {
			reason: 'is a contact card that hides its WeChat ID',
			cure: 'Only cards of people whose WeChat ID is known can be sent',
		};
	}
	return { operation: operationOf('message', 'sendContactCard'), values: { nameCardId } };
}

/** Eyun sends no locations. The link opens WeChat's own map. */
function locationAsText({ content }: ReceivedMessage): Forwarding | NotForwarded {
	const { latitude, longitude, name, label } = isRecord(content) ? content : {};
	if (typeof latitude !== 'number' || typeof longitude !== 'number') {
		return {
			reason: 'has no place: somebody started to share a location',
			cure: OTHER_MESSAGES,
		};
	}
	const [title, address] = [name ?? label ?? 'Location', label ?? ''].map(String);
	const marker = [`coord:${latitude},${longitude}`, `title:${title}`, `addr:${address}`];
	const link = `https://apis.map.qq.com/uri/v1/marker?marker=${encodeURIComponent(marker.join(';'))}&referer=n8n`;
	return textMessage([...new Set([title, address, link])].filter(Boolean).join('\n'));
}
