import { sleep } from 'n8n-workflow';

/**
 * The line of callbacks that were answered before n8n has stored them: in a burst they stand back,
 * so that the callbacks still to come are answered in time.
 */

interface Standing {
	sinceMs: number;
	go(end: () => void): void;
}

/** A burst is over when so many milliseconds have passed without a callback. */
const CALM_MS = 25;
const LOOK_EVERY_MS = 5;

/** Nobody stands back for longer, in milliseconds. */
const LONGEST_MS = 10_000;

/** More are not taken in: what is answered and not stored is lost if the process dies. */
const MOST_STANDING = 5_000;

const line: Standing[] = [];
let latestMs = -Infinity;
let isMoving = false;

/** Whether one more callback may be answered before it is stored. */
export function hasRoom(): boolean {
	return line.length < MOST_STANDING;
}

/**
 * Waits for one's turn, in the order of arrival.
 *
 * @returns to be called when one's work is done, so that the next one may begin
 */
export async function takeTurn(): Promise<() => void> {
	latestMs = performance.now();
	const sinceMs = latestMs;
	return await new Promise((go) => {
		line.push({ sinceMs, go });
		void move();
	});
}

async function move(): Promise<void> {
	if (isMoving) return;
	isMoving = true;
	for (let next = line.shift(); next !== undefined; next = line.shift()) {
		const { sinceMs, go } = next;
		const mustWait = () =>
			performance.now() - latestMs < CALM_MS && performance.now() - sinceMs < LONGEST_MS;
		while (mustWait()) await sleep(LOOK_EVERY_MS);
		await new Promise<void>((end) => go(end));
	}
	isMoving = false;
}
