import { sleep } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';

/** So many items go into one execution at most. */
const MOST_ITEMS = 100;

/**
 * Under load, the next execution waits for those who are about to write again, milliseconds: this long
 * after the latest event, and no longer than that in all.
 */
const CALM_MS = 250;
const LONGEST_WAIT_MS = 500;

/** An event that waits for the next execution. */
interface WaitingEvent<Result> {
	output: TriggerOutput;
	resolve(result: Result): void;
	reject(reason: unknown): void;
}

/** What waits while an execution of one trigger is being stored. */
export class WaitingEvents {
	private queue: Array<WaitingEvent<unknown>> = [];

	private isStoring = false;

	/** Called when one more waits. */
	private onArrival = () => {};

	/**
	 * How many were at hand at the same time around the last execution. Whoever was answered writes
	 * again: to wait for as many means fewer executions, and no wait when one comes at a time.
	 */
	private crowd = 0;

	/** When the last execution was stored, on the process's steady clock. */
	private storedMs = -Infinity;

	/**
	 * Stores an event alone, or together with others that wait.
	 *
	 * @param output what the trigger outputs
	 * @param store stores several, in their order
	 * @returns what storing gave
	 * @throws what storing threw
	 */
	async store<Result>(
		output: TriggerOutput,
		store: (outputs: TriggerOutput[]) => Promise<Result>,
	): Promise<Result> {
		const result = new Promise<Result>((resolve, reject) => {
			this.queue.push({ output, resolve: resolve as (result: unknown) => void, reject });
		});
		this.onArrival();
		if (!this.isStoring) void this.storeAll(store);
		return await result;
	}

	private async storeAll(store: (outputs: TriggerOutput[]) => Promise<unknown>): Promise<void> {
		this.isStoring = true;
		while (this.queue.length > 0) {
			await this.gather();
			const together = this.queue.splice(0, MOST_ITEMS);
			try {
				const result = await store(together.map(({ output }) => output));
				for (const { resolve } of together) resolve(result);
			} catch (error) {
				for (const { reject } of together) reject(error);
			}
			this.crowd = Math.min(together.length + this.queue.length, MOST_ITEMS);
			this.storedMs = performance.now();
		}
		this.isStoring = false;
	}

	/** Waits for the crowd of the last execution, if that was just now. */
	private async gather(): Promise<void> {
		const beganMs = performance.now();
		if (beganMs - this.storedMs > CALM_MS) return;
		while (this.queue.length < this.crowd) {
			const leftMs = LONGEST_WAIT_MS - (performance.now() - beganMs);
			if (leftMs <= 0 || !(await this.oneMoreWithin(Math.min(CALM_MS, leftMs)))) return;
		}
	}

	private async oneMoreWithin(milliseconds: number): Promise<boolean> {
		const arrival = new Promise<boolean>((resolve) => {
			this.onArrival = () => resolve(true);
		});
		return await Promise.race([arrival, sleep(milliseconds).then(() => false)]);
	}
}
