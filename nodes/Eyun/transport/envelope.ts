import { parseExact } from '../common/exactJson';
import { excerpt } from '../common/excerpt';
import { isRecord } from '../common/records';

/** The code of every success but the one /getIPadLoginInfo has besides. */
export const SUCCESS = '1000';

/** The vendor's answer in one shape: `code` as text, the message whatever its key was. */
export interface Envelope {
	/** "1000" is success; "200" asks for a verification in /getIPadLoginInfo. */
	code: string;
	message: string;
	data: unknown;
	/** The whole answer as the vendor sent it, 64-bit integers as strings. */
	whole: Record<string, unknown>;
}

/** An answer that is not the vendor's envelope: HTML, empty, cut off, or another kind of JSON. */
export interface UnreadableAnswer {
	/** What came instead; completes "The vendor sent …". Nothing of it is quoted, see `quoted`. */
	unreadable: string;
}

const EXCERPT_LENGTH = 120;

/** What came, without quoting it: the answer to a log-in holds a token wherever it was cut. */
function describeNonJson(text: string): string {
	if (text.trim() === '') return 'an empty answer';
	if (/^\s*</.test(text)) return 'a web page instead of JSON';
	if (/^\s*[{[]/.test(text)) return 'JSON that is cut off or damaged';
	return 'text instead of JSON';
}

/**
 * Quotes the beginning of an answer that is no envelope.
 *
 * @param answer what `readEnvelope` gave
 * @param text the body of the HTTP answer, already without secrets
 */
export function quoted({ unreadable }: UnreadableAnswer, text: string): string {
	const beginning = excerpt(text, EXCERPT_LENGTH);
	return beginning === '' ? unreadable : `${unreadable}: "${beginning}"`;
}

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/**
 * Whether a value looks like `{code, message|msg, ...}`.
 * Codes come as strings in every example and as int in one table.
 */
function isEnvelope(value: unknown): value is Record<string, unknown> {
	return isRecord(value) && textOf(value.code) !== '';
}

/**
 * Reads the vendor's answer.
 *
 * @param text the body of the HTTP answer, undecoded
 * @returns the envelope, or what came instead of one; a failure that the vendor nests in a
 *   success's `data` (`/secondLogin`) comes back as that failure
 */
export function readEnvelope(text: string): Envelope | UnreadableAnswer {
	let value: unknown;
	try {
		value = parseExact(text);
	} catch {
		return { unreadable: describeNonJson(text) };
	}
	if (!isEnvelope(value)) {
		return { unreadable: 'JSON without the expected "code"' };
	}
	const outer = toEnvelope(value, value);
	const inner = outer.data;
	const nested = isEnvelope(inner) && ('message' in inner || 'msg' in inner);
	return nested ? toEnvelope(inner, value) : outer;
}

function toEnvelope(part: Record<string, unknown>, whole: Record<string, unknown>): Envelope {
	return {
		code: textOf(part.code),
		message: textOf(part.message) || textOf(part.msg),
		data: part.data,
		whole,
	};
}
