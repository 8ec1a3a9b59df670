/**
 * Pauses that take no time, for `jest.mock('n8n-workflow', …)`: the steady clock jumps instead, so that
 * time budgets and memories see them.
 */
let skippedMs = 0;

/** How long was slept so far, in milliseconds. */
export function sleptMs(): number {
	return skippedMs;
}

/** n8n-workflow with a `sleep` that only turns the clock. */
export function withQuickSleep(actual: object): object {
	const now = performance.now.bind(performance);
	performance.now = () => now() + skippedMs;
	return {
		...actual,
		sleep: async (milliseconds: number) => {
			skippedMs += milliseconds;
			await Promise.resolve();
		},
	};
}
