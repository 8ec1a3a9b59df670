import { memoize } from '../../common/memoize';
import { RE2JS } from '../../libraries/regex';

type Pattern = ReturnType<typeof RE2JS.compile>;

/** How many characters of a text are searched; WeChat's longest messages have a few thousand. */
const LONGEST_TEXT = 20_000;

/**
 * What is wrong with a regular expression.
 *
 * @param pattern in RE2 syntax
 * @returns the reason; undefined when it can be used
 */
export function wrongPattern(pattern: string): string | undefined {
	const result = patternOf(pattern);
	return result instanceof Error ? result.message : undefined;
}

/**
 * Whether a text matches a regular expression somewhere. Takes time in proportion to the text,
 * whatever the pattern.
 *
 * @param pattern in RE2 syntax; one that cannot be used matches nothing
 */
export function matchesPattern(text: string, pattern: string): boolean {
	const result = patternOf(pattern);
	return !(result instanceof Error) && result.matcher(text.slice(0, LONGEST_TEXT)).find();
}

/**
 * Whether a text has at least one of the words in it, in capital or small letters.
 *
 * @param words none of them empty
 */
export function containsAny(text: string, words: readonly string[]): boolean {
	const small = text.toLowerCase();
	return words.some((word) => small.includes(word.toLowerCase()));
}

const patternOf = memoize(compile);

function compile(pattern: string): Pattern | Error {
	try {
		return RE2JS.compile(pattern);
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}
