import { memoize } from '../../common/memoize';

/** The time of day and the calendar in a time zone, with daylight saving. */

const DAY_MS = 86_400_000;

/** Making one takes longer than using it. */
const formatOf = memoize(
	(timeZone) =>
		new Intl.DateTimeFormat('en-US', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		}),
);

/**
 * Whether this process knows a time zone.
 *
 * @param timeZone for example `Asia/Shanghai`
 */
export function isTimeZone(timeZone: string): boolean {
	try {
		formatOf(timeZone);
		return true;
	} catch {
		return false;
	}
}

/** What the clocks there show, as milliseconds since 1970 as if it were UTC. */
function shownAt(timeZone: string, unixMs: number): number {
	const parts = formatOf(timeZone).formatToParts(unixMs);
	const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value);
	return Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
}

/**
 * When the clocks there show something: the first time if they do so twice; if they jump over it,
 * about when they jump.
 */
function whenShown(timeZone: string, shownMs: number): number {
	const candidates = [-DAY_MS, DAY_MS].map((apart) => {
		const near = shownMs + apart;
		return shownMs - (shownAt(timeZone, near) - near);
	});
	const right = candidates.filter((unixMs) => shownAt(timeZone, unixMs) === shownMs);
	return right.length > 0 ? Math.min(...right) : Math.max(...candidates);
}

/**
 * The minutes since midnight that the clocks show.
 *
 * @param timeZone for example `Asia/Shanghai`
 * @param unixMs when
 */
export function minutesOfDay(timeZone: string, unixMs: number): number {
	return Math.floor((shownAt(timeZone, unixMs) % DAY_MS) / 60_000);
}

/**
 * When the clocks show a time of day next.
 *
 * @param timeZone for example `Asia/Shanghai`
 * @param unixMs from when on
 * @param minutes since midnight
 * @returns Unix milliseconds, after `unixMs`
 */
export function nextTimeOfDay(timeZone: string, unixMs: number, minutes: number): number {
	const midnight = midnightBefore(timeZone, unixMs) + minutes * 60_000;
	const today = whenShown(timeZone, midnight);
	return today > unixMs ? today : whenShown(timeZone, midnight + DAY_MS);
}

/**
 * When the calendar day there begins and ends.
 *
 * @param timeZone for example `Asia/Shanghai`
 * @param unixMs a time within the day
 */
export function dayAround(timeZone: string, unixMs: number): { fromMs: number; toMs: number } {
	const midnight = midnightBefore(timeZone, unixMs);
	return {
		fromMs: whenShown(timeZone, midnight),
		toMs: whenShown(timeZone, midnight + DAY_MS),
	};
}

function midnightBefore(timeZone: string, unixMs: number): number {
	const shownMs = shownAt(timeZone, unixMs);
	return shownMs - (shownMs % DAY_MS);
}

/**
 * A time as the clocks there show it.
 *
 * @returns for example `2026-05-02 08:00:00 (Asia/Shanghai)`
 */
export function shownTime(timeZone: string, unixMs: number): string {
	const shown = new Date(shownAt(timeZone, unixMs)).toISOString().slice(0, 19).replace('T', ' ');
	return `${shown} (${timeZone})`;
}
