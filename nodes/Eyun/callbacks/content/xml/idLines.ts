/** The id of a sender or a group that WeChat puts on a line before what was sent. */
const ID_LINE = /^\s*([\w@.-]{1,64}):[^\S\r\n]*(?:\r\n?|\n)/;

/** A notice has the group before it, a message of the older format its sender; both is the most. */
const MOST_LINES = 2;

/** A content, and the ids on the lines before it. */
export interface Unheaded {
	ids: string[];
	rest: string;
}

/**
 * Takes the lines with ids off a content.
 *
 * @param content as the vendor sent it
 * @param isId whether what looks like an id is one; a text may begin with a word and a colon, too
 */
export function withoutIdLines(content: string, isId: (id: string) => boolean): Unheaded {
	const ids: string[] = [];
	let rest = content;
	while (ids.length < MOST_LINES) {
		const [line, id] = ID_LINE.exec(rest) ?? [];
		if (line === undefined || !isId(id)) break;
		ids.push(id);
		rest = rest.slice(line.length);
	}
	return { ids, rest };
}
