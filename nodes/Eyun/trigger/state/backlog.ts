import { sleep } from 'n8n-workflow';

interface Waiting {
	sinceMs: number;
	go(end: () => void): void;
}

/** A burst is over when so many milliseconds have passed without a callback. */
const CALM_MS = 25;
const CHECK_EVERY_MS = 5;

/** Nobody waits for longer, in milliseconds. */
const LONGEST_MS = 10_000;

/** More are not let in: what is answered and not stored is lost if the process dies. */
const MOST_WAITING = 5_000;

/**
 * The queue of callbacks that were answered before n8n has stored them. In a burst they wait, so
 * that the callbacks still to come are answered in time.
 */
export class Backlog {
	private readonly queue: Waiting[] = [];

	/** When the latest callback came, on the process's steady clock. */
	private latestMs = -Infinity;

	private isMoving = false;

	/** Whether one more callback may be answered before it is stored. */
	get hasRoom(): boolean {
		return this.queue.length < MOST_WAITING;
	}

	/**
	 * Waits for one's turn, in the order of arrival.
	 *
	 * @returns to be called when one's work is done, so that the next one may begin
	 */
	async takeTurn(): Promise<() => void> {
		this.latestMs = performance.now();
		const sinceMs = this.latestMs;
		return await new Promise((go) => {
			this.queue.push({ sinceMs, go });
			void this.move();
		});
	}

	private async move(): Promise<void> {
		if (this.isMoving) return;
		this.isMoving = true;
		for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
			const { sinceMs, go } = next;
			while (this.mustWait(sinceMs)) await sleep(CHECK_EVERY_MS);
			await new Promise<void>((end) => go(end));
		}
		this.isMoving = false;
	}

	private mustWait(sinceMs: number): boolean {
		const nowMs = performance.now();
		return nowMs - this.latestMs < CALM_MS && nowMs - sinceMs < LONGEST_MS;
	}
}
