/** The clock on the wall when this process began, by the process's steady clock; milliseconds. */
const BEGIN_MS = Date.now() - performance.now();

/**
 * How old a message is. Of two clocks, the one on the wall and the one that began with this process
 * and never jumps, the one counts that makes the message younger: a clock that is set while n8n runs
 * must not make every message look old.
 *
 * @param timestamp seconds since 1970, from the vendor
 * @returns seconds, at least 0
 */
export function ageInSeconds(timestamp: number): number {
	const nowMs = Math.min(Date.now(), BEGIN_MS + performance.now());
	return Math.max(0, nowMs / 1_000 - timestamp);
}

/** The clock on the wall when this process began, in seconds, and a minute for clocks that differ. */
const BEGUN = Date.now() / 1_000 + 60;

/**
 * Whether a message is from after the start of this process, so that nobody can have passed it on
 * before a restart.
 *
 * @param timestamp seconds since 1970, from the vendor
 */
export function isSinceStart(timestamp: number | null): boolean {
	return timestamp !== null && timestamp > BEGUN;
}
