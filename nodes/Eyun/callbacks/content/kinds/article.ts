import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, children, field, limited, number, text } from '../xml/fields';
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
	const topCover = text(category, 'topnew', 'cover') ?? text(app, 'thumburl');
	const articles = items.kept.map((item, index) => articleOf(item, index === 0 ? topCover : null));
	return {
		type: 'article',
		accountName: text(category, 'name') ?? text(app, 'sourcedisplayname'),
		accountId: text(app, 'sourceusername') ?? text(root, 'fromusername') ?? field(data, 'fromUser'),
		articles: articles.length > 0 ? articles : [single(app)],
		omittedArticles: items.omitted,
	};
}

function articleOf(item: XmlElement, topCover: string | null): IDataObject {
	return {
		title: text(item, 'title', 'content') ?? text(item, 'title') ?? text(item, 'title_v2'),
		url: text(item, 'url'),
		digest: text(item, 'digest') ?? text(item, 'summary'),
		cover: text(item, 'cover') ?? topCover,
		time: number(item, 'pub_time'),
	};
}

function single(app: XmlElement): IDataObject {
	return {
		title: text(app, 'title'),
		url: text(app, 'url'),
		digest: text(app, 'des'),
		cover: text(app, 'thumburl'),
		time: null,
	};
}
