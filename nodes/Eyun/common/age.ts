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
