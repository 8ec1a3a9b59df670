import type { IDataObject } from 'n8n-workflow';

import { isGroupId } from '../../../common/wechatIds';
import type { XmlElement } from '../../../libraries/xml';
import { child, field, number, textIn } from '../xml/fields';
import { withoutIdLines } from '../xml/idLines';
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
	62: 'video',
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
	const kind = typeof content?.type === 'string' ? content.type : (KINDS[type ?? 0] ?? 'other');
	return {
		type,
		kind,
		messageId: textIn(refer, 'svrid'),
		senderId: textIn(refer, 'chatusr') ?? (group ? null : from),
		senderName: textIn(refer, 'displayname'),
		chatId: group ? from : null,
		text: readable(words, kind, opened, content),
		content: content ?? null,
		timestamp: number(refer, 'createtime'),
	};
}

function inside({ self }: Message): Message {
	return { event: '', quoted: true, self, data: {} };
}

/** Of these WeChat quotes numbers in place of the XML, such as "15:0" of a video. */
const WITHOUT_WORDS = ['image', 'voice', 'video', 'emoji'];
const NUMBERS = /^[\d\s:;,.|+-]*$/;

/** The words of a text, the title of a card; neither XML nor WeChat's numbers are for reading. */
function readable(
	words: string | null,
	kind: string,
	opened: XmlElement | undefined,
	content: IDataObject | undefined,
): string | null {
	if (kind === 'text' || words === null) return words;
	if (opened !== undefined) return textIn(appMessageIn(opened), 'title') ?? titleOf(content);
	const { rest } = withoutIdLines(words, () => true);
	const isWords = !WITHOUT_WORDS.includes(kind) && !NUMBERS.test(rest) && !/^\s*</.test(rest);
	return isWords ? rest.trim() : null;
}

/** What stands for a title where the message is no card: the name of a place or a person. */
function titleOf(content: IDataObject | undefined): string | null {
	const title = content?.name ?? content?.nickName ?? content?.text;
	return typeof title === 'string' ? title : null;
}
