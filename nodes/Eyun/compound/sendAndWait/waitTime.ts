import { WAIT_INDEFINITELY } from 'n8n-workflow';

import { InvalidInput } from '../../execution/values/invalidInput';
import { AT_TIME, WAIT_TIME } from '../description/sendAndWait/waitTime';

/** Milliseconds. */
const UNITS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/**
 * How long to wait for an answer.
 *
 * @param value what the user gave for `limitWaitTime`
 * @param timezone the workflow's, for a time without one
 * @throws InvalidInput when the time cannot be read or is over
 */
export function waitUntil(value: unknown, timezone: string): Date {
	const { values } = (value ?? {}) as { values?: Record<string, unknown> };
	if (values === undefined) return WAIT_INDEFINITELY;
	return values.limitType === AT_TIME
		? atTime(values.maxDateAndTime, timezone)
		: afterInterval(values.resumeAmount ?? 1, values.resumeUnit ?? 'hours');
}

function invalid(what: string): InvalidInput {
	return new InvalidInput(WAIT_TIME, what, 'Give a time in the future, or no limit at all');
}

function afterInterval(amount: unknown, unit: unknown): Date {
	const ms = Number(amount) * (UNITS[String(unit)] ?? NaN);
	const time = new Date(Date.now() + ms);
	if (Number.isNaN(time.getTime()) || time >= WAIT_INDEFINITELY) {
		throw invalid(`takes a number of minutes, hours or days, not "${amount} ${unit}"`);
	}
	if (ms <= 0) throw invalid(`must be more than 0, not ${amount}`);
	return time;
}

function atTime(value: unknown, timezone: string): Date {
	const text = value instanceof Date ? value.toISOString() : String(value ?? '').trim();
	const time = LOCAL_TIME.test(text) ? inZone(text, timezone) : new Date(text);
	if (Number.isNaN(time.getTime())) throw invalid(`takes a date and time, not "${text}"`);
	if (time.getTime() <= Date.now()) throw invalid(`is over: ${time.toISOString()}`);
	return time;
}

/** What the editor's calendar stores: a date and time without a zone. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;

/** Reads a clock's time by writing the same time as if it were UTC, and seeing how far off that is. */
function inZone(text: string, timeZone: string): Date {
	const asUtc = Date.parse(`${text.replace(' ', 'T')}Z`);
	if (Number.isNaN(asUtc)) return new Date(NaN);
	const shown = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
	}).format(asUtc);
	const seconds = Math.floor(asUtc / 1_000) * 1_000;
	return new Date(asUtc - (Date.parse(`${shown.replace(' ', 'T')}Z`) - seconds));
}
