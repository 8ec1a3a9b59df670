import { memoize } from '../../common/memoize';
import type { RE2JS } from '../../libraries/regex';

/** How many characters of a text are searched; WeChat's longest messages have a few thousand. */
const LONGEST_TEXT = 20_000;

/** A user's regular expression, in RE2 syntax. */
export interface TextPattern {
	/** Why it cannot be used; such a pattern matches nothing. */
	mistake?: string;
	/** Whether a text matches it somewhere. Takes time in proportion to the text, whatever the pattern. */
	matches(text: string): boolean;
}

/**
 * Reads a regular expression; the same text is read once.
 *
 * @param pattern in RE2 syntax
 */
export async function readPattern(pattern: string): Promise<TextPattern> {
	// Only here is the library read from the disk: it is large, and most workflows have no pattern.
	const { RE2JS } = await import('../../libraries/regex');
	return compile(pattern, RE2JS);
}

const compile = memoize((pattern: string, library: typeof RE2JS): TextPattern => {
	try {
		const compiled = library.compile(pattern);
		return { matches: (text) => compiled.matcher(text.slice(0, LONGEST_TEXT)).find() };
	} catch (error) {
		const mistake = error instanceof Error ? error.message : String(error);
		return { mistake, matches: () => false };
	}
});

/**
 * Whether a text has at least one of the words in it, in upper or lower case.
 *
 * @param words none of them empty
 */
export function containsAny(text: string, words: readonly string[]): boolean {
	const lower = text.toLowerCase();
	return words.some((word) => lower.includes(word.toLowerCase()));
}
