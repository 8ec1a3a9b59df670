import { sleep } from 'n8n-workflow';

/** Milliseconds from which a pause is chosen at random, both included. */
export interface PauseRange {
	min: number;
	max: number;
}

/**
 * Waits, but no longer than the execution lasts.
 *
 * @param milliseconds how long
 * @param cancelled n8n's signal of a cancelled execution, if there is one
 */
export async function waitUnlessCancelled(
	milliseconds: number,
	cancelled: AbortSignal | undefined,
): Promise<void> {
	if (cancelled?.aborted) return;
	if (cancelled === undefined) {
		await sleep(milliseconds);
		return;
	}
	let end = () => {};
	const cancelling = new Promise<void>((resolve) => (end = resolve));
	cancelled.addEventListener('abort', end, { once: true });
	await Promise.race([sleep(milliseconds), cancelling]);
	cancelled.removeEventListener('abort', end);
}

/** Keeps calls apart: every call but the first waits for its turn, one after the other. */
export class Pace {
	private line: Promise<void> = Promise.resolve();
	private begun = false;

	/**
	 * @param pause how long to wait between two calls; undefined for not at all
	 * @param cancelled n8n's signal of a cancelled execution
	 * @param stopped whether no further call may start
	 */
	constructor(
		private readonly pause: PauseRange | undefined,
		private readonly cancelled: AbortSignal | undefined,
		private readonly stopped: () => boolean,
	) {}

	/**
	 * Waits until the next call may start.
	 *
	 * @returns false when it may not start at all, because of a cancelled execution or a failure
	 */
	async turn(): Promise<boolean> {
		if (this.pause !== undefined && this.begun) {
			this.line = this.line.then(async () => await this.waitOnce());
			await this.line;
		}
		this.begun = true;
		return !this.stopped();
	}

	private async waitOnce(): Promise<void> {
		if (this.pause === undefined || this.stopped()) return;
		const { min, max } = this.pause;
		await waitUnlessCancelled(min + Math.floor(Math.random() * (max - min + 1)), this.cancelled);
	}
}
