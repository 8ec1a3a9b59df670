import { appMessageIn } from '../callbacks/content/kinds/appMessages';
import { attribute, child, textIn } from '../callbacks/content/xml/fields';
import { parseContent } from '../callbacks/content/xml/parse';
import type { MessageMedium } from '../callbacks/events';
import { eventTypeOf, mediumOf } from '../callbacks/events';
import { fromOlderFormat } from '../callbacks/olderFormat';
import { contentOf } from '../callbacks/output';
import { isRecord } from '../common/records';

/** What can be downloaded. */
export type MediaKind = MessageMedium | 'momentVideo';

/** The medium of one message or moment, and what the vendor wants to know to deliver it. */
export interface ReceivedMedia {
	kind: MediaKind;
	/** The login that received it, where the item says so. */
	wId?: unknown;
	/** What it is called where it has a name of its own, otherwise made from kind and id. */
	name: string;
	/** The fields of the vendor's endpoint, by the vendor's names. */
	values: Record<string, unknown>;
}

/** An app message of a kind that we do not know. */
const UNTOLD = 'app';

/**
 * Finds the medium of an item.
 *
 * @param given an item of the trigger, a callback as the vendor sends it (also inside the `body` of a
 *   Webhook node), or a moment as Moment: Get and Get Many answer it
 * @returns what to download; null when the message carries nothing, undefined when this is none of these
 */
export function mediaOf(given: unknown): ReceivedMedia | null | undefined {
	if (!isRecord(given)) return undefined;
	const xml = momentXml(given.objectDesc);
	if (xml !== undefined) {
		return { kind: 'momentVideo', name: `moment-${text(given.id)}`, values: { content: xml } };
	}
	const message = isRecord(given.body) && 'messageType' in given.body ? given.body : given;
	const { messageType, data } = message;
	if (messageType === undefined || !isRecord(data)) return undefined;
	const kind = kindOf(text(messageType), data);
	if (kind === undefined) return null;
	const wId = message.wId ?? data.wId;
	const msgId = text(data.msgId ?? message.msgId);
	return {
		kind,
		...(wId === undefined ? {} : { wId }),
		name: (kind === 'file' && titleOf(text(data.content))) || `${kind}-${msgId}`,
		values: { msgId, ...(kind === 'voice' ? voiceValues(data) : { content: data.content }) },
	};
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Get answers the XML inside an object, posting answers it as text. */
function momentXml(objectDesc: unknown): string | undefined {
	const xml = isRecord(objectDesc) ? objectDesc.xml : objectDesc;
	return typeof xml === 'string' && xml.trimStart().startsWith('<') ? xml : undefined;
}

/** By what the message is; by its code only where it does not say. Quoting a medium carries none. */
function kindOf(messageType: string, data: Record<string, unknown>): MediaKind | undefined {
	const older = /^\d{1,2}$/.test(messageType) ? fromOlderFormat(messageType, data) : undefined;
	const code = older ?? messageType;
	const content = contentOf({ messageType, code, data });
	const told = isRecord(content) ? text(content.type) : UNTOLD;
	const event = told === UNTOLD ? eventTypeOf(code)?.event : `message.${told}`;
	return event === undefined ? undefined : mediumOf(event);
}

/** The callback names them beside the XML; the older format has them in the XML only. */
function voiceValues(data: Record<string, unknown>): Record<string, unknown> {
	const voice = child(parseContent(text(data.content)), 'voicemsg');
	return {
		length: data.length ?? attribute(voice, 'length') ?? undefined,
		bufId: data.bufId ?? attribute(voice, 'bufid') ?? undefined,
		fromUser: data.fromUser,
	};
}

/** The name of a received file, without what would make a path of it. */
function titleOf(xml: string): string | undefined {
	const title = textIn(appMessageIn(parseContent(xml)), 'title');
	return title?.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_');
}
