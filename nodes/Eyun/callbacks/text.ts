import { appMessageIn } from './content/kinds/appMessages';
import { withoutIdLines } from './content/xml/idLines';
import { textIn } from './content/xml/fields';
import { parseContent } from './content/xml/parse';
import type { Callback } from './parse';
import { reasonWords } from '../common/reasonWords';

/** WeChat's XML, also as text inside a text. Notices have tags of HTML among their words. */
const DOCUMENT = /(?:<|&lt;)(?:\?xml|msg|appmsg|sysmsg|voip\w{1,30})[\s>]/i;

/** A tag at the beginning, perhaps right after the sender's id. */
const MARKED_UP = /^(?:[\w@.-]{1,64}:\s*)?</;

/** Links and pictures of WeChat's own among the words of a notice. */
const MARKUP = /<\/?(?:a|img|_wc_custom_(?:link|img)_)(?=[\s>/])[^<>]{0,2000}>/g;

/**
 * The words of an event, never XML, which text filters and workflows could do nothing with.
 *
 * @param event its name
 * @param data what was pushed
 * @param content its content without the lines that say who wrote it
 */
export function textOf(event: string, data: Callback['data'], content: string): string | null {
	// What somebody typed is a text whatever it looks like.
	if (event === 'message.text') return typeof data.content === 'string' ? content : null;
	if (event === 'message.quote') return quoteText(data);
	if (event === 'system.offline') return reasonWords(content) ?? null;
	const words = withoutIdLines(content, () => true).rest.replace(MARKUP, '');
	return isWords(words) ? words : null;
}

function isWords(text: string): boolean {
	const trimmed = text.trim();
	return trimmed !== '' && !MARKED_UP.test(trimmed) && !DOCUMENT.test(trimmed);
}

/** A quote's own words are its title, which the older format has in the XML only. */
function quoteText({ title, content }: Callback['data']): string | null {
	if (typeof title === 'string' && title.trim() !== '') return isDocument(title) ? null : title;
	const root = typeof content === 'string' ? parseContent(content) : undefined;
	const own = textIn(appMessageIn(root), 'title');
	return own === null || isDocument(own) ? null : own;
}

/** Somebody may write about XML; only what begins as a message does is none. */
function isDocument(text: string): boolean {
	return (
		withoutIdLines(text, () => true)
			.rest.trim()
			.search(DOCUMENT) === 0
	);
}
