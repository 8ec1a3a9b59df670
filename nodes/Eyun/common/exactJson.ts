/**
 * JSON without rounded ids.
 *
 * The vendor writes 64-bit ids as bare JSON numbers (`"newMsgId":7365193471029381234`), which
 * JSON.parse rounds. In n8n data such an id is a string; on the way out it is a bigint, which
 * `stringifyExact` writes as the same bare digits.
 */

/** Ids that are strings even when a small value would fit a JavaScript number. */
const ALWAYS_TEXT = new Set(['newMsgId']);

/** A whole JSON string, or a whole JSON number: matching both keeps digits inside strings apart. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

const INTEGER = /^-?\d+$/;

/** The smallest integer a JavaScript number cannot hold, 9007199254740992, has 16 digits. */
const LONG_DIGITS = /\d{16}/;

function isUnsafeInteger(token: string): boolean {
	return INTEGER.test(token) && !Number.isSafeInteger(Number(token));
}

/**
 * Parses JSON text; integers a JavaScript number cannot hold become strings of the same digits.
 *
 * @param text JSON text
 * @returns the parsed value; `newMsgId` is always a string
 * @throws SyntaxError when the text is not JSON
 */
export function parseExact(text: string): unknown {
	// Text that is not JSON is refused here, before the pattern meets it: on unbalanced quotes
	// the pattern would take quadratic time.
	const rounded: unknown = JSON.parse(text, keepAlwaysText);
	if (!LONG_DIGITS.test(text)) return rounded;
	const quoted = text.replace(STRING_OR_NUMBER, (token) =>
		isUnsafeInteger(token) ? `"${token}"` : token,
	);
	return JSON.parse(quoted, keepAlwaysText);
}

function keepAlwaysText(key: string, value: unknown): unknown {
	return typeof value === 'number' && ALWAYS_TEXT.has(key) ? String(value) : value;
}

/**
 * Parses JSON text that is to be sent: the counterpart of `parseExact` for what users write
 * themselves. Integers a JavaScript number cannot hold become bigints, which `stringifyExact`
 * writes as the same digits; text stays text, even where it is all digits.
 *
 * @param text JSON text
 * @returns the parsed value
 * @throws SyntaxError when the text is not JSON
 */
export function parseToSend(text: string): unknown {
	const rounded: unknown = JSON.parse(text);
	if (!LONG_DIGITS.test(text)) return rounded;
	// Every text gets a mark in front, so that no text can be taken for a number in quotes.
	const marked = text.replace(STRING_OR_NUMBER, (token) => {
		if (token.startsWith('"')) return `"${TEXT_MARK}${token.slice(1)}`;
		return isUnsafeInteger(token) ? `"${NUMBER_MARK}${token}"` : token;
	});
	return withoutMarks(JSON.parse(marked));
}

const TEXT_MARK = 't';
const NUMBER_MARK = 'n';

function withoutMarks(value: unknown): unknown {
	if (typeof value === 'string') {
		return value.startsWith(TEXT_MARK) ? value.slice(1) : BigInt(value.slice(1));
	}
	if (Array.isArray(value)) return value.map(withoutMarks);
	if (typeof value !== 'object' || value === null) return value;
	const members = Object.entries(value);
	return Object.fromEntries(members.map(([key, member]) => [key.slice(1), withoutMarks(member)]));
}

/**
 * Writes JSON text; a bigint becomes a bare integer, `undefined` members are left out.
 *
 * @param value plain data: null, boolean, number, string, bigint, arrays and objects of them
 * @returns JSON text
 */
export function stringifyExact(value: unknown): string {
	if (typeof value === 'bigint') return value.toString();
	if (Array.isArray(value)) return `[${value.map(stringifyExact).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.map(([key, member]) => `${JSON.stringify(key)}:${stringifyExact(member)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value) ?? 'null';
}
