import type { Clock } from './clock';
import type { QuietHours, SendLimits } from './sendLimits';
import { MOST_PER_MINUTE } from './sendLimits';
import { dayAround, minutesOfDay, nextTimeOfDay } from './zonedTime';

/** Why nothing may be sent now. */
export interface Block {
	limit: 'minute' | 'day' | 'quiet';
	/** How many sends there were in that time; 0 for quiet hours. */
	sent: number;
	/** How many others wait to be sent first. */
	ahead: number;
	/** When the next send is possible, as far as can be told now; Unix milliseconds. */
	nextMs: number;
	/** How long that is from now, in milliseconds; at least 1. */
	inMs: number;
}

const MINUTE_MS = 60_000;

/** Days of all time zones begin at a multiple of this. */
const QUARTER_MS = 15 * MINUTE_MS;

/** A calendar day has up to 25 hours. */
const LONGEST_DAY_MS = 26 * 60 * MINUTE_MS;

/**
 * What one account has sent: the last minute by the steady clock, the last day in quarters of an hour,
 * from which the day of any time zone can be told.
 */
export class SendLog {
	private lastMinute: number[] = [];
	private readonly quarters = new Map<number, number>();

	constructor(private readonly clock: Clock) {}

	/** Counts a send, now. */
	note(): void {
		const [steadyMs, wallMs] = [this.clock.steadyMs(), this.clock.wallMs()];
		this.forgetOld(steadyMs, wallMs);
		this.lastMinute.push(steadyMs);
		const quarter = Math.floor(wallMs / QUARTER_MS);
		this.quarters.set(quarter, (this.quarters.get(quarter) ?? 0) + 1);
	}

	/**
	 * Whether limits allow a send now.
	 *
	 * @param ahead how many others are to be sent first, under the same limits
	 * @returns undefined when they do; else the limit that lasts longest
	 */
	blockOf(limits: SendLimits, ahead = 0): Block | undefined {
		const [steadyMs, wallMs] = [this.clock.steadyMs(), this.clock.wallMs()];
		this.forgetOld(steadyMs, wallMs);
		const [block] = [
			this.ofMinute(limits, ahead, steadyMs, wallMs),
			this.ofDay(limits, ahead, wallMs),
			ofQuietHours(limits, wallMs),
		]
			.filter((entry) => entry !== undefined)
			.sort((one, other) => other.nextMs - one.nextMs);
		if (block === undefined) return undefined;
		// The next day may begin in quiet hours.
		const nextMs = endOfQuiet(limits, block.nextMs) ?? block.nextMs;
		return { ...block, ahead, nextMs, inMs: Math.max(nextMs - wallMs, 1) };
	}

	/** Each send makes room for another one a minute later, and that one for the next. */
	private ofMinute({ perMinute }: SendLimits, ahead: number, steadyMs: number, wallMs: number) {
		const sent = this.lastMinute.length;
		if (perMinute === undefined || sent + ahead < perMinute) return undefined;
		const before = this.lastMinute[sent - perMinute + (ahead % perMinute)] ?? steadyMs - MINUTE_MS;
		const free = before + (1 + Math.floor(ahead / perMinute)) * MINUTE_MS;
		return { limit: 'minute' as const, sent, nextMs: wallMs + Math.ceil(free - steadyMs) };
	}

	private ofDay({ perDay, timeZone }: SendLimits, ahead: number, wallMs: number) {
		if (perDay === undefined) return undefined;
		const { fromMs, toMs } = dayAround(timeZone, wallMs);
		const sent = [...this.quarters]
			.filter(([quarter]) => quarter * QUARTER_MS >= fromMs && quarter * QUARTER_MS < toMs)
			.reduce((sum, [, count]) => sum + count, 0);
		return sent + ahead < perDay ? undefined : { limit: 'day' as const, sent, nextMs: toMs };
	}

	/** A clock that was set leaves nothing behind either. */
	private forgetOld(steadyMs: number, wallMs: number): void {
		this.lastMinute = this.lastMinute
			.filter((sentMs) => sentMs > steadyMs - MINUTE_MS)
			.slice(-MOST_PER_MINUTE);
		for (const quarter of this.quarters.keys()) {
			if (Math.abs(quarter * QUARTER_MS - wallMs) > LONGEST_DAY_MS) this.quarters.delete(quarter);
		}
	}
}

function isQuiet({ from, to }: QuietHours, minutes: number): boolean {
	return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

function endOfQuiet({ quiet, timeZone }: SendLimits, unixMs: number): number | undefined {
	if (quiet === undefined || !isQuiet(quiet, minutesOfDay(timeZone, unixMs))) return undefined;
	return nextTimeOfDay(timeZone, unixMs, quiet.to);
}

function ofQuietHours(limits: SendLimits, wallMs: number) {
	const nextMs = endOfQuiet(limits, wallMs);
	return nextMs === undefined ? undefined : { limit: 'quiet' as const, sent: 0, nextMs };
}
