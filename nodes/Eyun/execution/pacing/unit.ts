import type { INodeExecutionData } from 'n8n-workflow';

/** What became of one input item. */
export type ItemOutcome = { items: INodeExecutionData[] } | { error: unknown };

/** Input items that are worked on together: a single one, or those that share a call. */
export interface Unit {
	/** Counted from 0, in ascending order. */
	items: readonly number[];
	/**
	 * Works on them.
	 *
	 * @returns one outcome for each, in the order of `items`; none when nothing was to be started any more
	 * @throws what went wrong for all of them
	 */
	run(): Promise<ItemOutcome[]>;
}

/**
 * Runs jobs, starting them in their order and at most so many at a time.
 *
 * @param count how many jobs there are
 * @param most how many may be under way at the same time
 * @param job runs the one with this number, counted from 0; must not throw
 * @param stopped whether no further job may start
 */
export async function runInOrder(
	count: number,
	most: number,
	job: (index: number) => Promise<void>,
	stopped: () => boolean,
): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count && !stopped()) await job(next++);
	};
	await Promise.all(Array.from({ length: Math.min(most, count) }, worker));
}
