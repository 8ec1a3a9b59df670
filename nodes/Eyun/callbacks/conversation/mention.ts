/** What WeChat puts behind the name of somebody who is mentioned: a space of its own kind. */
const END = '\u2005';

const MENTION = new RegExp(`@[^@${END}\\n]{1,64}${END}`, 'g');

/** Some clients end a mention with a usual space, so that only its beginning is sure. */
const FIRST_WORD = /^\s*@\S{1,64}\s+/;

/** In a group's `atlist`: everybody was mentioned (`notify@all`, in announcements `announcement@all`). */
const EVERYBODY = /@all$/;

/** Who is mentioned in a message. */
export interface Mentions {
	/** By WeChat ID, in the order in which they stand in the text. */
	mentions: readonly string[];
	/** The account that received the message. */
	wcId: string | null;
}

/**
 * Whether everybody in the group is mentioned.
 *
 * @param id an entry of `mentions`
 */
export function isEverybody(id: string): boolean {
	return EVERYBODY.test(id);
}

/**
 * Takes the mention of the account itself, or of everybody, out of a text.
 *
 * @param text what was said
 * @param mentioned who is mentioned
 * @returns the rest; the whole text where nothing else was said, or where it cannot be told which
 *   mention is which
 */
export function withoutMention(text: string, { mentions, wcId }: Mentions): string {
	const own = mentions.findIndex((id) => id === wcId || isEverybody(id));
	if (own === -1) return text;
	const found = [...text.matchAll(MENTION)];
	const single = mentions.length === 1;
	const mention =
		found.length === mentions.length || single ? found.at(single ? 0 : own) : undefined;
	const rest =
		mention === undefined
			? text.replace(single ? FIRST_WORD : '', '')
			: text.slice(0, mention.index) + text.slice(mention.index + mention[0].length);
	return rest.trim() === '' ? text : rest.trim();
}
