import { parseExact } from '../common/exactJson';
import { isRecord } from '../common/records';
import { CALLBACK_CHECK, eventTypeOf } from './events';
import { fromOlderFormat } from './olderFormat';

/** A callback as Eyun pushed it, checked but not interpreted. */
export interface Callback {
	/** As it came, as text: "60001", or "5" in the older format. */
	messageType: string;
	/** The same in the codes of the optimised format; equal to `messageType` when not translated. */
	code: string;
	/** Developer account. */
	account?: string;
	/** The WeChat account that received it. */
	wcId?: string;
	/** All that Eyun sent for this event, 64-bit integers as strings. */
	data: Record<string, unknown>;
}

/** Why a body is not a callback, for the answer to whoever sent it. */
export interface Malformed {
	malformed: string;
}

/** Deeper than anything Eyun sends, and far below what makes n8n's own copying fail. */
const MAX_DEPTH = 64;
const TOO_DEEP = `The body is nested deeper than ${MAX_DEPTH} levels`;

/** The words of the check push; which field holds them is not documented. */
const CHECK_WORDS = '验证回调地址是否可用';

const BYTE_ORDER_MARK = /^\uFEFF/;
const TYPE_PATTERN = /^[\w.-]{1,32}$/;

/**
 * Reads the body of a push.
 *
 * @param body the raw bytes; JSON in UTF-8 whatever the content type says
 * @returns the callback, or why it is none; never throws
 */
export function parseCallback(body: Buffer | undefined): Callback | Malformed {
	const text = (body?.toString('utf8') ?? '').replace(BYTE_ORDER_MARK, '');
	if (text.trim() === '') return { malformed: 'The body is empty' };
	let value: unknown;
	try {
		value = parseExact(text);
	} catch (error) {
		return { malformed: error instanceof RangeError ? TOO_DEEP : 'The body is not JSON' };
	}
	if (!isRecord(value)) return { malformed: 'The body is not a JSON object' };
	return toCallback(value);
}

/**
 * Reads a push whose JSON has been parsed already.
 *
 * @param body the parsed body
 * @returns the callback, or why it is none; never throws
 */
export function toCallback(body: Record<string, unknown>): Callback | Malformed {
	if (isDeeperThan(body, MAX_DEPTH)) return { malformed: TOO_DEEP };
	const data = body.data ?? {};
	const messageType = typeText(body.messageType);
	const code = messageType === undefined ? undefined : codeOf(messageType, data);
	if (isCheckPush(messageType, code, body)) {
		return callback(CALLBACK_CHECK, CALLBACK_CHECK, body, isRecord(data) ? data : {});
	}
	if (messageType === undefined) return { malformed: '"messageType" is missing or not a code' };
	if (!isRecord(data)) return { malformed: '"data" is not an object' };
	return callback(messageType, code ?? messageType, body, data);
}

/** The code in the optimised format; undefined when the type is in no table. */
function codeOf(messageType: string, data: unknown): string | undefined {
	if (eventTypeOf(messageType)) return messageType;
	return fromOlderFormat(messageType, isRecord(data) ? data : {});
}

function callback(
	messageType: string,
	code: string,
	{ account, wcId }: Record<string, unknown>,
	data: Record<string, unknown>,
): Callback {
	return { messageType, code, account: idText(account), wcId: idText(wcId), data };
}

/** A string in the optimised format, an integer in the older one. */
function typeText(value: unknown): string | undefined {
	if (typeof value === 'number')
		return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
	return typeof value === 'string' && TYPE_PATTERN.test(value) ? value : undefined;
}

/**
 * The check push, by its type or by its words. The words count only where no known event explains
 * them, since a friend may write them too; "0" is the check push as an integer, or an old friend
 * request.
 */
function isCheckPush(
	messageType: string | undefined,
	code: string | undefined,
	body: Record<string, unknown>,
): boolean {
	if (code === CALLBACK_CHECK) return true;
	if (code !== undefined && messageType !== '0') return false;
	const fields = isRecord(body.data) ? { ...body, ...body.data } : body;
	return Object.values(fields).some(
		(value) => typeof value === 'string' && value.includes(CHECK_WORDS),
	);
}

/**
 * The text of an id.
 *
 * @returns undefined for anything that is not a non-empty string or an integer
 */
export function idText(value: unknown): string | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Looks no further down than asked, so that a deep body cannot exhaust the stack. */
function isDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}
