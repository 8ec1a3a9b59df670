/**
 * Exact JSON. The vendor puts 64-bit integers on the wire as bare digits, which JSON.parse rounds.
 * Bodies are read with lossless-json (every number keeps its text) and wide ids are kept as bigint,
 * which its stringify writes as bare digits again.
 */
import { isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/** A JSON value as the simulator holds it. bigint: a wide id; LosslessNumber: a number as it was received. */
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
	return parse(text) as Json;
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
