/** Waiting for something in another process, by asking again until a deadline. */

export interface WaitOptions {
	/** What is waited for; stands in the error. */
	what: string;
	timeoutMs: number;
	/** Pause between two questions. */
	everyMs?: number;
}

/** Gives back the first answer that is not `undefined`; throws after `timeoutMs`. */
export async function waitFor<T>(
	ask: () => Promise<T | undefined> | T | undefined,
	{ what, timeoutMs, everyMs = 50 }: WaitOptions,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() >= deadline) {
			throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}`);
		}
		await pause(everyMs);
	}
}

export async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
