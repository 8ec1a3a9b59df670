/**
 * Exact JSON. The vendor puts 64-bit integers on the wire as bare digits, which JSON.parse rounds.
 * Bodies are read with lossless-json (every number keeps its text) and 64-bit integers are kept as bigint,
 * which its stringify writes as bare digits again.
 */
import { randomUUID } from 'node:crypto';
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/** A JSON value as the simulator holds it. bigint: a 64-bit integer; LosslessNumber: a number as it was received. */
export type Json =
	| null
	| boolean
	| number
	| bigint
	| string
	| LosslessNumber
	| Json[]
	| { [key: string]: Json | undefined };

/** A JSON object; keys whose value is undefined are not written. */
export type JsonObject = { [key: string]: Json | undefined };

/** Parses JSON text keeping every number's digits (as LosslessNumber). Throws SyntaxError. */
export function parseExact(text: string): Json {
	return (text.length < LONG ? parse(text) : parseLong(text)) as Json;
}

/** Characters from which a text counts as long: such are files in base64. */
const LONG = 100_000;

/**
 * lossless-json builds texts character by character and takes some 35 bytes for each, gigabytes for
 * a file. So long texts are taken out before it parses, and put back after.
 */
function parseLong(text: string): unknown {
	const long = new Map<string, string>();
	let rest = text;
	JSON.parse(text, (_, value: unknown) => {
		if (typeof value !== 'string' || value.length < LONG) return value;
		const mark = randomUUID();
		long.set(mark, value);
		// What has escapes does not stand there as it is, and stays.
		rest = rest.replace(`"${value}"`, `"${mark}"`);
		return value;
	});
	return parse(rest, (_, value) =>
		typeof value === 'string' ? (long.get(value) ?? value) : value,
	);
}

/** Writes JSON text; bigint and LosslessNumber become bare digits. */
export function formatExact(value: Json): string {
	return stringify(value) ?? 'null';
}

/** True for a JSON object (not null, not a list, not a number as it was received). */
export function isJsonObject(value: Json | undefined): value is JsonObject {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
	);
}

/** The text of a JSON number, or undefined when the value is no number. */
export function numberText(value: Json | undefined): string | undefined {
	if (isLosslessNumber(value)) return value.value;
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	return undefined;
}

/** The JSON type of a value in words, for messages: number, string, boolean, array, object, null, missing. */
export function jsonType(value: Json | undefined): string {
	if (value === undefined) return 'missing';
	if (value === null) return 'null';
	if (numberText(value) !== undefined) return 'number';
	if (Array.isArray(value)) return 'array';
	return typeof value;
}

/**
 * The value for readers without 64-bit integers (the control interface): numbers that a JavaScript
 * number cannot hold exactly become strings, others plain numbers.
 */
export function toPlain(value: Json | undefined): unknown {
	const digits = numberText(value);
	if (digits !== undefined) {
		const asNumber = Number(digits);
		const exact = !/^-?\d+$/.test(digits) || Number.isSafeInteger(asNumber);
		return exact ? asNumber : digits;
	}
	if (Array.isArray(value)) return value.map(toPlain);
	if (isJsonObject(value)) {
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toPlain(entry)]));
	}
	return value;
}
