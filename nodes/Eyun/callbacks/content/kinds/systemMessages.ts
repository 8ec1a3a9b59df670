import type { IDataObject } from 'n8n-workflow';

import { isGroupId } from '../../../common/wechatIds';
import { membersIn, personById } from '../notices/person';
import { child, children, field, number, textIn, toNumber } from '../xml/fields';
import type { Message } from '../xml/message';
import { parseContent } from '../xml/parse';
import { appMessageIn } from './appMessages';

/** System messages (`<sysmsg>`) with a structure of their own. */

/** In the language of the phone, which words it one way for everybody and another for admins. */
const REVOKED = /撤回了|已?收回了?.{0,10}[訊消]息|recalled|unsent|withdrew/i;
const REVOKED_BY =
	/^(?:群主|管理[员員]|(?:the )?(?:group )?(?:owner|admin) )?\s{0,3}(?:["“「](?<quoted>.+?)["”」]|(?<bare>.+?))\s{0,3}(?:已|has |have |['’]ve )?\s{0,3}(?:撤回了|收回|recalled|unsent|withdrew)/is;
const PASSIVE = /(?:was|been) (?:recalled|unsent) by ["“](.+?)["”]/is;
/** The reader, or somebody by the office only. */
const NOBODY =
	/^(?:你|您|you|群主|管理[员員]|(?:the |an? )?(?:group )?(?:owner|admin)|.{1,40} (?:was|been))$/i;
const LONGEST_NOTICE = 1000;

/** The name of whoever revoked a message; null for the reader, and where WeChat does not say it. */
function revokerIn(notice: string): string | null {
	const [, passive] = PASSIVE.exec(notice.slice(0, LONGEST_NOTICE)) ?? [];
	if (passive !== undefined) return passive;
	const groups = REVOKED_BY.exec(notice.slice(0, LONGEST_NOTICE))?.groups;
	const name = (groups?.quoted ?? groups?.bare ?? '').trim();
	return name === '' || NOBODY.test(name) ? null : name;
}

/** A revoked message. Older clients name the long id `msgid` and the short one `oldmsgid`. */
export function revoked({ root, words }: Message): IDataObject | undefined {
	const revocation = root?.name === 'revokemsg' ? root : child(root, 'revokemsg');
	if (revocation === undefined && !REVOKED.test((words ?? '').slice(0, LONGEST_NOTICE))) {
		return undefined;
	}
	const old = textIn(revocation, 'oldmsgid');
	const notice =
		textIn(revocation, 'replacemsg') ??
		textIn(revocation, 'customtip') ??
		textIn(revocation, 'content') ??
		words ??
		null;
	return {
		type: 'revoked',
		messageId:
			textIn(revocation, 'newmsgid') ?? (old === null ? null : textIn(revocation, 'msgid')),
		msgId: toNumber(old ?? textIn(revocation, 'msgid')),
		chatId: textIn(revocation, 'session'),
		text: notice,
		revokerName: revokerIn(notice ?? ''),
	};
}

const PLACEHOLDER = /\$\{([^{}]{1,80})\}/g;

/** A pat; the template names people by id, and so does the text where WeChat gives no title. */
export function pat({ root }: Message): IDataObject | undefined {
	const app = appMessageIn(root);
	const info = child(root, 'pat') ?? child(app, 'patinfo');
	const older = child(app, 'patMsg');
	if (info === undefined && older === undefined) return undefined;
	// Of several pats in one message the last one has just happened.
	const record = children(child(older, 'records'), 'record').at(-1);
	const template =
		textIn(info, 'template') ?? textIn(record, 'templete') ?? textIn(record, 'template');
	return {
		type: 'pat',
		fromId: textIn(info, 'fromusername') ?? textIn(record, 'fromUser'),
		pattedId: textIn(info, 'pattedusername') ?? textIn(record, 'pattedUser'),
		chatId: textIn(info, 'chatusername') ?? textIn(older, 'chatUser'),
		template,
		suffix: textIn(info, 'patsuffix') ?? textIn(record, 'patSuffix'),
		text: textIn(app, 'title') ?? template?.replace(PLACEHOLDER, '$1') ?? null,
	};
}

/** A group's announcement: a system message, an app message, or its plain words. */
export function announcement({ root, words, data }: Message): IDataObject | undefined {
	const app = appMessageIn(root);
	const published = child(root, 'mmchatroombarannouncememt') ?? app;
	const details = parseContent(
		textIn(published, 'xmlcontent') ?? textIn(app, 'announcement') ?? '',
	);
	const sender = field(data, 'fromUser');
	const member = sender !== null && isGroupId(sender) ? null : sender;
	return {
		type: 'announcement',
		text: textIn(published, 'content') ?? textIn(app, 'textannouncement') ?? words ?? null,
		editor: personById(textIn(details, 'source', 'fromusr') ?? member),
		announcementId: textIn(published, 'announcement_id') ?? textIn(details, 'announcement_id'),
		editTime: number(details, 'edittime'),
	};
}

const TODO_STATES: Record<number, string> = { 0: 'set', 1: 'revoked' };

/** A group's to-do. */
export function todo({ root, words }: Message): IDataObject | undefined {
	const item = child(root, 'todo');
	if (root !== undefined && item === undefined) return undefined;
	const notice = textIn(item, 'template')?.replace(PLACEHOLDER, '$1') ?? words ?? null;
	return {
		type: 'todo',
		state: TODO_STATES[number(item, 'op') ?? -1] ?? null,
		title: textIn(item, 'title'),
		todoId: textIn(item, 'todoid'),
		messageId: textIn(item, 'related_msgid'),
		creator: personById(textIn(item, 'creator')),
		operator: personById(textIn(item, 'oper')),
		time: number(item, 'time'),
		text: notice,
	};
}

/** A request to let people into a group; Group: Approve Members wants the untouched XML. */
export function joinRequest({ root }: Message): IDataObject | undefined {
	const request = child(root, 'NewXmlChatRoomAccessVerifyApplication');
	if (request === undefined) return undefined;
	const link = child(request, 'link');
	return {
		type: 'joinRequest',
		inviter: personById(textIn(link, 'inviterusername')),
		invitees: inviteesIn(link),
		reason: textIn(link, 'invitationreason'),
		ticket: textIn(link, 'ticket'),
		link: textIn(link, 'text'),
		chatId: textIn(request, 'RoomName'),
		text: textIn(request, 'text'),
	};
}

function inviteesIn(link: Message['root']): IDataObject[] {
	const list = child(link, 'memberlist');
	const pictures = children(list, 'member').map((member) => textIn(member, 'headimgurl'));
	return membersIn(list).map((person, index) => ({ ...person, avatarUrl: pictures[index] }));
}
