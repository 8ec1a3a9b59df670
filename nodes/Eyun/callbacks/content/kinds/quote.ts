import type { IDataObject } from 'n8n-workflow';

import { isGroupId } from '../../../common/wechatIds';
import type { XmlElement } from '../../../libraries/xml';
import { child, field, number, textIn } from '../xml/fields';
import type { Message, Reader } from '../xml/message';
import { parseContent } from '../xml/parse';
import { appMessageIn } from './appMessages';

const TEXT = 1;

/** WeChat's own numbers for kinds of messages; the XML says what a 49 is. */
const KINDS: Record<number, string> = {
	[TEXT]: 'text',
	3: 'image',
	34: 'voice',
	42: 'card',
	43: 'video',
	47: 'emoji',
	48: 'location',
	50: 'voiceCall',
};

/**
 * Makes the reader of quotes: new words, and the message they answer. What that message quotes
 * itself is named, too, but not opened.
 *
 * @param readXml reads the quoted message
 */
export function quoteReader(readXml: Reader): Reader {
	return (message) => {
		const app = appMessageIn(message.root);
		const refer = child(app, 'refermsg');
		return {
			type: 'quote',
			text: textIn(app, 'title') ?? field(message.data, 'title'),
			quoted: refer === undefined ? null : quotedIn(refer, message, readXml),
		};
	};
}

function quotedIn(refer: XmlElement, message: Message, readXml: Reader): IDataObject {
	const type = number(refer, 'type');
	const words = textIn(refer, 'content');
	const opened =
		words === null || type === TEXT || message.quoted ? undefined : parseContent(words);
	const content = opened && readXml({ ...inside(message), root: opened });
	const from = textIn(refer, 'fromusr');
	const group = from !== null && isGroupId(from);
	return {
		type,
		kind: content?.type ?? KINDS[type ?? 0] ?? 'other',
		messageId: textIn(refer, 'svrid'),
		senderId: textIn(refer, 'chatusr') ?? (group ? null : from),
		senderName: textIn(refer, 'displayname'),
		chatId: group ? from : null,
		text: readable(words, type, opened),
		content: content ?? null,
		timestamp: number(refer, 'createtime'),
	};
}

function inside({ self }: Message): Message {
	return { event: '', quoted: true, self, data: {} };
}

/** The words of a text, the title of a card; XML is not for reading. */
function readable(
	words: string | null,
	type: number | null,
	opened: XmlElement | undefined,
): string | null {
	if (type === TEXT || words === null) return words;
	if (opened !== undefined) return textIn(appMessageIn(opened), 'title');
	return words.startsWith('<') ? null : words;
}
