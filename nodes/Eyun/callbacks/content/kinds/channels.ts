import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, children, limited, number, textIn, toNumber } from '../xml/fields';
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
		objectId: textIn(feed, 'objectId'),
		objectNonceId: textIn(feed, 'objectNonceId'),
		liveId: realId(textIn(feed, 'liveId')),
		nickName: textIn(feed, 'nickname'),
		username: textIn(feed, 'username'),
		avatarUrl: textIn(feed, 'avatar'),
		description: textIn(feed, 'desc'),
		feedType: number(feed, 'feedType'),
		mediaCount: number(feed, 'mediaCount'),
		media: media.kept.map(medium),
		omittedMedia: media.omitted,
	};
}

function medium(element: XmlElement): IDataObject {
	return {
		url: textIn(element, 'url'),
		thumbUrl: textIn(element, 'thumbUrl'),
		coverUrl: textIn(element, 'coverUrl') ?? textIn(element, 'fullCoverUrl'),
		mediaType: number(element, 'mediaType'),
		width: number(element, 'width'),
		height: number(element, 'height'),
		// WeChat has been seen to write "10>>".
		durationSeconds: toNumber(textIn(element, 'videoPlayDuration')?.replace(/>+$/, '') ?? null),
		size: number(element, 'fileSize'),
	};
}

function liveBroadcast(broadcast: XmlElement): IDataObject {
	return {
		type: 'channelsVideo',
		live: true,
		objectId: realId(textIn(broadcast, 'finderObjectID')),
		objectNonceId: textIn(broadcast, 'finderNonceID'),
		liveId: realId(textIn(broadcast, 'finderLiveID')),
		nickName: textIn(broadcast, 'nickname'),
		username: textIn(broadcast, 'finderUsername'),
		avatarUrl: textIn(broadcast, 'headUrl'),
		description: textIn(broadcast, 'desc'),
		feedType: null,
		mediaCount: null,
		media: children(broadcast, 'media').slice(0, 1).map(medium),
		omittedMedia: 0,
	};
}

function realId(id: string | null): string | null {
	return id === '0' ? null : id;
}
