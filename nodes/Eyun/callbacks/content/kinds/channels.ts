import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, children, limited, number, text, toNumber } from '../xml/fields';
import type { Message } from '../xml/message';
import { appMessageIn } from './appMessages';

/** WeChat Channels (视频号): a video with its media, or a live broadcast. */

const MAX_MEDIA = 50;

/** A video; `objectId` and `objectNonceId` are what the Channels operations want. */
export function channelsVideo({ root }: Message): IDataObject | undefined {
	const app = appMessageIn(root);
	const broadcast = child(app, 'finderLive');
	if (broadcast !== undefined) return liveBroadcast(broadcast);
	const feed = child(app, 'finderFeed');
	if (feed === undefined) return undefined;
	const media = limited(children(child(feed, 'mediaList'), 'media'), MAX_MEDIA);
	return {
		type: 'channelsVideo',
		live: false,
		objectId: text(feed, 'objectId'),
		objectNonceId: text(feed, 'objectNonceId'),
		liveId: realId(text(feed, 'liveId')),
		nickName: text(feed, 'nickname'),
		username: text(feed, 'username'),
		avatarUrl: text(feed, 'avatar'),
		description: text(feed, 'desc'),
		feedType: number(feed, 'feedType'),
		mediaCount: number(feed, 'mediaCount'),
		media: media.kept.map(medium),
		omittedMedia: media.omitted,
	};
}

function medium(element: XmlElement): IDataObject {
	return {
		url: text(element, 'url'),
		thumbUrl: text(element, 'thumbUrl'),
		coverUrl: text(element, 'coverUrl') ?? text(element, 'fullCoverUrl'),
		mediaType: number(element, 'mediaType'),
		width: number(element, 'width'),
		height: number(element, 'height'),
		// WeChat has been seen to write "10>>".
		durationSeconds: toNumber(text(element, 'videoPlayDuration')?.replace(/>+$/, '') ?? null),
		size: number(element, 'fileSize'),
	};
}

function liveBroadcast(broadcast: XmlElement): IDataObject {
	return {
		type: 'channelsVideo',
		live: true,
		objectId: realId(text(broadcast, 'finderObjectID')),
		objectNonceId: text(broadcast, 'finderNonceID'),
		liveId: realId(text(broadcast, 'finderLiveID')),
		nickName: text(broadcast, 'nickname'),
		username: text(broadcast, 'finderUsername'),
		avatarUrl: text(broadcast, 'headUrl'),
		description: text(broadcast, 'desc'),
		feedType: null,
		mediaCount: null,
		media: children(broadcast, 'media').slice(0, 1).map(medium),
		omittedMedia: 0,
	};
}

function realId(id: string | null): string | null {
	return id === '0' ? null : id;
}
