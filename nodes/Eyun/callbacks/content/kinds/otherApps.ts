import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { attribute, child, children, elementsIn, limited, number, textIn } from '../xml/fields';
import type { Message } from '../xml/message';
import { parseContent } from '../xml/parse';
import { appMessageIn, appName, appTypeOf } from './appMessages';

/** App messages that few chats have, and those that WeChat will think of next. */

/** What is read by its own name, or only says how WeChat draws the message. */
const NOT_DETAILS = ['appattach', 'webviewshared', 'weappinfo', 'websearch', 'streamvideo'];
const MAX_DETAILS = 100;
const MAX_DETAIL_LENGTH = 1_000;
const MAX_PATH_LENGTH = 200;

/** Any app message: its card, WeChat's number for its kind, and the values of its own elements. */
export function app(message: Message): IDataObject | undefined {
	const { root } = message;
	const card = appMessageIn(root);
	const appType = appTypeOf(root);
	const title = textIn(card, 'title');
	if (appType === null && title === null) return undefined;
	return {
		type: 'app',
		appType,
		title,
		description: textIn(card, 'des'),
		url: textIn(card, 'url'),
		thumbUrl: textIn(card, 'thumburl'),
		sourceName: textIn(card, 'sourcedisplayname'),
		sourceId: textIn(card, 'sourceusername'),
		appId: attribute(card, 'appid'),
		appName: appName(message),
		details: detailsIn(card),
	};
}

/** The values of the elements that have elements, by their path. */
function detailsIn(card: XmlElement | undefined): IDataObject {
	const own = elementsIn(card).filter(({ name }) => !NOT_DETAILS.includes(name));
	const details = own.flatMap((element) =>
		elementsIn(element).flatMap((inner) => valuesIn(inner, element.name)),
	);
	return Object.fromEntries(details.slice(0, MAX_DETAILS));
}

/** Zero and nothing are what WeChat writes for a value that there is not. */
function valuesIn(element: XmlElement, path: string): Array<[string, string]> {
	const name = `${path}.${element.name}`;
	if (name.length > MAX_PATH_LENGTH) return [];
	const inner = elementsIn(element);
	if (inner.length > 0) return inner.flatMap((each) => valuesIn(each, name));
	const text = element.text.trim();
	const isValue = text !== '' && text !== '0' && text.length <= MAX_DETAIL_LENGTH;
	return isValue && !text.startsWith('<') ? [[name, text]] : [];
}

/** The card of a Channels account. */
export function channelsCard({ root }: Message): IDataObject | undefined {
	const card = child(appMessageIn(root), 'findernamecard');
	if (card === undefined) return undefined;
	return {
		type: 'channelsCard',
		username: textIn(card, 'username'),
		nickName: textIn(card, 'nickname'),
		avatarUrl: textIn(card, 'avatar'),
		certification: textIn(card, 'auth_job'),
	};
}

/** WeChat lets a group of 500 join in. */
const MAX_ENTRIES = 500;
const ENTRY = /^\s{0,20}\d{1,4}\s{0,5}[.．、]\s{0,20}(.*)$/;

/** A list that a group fills in (接龙): the list itself is the title. */
export function solitaire({ root }: Message): IDataObject {
	const card = appMessageIn(root);
	const info = child(card, 'extinfo', 'solitaire_info') ?? child(card, 'solitaire_info');
	const list = child(info, 'solitaire') ?? parseContent(info?.text ?? '');
	const title = textIn(card, 'title');
	const entries = limited(entriesOf(title ?? '', list), MAX_ENTRIES);
	return {
		type: 'solitaire',
		title,
		description: textIn(card, 'des'),
		creatorId: textIn(list, 'au'),
		entries: entries.kept,
		omittedEntries: entries.omitted,
	};
}

/** The lines of the list; who wrote each is known where there are as many people as lines. */
function entriesOf(title: string, list: XmlElement | undefined): IDataObject[] {
	const lines = title.split('\n').map((line) => ENTRY.exec(line)?.[1]);
	const texts = lines.filter((text) => text !== undefined);
	const people = children(child(list, 'content'), 'i').map((person) => ({
		wcId: textIn(person, 'u'),
		timestamp: number(person, 't'),
	}));
	if (texts.length === 0) return people.map((person) => ({ ...person, text: null }));
	const isMatched = texts.length === people.length;
	return texts.map((text, index) => ({
		wcId: isMatched ? people[index].wcId : null,
		timestamp: isMatched ? people[index].timestamp : null,
		text: text.trim(),
	}));
}
