import type { IDataObject } from 'n8n-workflow';

import { isGroupId } from '../../../common/wechatIds';
import { membersIn, personById } from '../notices/person';
import { child, children, field, number, textIn, toNumber } from '../xml/fields';
import type { Message } from '../xml/message';
import { parseContent } from '../xml/parse';
import { appMessageIn } from './appMessages';

/** System messages (`<sysmsg>`) with a structure of their own. */

const REVOKER = /^["“](.+?)["”]\s*(?:撤回了|recalled)/;
const REVOKED = /撤回了|recalled/;
const LONGEST_NOTICE = 1000;

/** A revoked message. Older clients name the long id `msgid` and the short one `oldmsgid`. */
export function revoked({ root, words }: Message): IDataObject | undefined {
	const revocation = child(root, 'revokemsg');
	if (revocation === undefined && !REVOKED.test(words ?? '')) return undefined;
	const old = textIn(revocation, 'oldmsgid');
	const notice =
		textIn(revocation, 'replacemsg') ?? textIn(revocation, 'customtip') ?? words ?? null;
	return {
		type: 'revoked',
		messageId:
			textIn(revocation, 'newmsgid') ?? (old === null ? null : textIn(revocation, 'msgid')),
		msgId: toNumber(old ?? textIn(revocation, 'msgid')),
		chatId: textIn(revocation, 'session'),
		text: notice,
		revokerName: REVOKER.exec((notice ?? '').slice(0, LONGEST_NOTICE))?.[1] ?? null,
	};
}

const PLACEHOLDER = /\$\{([^{}]{1,80})\}/g;

/** A pat; the template names people by id, and so does the text where WeChat gives no title. */
export function pat({ root }: Message): IDataObject | undefined {
	const app = appMessageIn(root);
	const info = child(root, 'pat') ?? child(app, 'patinfo');
	if (info === undefined) return undefined;
	const template = textIn(info, 'template');
	return {
		type: 'pat',
		fromId: textIn(info, 'fromusername'),
		pattedId: textIn(info, 'pattedusername'),
		chatId: textIn(info, 'chatusername'),
		template,
		suffix: textIn(info, 'patsuffix'),
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
