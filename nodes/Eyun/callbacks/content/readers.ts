import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../libraries/xml';
import {
	appFile,
	appMessageIn,
	appTypeOf,
	groupInvite,
	link,
	miniProgram,
	music,
} from './kinds/appMessages';
import { article } from './kinds/article';
import { voiceCall } from './kinds/calls';
import { channelsVideo } from './kinds/channels';
import { chatRecord, note } from './kinds/chatRecord';
import { location } from './kinds/location';
import { emoji, image, video, voiceMessage } from './kinds/media';
import { redPacket, transfer } from './kinds/money';
import { app, channelsCard, solitaire } from './kinds/otherApps';
import { card, friendRequest } from './kinds/people';
import { quoteReader } from './kinds/quote';
import { momentPublished, videoDownloaded } from './kinds/system';
import { announcement, joinRequest, pat, revoked, todo } from './kinds/systemMessages';
import { noticeInWords, noticeInXml } from './notices/notices';
import { attribute, child, field, textIn } from './xml/fields';
import type { Message, Reader } from './xml/message';

/** Which reader reads what: one table for each way in which a message says what it is. */

const quote = quoteReader(readXml);

/** Messages that are one element, by its name. */
const ELEMENTS: Record<string, Reader> = {
	img: image,
	videomsg: video,
	voicemsg: voiceMessage,
	emoji,
	location,
};

/** Attributes of theirs that nothing else has. */
const MARKS = ['aeskey', 'cdnthumburl', 'cdnurl', 'md5', 'playlength', 'voicelength', 'x'];

/** App messages, by the number in `<type>`. */
const APP_MESSAGES: Record<number, Reader> = {
	3: music,
	4: linkInMessage,
	5: linkInMessage,
	6: appFile,
	8: emoji,
	17: location,
	19: chatRecord,
	24: note,
	33: miniProgram,
	36: miniProgram,
	40: chatRecord,
	50: channelsCard,
	51: channelsVideo,
	53: solitaire,
	57: quote,
	62: pat,
	63: channelsVideo,
	74: appFile,
	76: music,
	87: announcement,
	92: music,
	2000: transfer,
	2001: redPacket,
};

/** System messages, by their `type`. */
const SYSTEM_MESSAGES: Record<string, Reader> = {
	NewXmlChatRoomAccessVerifyApplication: joinRequest,
	delchatroommember: noticeInXml,
	ilinkvoip: voiceCall,
	mmchatroombarannouncememt: announcement,
	multivoip: voiceCall,
	pat,
	revokemsg: revoked,
	roomtoolstips: todo,
	sysmsgtemplate: noticeInXml,
	voipmt: voiceCall,
};

/** Fields beside the content that make a message, by the last part of the event; one is enough. */
const BESIDE: Record<string, { reader: Reader; fields: readonly string[] }> = {
	emoji: { reader: emoji, fields: ['md5'] },
	friendRequest: { reader: friendRequest, fields: ['v1', 'v2'] },
	groupInvite: { reader: groupInvite, fields: ['url'] },
	link: { reader: link, fields: ['url', 'title'] },
	momentPublished: { reader: momentPublished, fields: ['asynId', 'id', 'type'] },
	quote: { reader: quote, fields: ['title'] },
	videoDownloaded: { reader: videoDownloaded, fields: ['id', 'url', 'type'] },
	voice: { reader: voiceMessage, fields: ['bufId', 'voiceLength'] },
};

/** Messages in plain words, by the last part of the event. */
const WORDS: Record<string, Reader> = { announcement, friendRequest, revoked, todo };

/**
 * Reads a message by what its XML says it is, whatever the event's code says.
 *
 * @returns undefined for XML of no known kind
 */
export function readXml(message: Message): IDataObject | undefined {
	const { root } = message;
	return root && readerOf(root, message)?.(message);
}

/** Of WeChat's own notices, in plain words and in XML. */
const NOTICES = ['10000', '10002'];

/** Reads a message in plain words by its event, or by its wording if it is a notice of WeChat. */
export function readWords(message: Message): IDataObject | undefined {
	const reader = own(WORDS, message.event);
	if (reader !== undefined) return reader(message);
	const isNotice = NOTICES.includes(field(message.data, 'msgType') ?? '');
	return noticeInWords(message) ?? (isNotice ? revoked(message) : undefined);
}

/** Reads a message without content from the fields beside it. */
export function readBeside(message: Message): IDataObject | undefined {
	const beside = own(BESIDE, message.event);
	if (beside === undefined || field(message.data, ...beside.fields) === null) return undefined;
	return beside.reader(message);
}

function readerOf(root: XmlElement, message: Message): Reader | undefined {
	if (root.name === 'sysmsg') return own(SYSTEM_MESSAGES, root.attributes.type ?? '');
	if (root.name === 'revokemsg') return revoked;
	if (root.name.startsWith('voip')) return voiceCall;
	if (appMessageIn(root)) return appReader(root);
	if (root.name !== 'msg') return bareElement(root);
	const element = Object.keys(ELEMENTS).find((name) => child(root, name));
	if (element !== undefined) return ELEMENTS[element];
	if (attribute(root, 'encryptusername', 'ticket') !== null) return friendRequest;
	if (attribute(root, 'username') !== null) return card;
	return message.event === 'friendRequest' ? friendRequest : undefined;
}

/** Notices may begin with pictures in HTML, which look like images without `<msg>` around. */
function bareElement(root: XmlElement): Reader | undefined {
	return attribute(root, ...MARKS) === null ? undefined : own(ELEMENTS, root.name);
}

/** What no reader of its own knows is an app message still, and so is what only claims a kind. */
function appReader(root: XmlElement): Reader {
	const known = APP_MESSAGES[appTypeOf(root) ?? -1];
	const reader = known ?? (child(appMessageIn(root), 'refermsg') ? quote : app);
	return (message) => reader(message) ?? app(message);
}

/** WeChat sends invitations and articles as links. */
function linkInMessage(message: Message): IDataObject | undefined {
	const app = appMessageIn(message.root);
	const { event } = message;
	if (event === 'groupInvite' || textIn(app, 'url')?.includes('/addchatroombyinvite')) {
		return groupInvite(message);
	}
	const articles = event === 'article' || child(app, 'mmreader', 'category') !== undefined;
	return articles ? article(message) : link(message);
}

function own<T>(table: Record<string, T>, name: string): T | undefined {
	return Object.hasOwn(table, name) ? table[name] : undefined;
}
