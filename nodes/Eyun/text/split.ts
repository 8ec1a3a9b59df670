/** Where a text may be cut, the best places first: behind a match. */
const PLACES: readonly RegExp[] = [
	/\n[^\S\n]*\n\s*/g,
	/\n\s*/g,
	/[。！？!?…][”’"'）)】」』]*\s*|\.(?:["'”’)]*)\s+/g,
	/[，,、；;：:]\s*|\s+/g,
];

/** A part that is cut earlier than this share of the limit would look torn off. */
const LEAST_SHARE = 0.3;

/**
 * Splits a long text into parts that can be sent one after another: between paragraphs if possible,
 * then lines, then sentences, then words. What a reader sees as one character stays whole.
 *
 * @param text any text
 * @param limit how many UTF-16 units a part may have at most; larger than any one character
 * @param first the limit of the first part, where something else stands before it
 * @returns parts without white space around them; none for a text of white space
 */
export function splitText(text: string, limit: number, first = limit): string[] {
	const parts: string[] = [];
	let rest = text.trim();
	while (rest !== '') {
		const most = parts.length === 0 ? first : limit;
		const end = rest.length <= most ? rest.length : cut(rest, most);
		const part = rest.slice(0, end).trim();
		if (part !== '') parts.push(part);
		rest = rest.slice(end).trimStart();
	}
	return parts;
}

/** Where to cut a text that is too long. */
function cut(text: string, limit: number): number {
	// White space behind the cut is dropped, so that a match may reach over the limit.
	const window = text.slice(0, limit + 1);
	for (const place of PLACES) {
		const ends = [...window.matchAll(place)]
			.map((match) => match.index + match[0].length)
			.filter((end) => window.slice(0, end).trimEnd().length <= limit)
			.filter((end) => !CONTINUES.test(text.slice(end, end + 2)));
		const end = ends.at(-1) ?? 0;
		if (end >= limit * LEAST_SHARE) return end;
	}
	return wholeCharacters(text, limit);
}

/** What belongs to the character before it: accents, and what makes an emoji of a sign. */
const CONTINUES = /^[\p{M}\p{Emoji_Modifier}\u200D]/u;

/** Made when it is needed: the first one takes longer than all else that n8n waits for at its start. */
const characters = () => new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The longest character that WeChat knows, a family with skin tones, has some thirty units. */
const LONGEST_CHARACTER = 64;

/** The last place up to the limit that is between two characters as a reader sees them. */
function wholeCharacters(text: string, limit: number): number {
	let end = 0;
	for (const { index, segment } of characters().segment(text.slice(0, limit + LONGEST_CHARACTER))) {
		if (index + segment.length > limit) break;
		end = index + segment.length;
	}
	if (end > 0) return end;
	return isSurrogatePair(text, limit) ? limit - 1 : limit;
}

/** Whether the unit at a place is the second half of a character. */
function isSurrogatePair(text: string, at: number): boolean {
	return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
}
