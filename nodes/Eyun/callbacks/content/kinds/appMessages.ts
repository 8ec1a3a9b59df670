import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { attribute, child, field, number, textIn } from '../xml/fields';
import type { Message } from '../xml/message';

/** App messages (`<appmsg>`) that are no more than a card with some fields. */

/** The app message in a root, which some clients send without `<msg>` around it. */
export function appMessageIn(root: XmlElement | undefined): XmlElement | undefined {
	return root?.name === 'appmsg' ? root : child(root, 'appmsg');
}

/** WeChat's number for the kind of app message: 5 is a link, 6 a file, 57 a quote. */
export function appTypeOf(root: XmlElement | undefined): number | null {
	return number(appMessageIn(root), 'type');
}

/** The app that a card was shared from. */
export function appName({ root }: Message): string | null {
	return textIn(root, 'appinfo', 'appname');
}

/** A link. */
export function link(message: Message): IDataObject {
	const app = appMessageIn(message.root);
	const { data } = message;
	return {
		type: 'link',
		title: textIn(app, 'title') ?? field(data, 'title'),
		description: textIn(app, 'des') ?? field(data, 'des'),
		url: textIn(app, 'url') ?? field(data, 'url'),
		thumbUrl: textIn(app, 'thumburl') ?? field(data, 'thumbUrl'),
		sourceName: textIn(app, 'sourcedisplayname'),
		sourceId: textIn(app, 'sourceusername'),
		appId: attribute(app, 'appid'),
		appName: appName(message),
	};
}

const ANNOUNCED = 74;

/**
 * Whether a message only announces a file (app message 74), or has it uploaded still: there is a
 * token for the upload then, and nothing to download.
 */
export function isAnnouncement(root: XmlElement | undefined): boolean {
	const attachment = child(appMessageIn(root), 'appattach');
	if (appTypeOf(root) === ANNOUNCED) return true;
	const isThere = textIn(attachment, 'attachid') ?? textIn(attachment, 'cdnattachurl');
	return isThere === null && textIn(attachment, 'fileuploadtoken') !== null;
}

/** A file. `finished` tells whether it has arrived, or the message only announces it. */
export function appFile({ root, event }: Message): IDataObject {
	const app = appMessageIn(root);
	const attachment = child(app, 'appattach');
	const received = event === 'fileReceived';
	return {
		type: received ? 'fileReceived' : 'file',
		name: textIn(app, 'title'),
		extension: textIn(attachment, 'fileext'),
		size: number(attachment, 'totallen'),
		md5: textIn(app, 'md5') ?? textIn(attachment, 'filemd5'),
		finished: received || !isAnnouncement(root),
		attachId: textIn(attachment, 'attachid'),
		aesKey: textIn(attachment, 'aeskey'),
		cdnUrl: textIn(attachment, 'cdnattachurl'),
		announcementId: textIn(attachment, 'overwrite_newmsgid'),
	};
}

/** A mini program. */
export function miniProgram({ root }: Message): IDataObject {
	const app = appMessageIn(root);
	const program = child(app, 'weappinfo');
	return {
		type: 'miniProgram',
		title: textIn(app, 'title'),
		description: textIn(app, 'des'),
		appId: textIn(program, 'appid'),
		username: textIn(program, 'username') ?? textIn(app, 'sourceusername'),
		displayName: textIn(app, 'sourcedisplayname'),
		pagePath: textIn(program, 'pagepath'),
		url: textIn(app, 'url'),
		iconUrl: textIn(program, 'weappiconurl'),
		thumbUrl: textIn(app, 'thumburl') ?? textIn(program, 'weapppagethumbrawurl'),
		cdnThumbUrl: textIn(app, 'appattach', 'cdnthumburl'),
		version: number(program, 'version'),
		programType: number(program, 'type'),
	};
}

/** Music. */
export function music(message: Message): IDataObject {
	const app = appMessageIn(message.root);
	return {
		type: 'music',
		title: textIn(app, 'title'),
		singer: textIn(app, 'des') ?? textIn(app, 'musicShareItem', 'mvSingerName'),
		url: textIn(app, 'url'),
		dataUrl: textIn(app, 'dataurl') ?? textIn(app, 'lowdataurl'),
		thumbUrl: textIn(app, 'songalbumurl') ?? textIn(app, 'thumburl'),
		appId: attribute(app, 'appid'),
		appName: appName(message),
	};
}

const INVITATION =
	/^(?:["“](.+?)["”]\s*邀请你加入群聊\s*["“]?(.*?)["”]?\s*，|["“]?(.+?)["”]? invited you to join (?:the )?group chat\s*["“](.*?)["”])/;
const LONGEST_INVITATION = 1000;

/** An invitation to a group; its link joins the group. */
export function groupInvite({ root, data }: Message): IDataObject | undefined {
	const app = appMessageIn(root);
	const url = textIn(app, 'url') ?? field(data, 'url');
	if (app === undefined && url === null) return undefined;
	const description = textIn(app, 'des') ?? field(data, 'des');
	const match = INVITATION.exec((description ?? '').slice(0, LONGEST_INVITATION));
	return {
		type: 'groupInvite',
		title: textIn(app, 'title') ?? field(data, 'title'),
		description,
		url,
		groupName: (match?.[2] ?? match?.[4]) || null,
		inviterName: (match?.[1] ?? match?.[3]) || null,
		thumbUrl: textIn(app, 'thumburl') ?? field(data, 'thumbUrl'),
	};
}
