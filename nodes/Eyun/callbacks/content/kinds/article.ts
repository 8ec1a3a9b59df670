import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, children, field, limited, number, textIn } from '../xml/fields';
import type { Message } from '../xml/message';
import { appMessageIn } from './appMessages';

/** An official account sends up to 8 articles at once. */
const MAX_ARTICLES = 50;

/** What an official account published: its articles, the first one on top. */
export function article({ root, data }: Message): IDataObject | undefined {
	const app = appMessageIn(root);
	if (app === undefined) return undefined;
	const category = child(app, 'mmreader', 'category');
	const items = limited(children(category, 'item'), MAX_ARTICLES);
	const topCover = textIn(category, 'topnew', 'cover') ?? textIn(app, 'thumburl');
	const articles = items.kept.map((item, index) => articleOf(item, index === 0 ? topCover : null));
	return {
		type: 'article',
		accountName: textIn(category, 'name') ?? textIn(app, 'sourcedisplayname'),
		accountId:
			textIn(app, 'sourceusername') ?? textIn(root, 'fromusername') ?? field(data, 'fromUser'),
		articles: articles.length > 0 ? articles : [single(app)],
		omittedArticles: items.omitted,
	};
}

function articleOf(item: XmlElement, topCover: string | null): IDataObject {
	return {
		title: textIn(item, 'title', 'content') ?? textIn(item, 'title') ?? textIn(item, 'title_v2'),
		url: textIn(item, 'url'),
		digest: textIn(item, 'digest') ?? textIn(item, 'summary'),
		cover: textIn(item, 'cover') ?? topCover,
		time: number(item, 'pub_time'),
	};
}

function single(app: XmlElement): IDataObject {
	return {
		title: textIn(app, 'title'),
		url: textIn(app, 'url'),
		digest: textIn(app, 'des'),
		cover: textIn(app, 'thumburl'),
		time: null,
	};
}
