import type { TriggerOutput } from '../../callbacks/output';

/** So many items go into one execution at most. */
const MOST_ITEMS = 100;

/** An event that waits for the next execution. */
export interface WaitingEvent<Result> {
	output: TriggerOutput;
	end(result: Result): void;
}

/** What waits while an execution of one trigger is being stored. */
export class WaitingEvents {
	private queue: Array<WaitingEvent<unknown>> = [];

	private isStoring = false;

	/**
	 * Stores an event alone, or together with others that wait.
	 *
	 * @param output what the trigger outputs
	 * @param store stores several, in their order
	 * @returns what storing gave
	 */
	async store<Result>(
		output: TriggerOutput,
		store: (outputs: TriggerOutput[]) => Promise<Result>,
	): Promise<Result> {
		const result = new Promise<Result>((end) => {
			this.queue.push({ output, end: end as (result: unknown) => void });
		});
		if (!this.isStoring) void this.storeAll(store);
		return await result;
	}

	private async storeAll(store: (outputs: TriggerOutput[]) => Promise<unknown>): Promise<void> {
		this.isStoring = true;
		while (this.queue.length > 0) {
			const together = this.queue.splice(0, MOST_ITEMS);
			const result = await store(together.map(({ output }) => output));
			for (const { end } of together) end(result);
		}
		this.isStoring = false;
	}
}
