import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import {
	attribute,
	attributeNumber,
	child,
	children,
	limited,
	number,
	textIn,
	toNumber,
} from '../xml/fields';
import type { Message } from '../xml/message';
import { parseContent } from '../xml/parse';
import { appMessageIn } from './appMessages';

/** WeChat forwards up to 100 messages at once. */
const MAX_ITEMS = 500;

/** WeChat's numbers for what is in a chat record. */
const ITEM_TYPES: Record<number, string> = {
	1: 'text',
	2: 'image',
	3: 'voice',
	4: 'video',
	5: 'link',
	6: 'location',
	7: 'music',
	8: 'file',
	15: 'video',
	16: 'card',
	17: 'chatRecord',
	18: 'note',
	19: 'miniProgram',
	22: 'channelsVideo',
	23: 'channelsVideo',
	29: 'music',
	32: 'music',
	36: 'miniProgram',
	37: 'emoji',
};

const CARD = 16;

/** Forwarded messages. A record inside the record is an item with a title; it is not opened. */
export function chatRecord(message: Message): IDataObject {
	return { type: 'chatRecord', ...recordOf(message) };
}

/** A note of WeChat's favorites, which is stored like a chat record. */
export function note(message: Message): IDataObject {
	return { type: 'note', ...recordOf(message) };
}

function recordOf({ root }: Message): IDataObject {
	const app = appMessageIn(root);
	const record = recordIn(child(app, 'recorditem'));
	const list = child(record, 'datalist') ?? record;
	const items = limited(children(list, 'dataitem'), MAX_ITEMS);
	return {
		title: textIn(app, 'title') ?? textIn(record, 'title'),
		description: textIn(app, 'des') ?? textIn(record, 'desc'),
		itemCount: attributeNumber(list, 'count') ?? items.kept.length + items.omitted,
		items: items.kept.map(itemOf),
		omittedItems: items.omitted,
	};
}

/** The record is XML as text in the XML, seldom an element. */
function recordIn(element: XmlElement | undefined): XmlElement | undefined {
	return child(element, 'recordinfo') ?? parseContent(element?.text ?? '');
}

function itemOf(item: XmlElement): IDataObject {
	const itemType = attributeNumber(item, 'datatype') ?? number(item, 'datatype');
	const place = child(item, 'location') ?? child(item, 'locitem');
	const words = textIn(item, 'datadesc');
	// A card is the XML of its person.
	const card = itemType === CARD && words?.startsWith('<') ? parseContent(words) : undefined;
	return {
		type: ITEM_TYPES[itemType ?? 0] ?? 'other',
		itemType,
		senderName: textIn(item, 'sourcename'),
		senderAvatarUrl: textIn(item, 'sourceheadurl'),
		time: textIn(item, 'sourcetime'),
		timestamp: number(item, 'srcMsgCreateTime'),
		messageId: textIn(item, 'fromnewmsgid'),
		title:
			textIn(item, 'datatitle') ??
			placed(place, 'poiname') ??
			attribute(card, 'nickname') ??
			titleInside(item),
		text: (card ? null : words) ?? placed(place, 'label') ?? textInside(item),
		url: textIn(item, 'weburlitem', 'link') ?? textIn(item, 'link') ?? textIn(item, 'streamweburl'),
		extension: textIn(item, 'datafmt'),
		size: number(item, 'datasize'),
		md5: textIn(item, 'fullmd5'),
		durationSeconds: number(item, 'duration'),
		latitude: toNumber(placed(place, 'lat') ?? placed(place, 'x')),
		longitude: toNumber(placed(place, 'lng') ?? placed(place, 'y')),
	};
}

/** A place has its values as attributes or as elements. */
function placed(place: XmlElement | undefined, name: string): string | null {
	return attribute(place, name) ?? textIn(place, name);
}

/** Where items of some kinds have their title: in the element that only this kind has. */
const TITLES = [
	['weburlitem', 'title'],
	['appbranditem', 'title'],
	['appbranditem', 'sourcedisplayname'],
	['finderFeed', 'nickname'],
	['finderLive', 'nickname'],
	['musicShareItem', 'title'],
	['noteinfo', 'title'],
	['recordxml', 'recordinfo', 'title'],
	['recordinfo', 'title'],
];
const TEXTS = [
	['weburlitem', 'desc'],
	['finderFeed', 'desc'],
	['finderLive', 'desc'],
	['musicShareItem', 'mvSingerName'],
	['recordxml', 'recordinfo', 'desc'],
	['recordinfo', 'desc'],
];

function titleInside(item: XmlElement): string | null {
	return TITLES.map((path) => textIn(item, ...path)).find((title) => title !== null) ?? null;
}

function textInside(item: XmlElement): string | null {
	return TEXTS.map((path) => textIn(item, ...path)).find((text) => text !== null) ?? null;
}
