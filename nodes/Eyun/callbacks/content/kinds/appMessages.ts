import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { attribute, child, field, number, text } from '../xml/fields';
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

function appName({ root }: Message): string | null {
	return text(root, 'appinfo', 'appname');
}

/** A link. */
export function link(message: Message): IDataObject {
	const app = appMessageIn(message.root);
	const { data } = message;
	return {
		type: 'link',
		title: text(app, 'title') ?? field(data, 'title'),
		description: text(app, 'des') ?? field(data, 'des'),
		url: text(app, 'url') ?? field(data, 'url'),
		thumbUrl: text(app, 'thumburl') ?? field(data, 'thumbUrl'),
		sourceName: text(app, 'sourcedisplayname'),
		sourceId: text(app, 'sourceusername'),
		appId: attribute(app, 'appid'),
		appName: appName(message),
	};
}

const ANNOUNCED = 74;

/**
 * A file. `finished` tells whether it has arrived: WeChat announces the transfer of a large file
 * first (app message 74, message types 60008 and 80008).
 */
export function file(message: Message): IDataObject {
	const { root, event, legacy } = message;
	const app = appMessageIn(root);
	const attachment = child(app, 'appattach');
	const announced = appTypeOf(root) === ANNOUNCED || (event === 'file' && !legacy);
	const received = event === 'fileReceived';
	return {
		type: received ? 'fileReceived' : 'file',
		name: text(app, 'title'),
		extension: text(attachment, 'fileext'),
		size: number(attachment, 'totallen'),
		md5: text(app, 'md5') ?? text(attachment, 'filemd5'),
		finished: received || !announced,
		attachId: text(attachment, 'attachid'),
		aesKey: text(attachment, 'aeskey'),
		cdnUrl: text(attachment, 'cdnattachurl'),
		announcementId: text(attachment, 'overwrite_newmsgid'),
	};
}

/** A mini program. */
export function miniProgram({ root }: Message): IDataObject {
	const app = appMessageIn(root);
	const program = child(app, 'weappinfo');
	return {
		type: 'miniProgram',
		title: text(app, 'title'),
		description: text(app, 'des'),
		appId: text(program, 'appid'),
		username: text(program, 'username') ?? text(app, 'sourceusername'),
		displayName: text(app, 'sourcedisplayname'),
		pagePath: text(program, 'pagepath'),
		url: text(app, 'url'),
		iconUrl: text(program, 'weappiconurl'),
		thumbUrl: text(app, 'thumburl') ?? text(program, 'weapppagethumbrawurl'),
		cdnThumbUrl: text(app, 'appattach', 'cdnthumburl'),
		version: number(program, 'version'),
		programType: number(program, 'type'),
	};
}

/** Music. */
export function music(message: Message): IDataObject {
	const app = appMessageIn(message.root);
	return {
		type: 'music',
		title: text(app, 'title'),
		singer: text(app, 'des') ?? text(app, 'musicShareItem', 'mvSingerName'),
		url: text(app, 'url'),
		dataUrl: text(app, 'dataurl') ?? text(app, 'lowdataurl'),
		thumbUrl: text(app, 'songalbumurl') ?? text(app, 'thumburl'),
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
	const url = text(app, 'url') ?? field(data, 'url');
	if (app === undefined && url === null) return undefined;
	const description = text(app, 'des') ?? field(data, 'des');
	const match = INVITATION.exec((description ?? '').slice(0, LONGEST_INVITATION));
	return {
		type: 'groupInvite',
		title: text(app, 'title') ?? field(data, 'title'),
		description,
		url,
		groupName: (match?.[2] ?? match?.[4]) || null,
		inviterName: (match?.[1] ?? match?.[3]) || null,
		thumbUrl: text(app, 'thumburl') ?? field(data, 'thumbUrl'),
	};
}
