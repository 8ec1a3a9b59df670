import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { waitUnlessCancelled } from './pace';

/** How long to wait for something, in milliseconds. */
export interface PollTimes {
	/** From one question to the next. */
	every: number;
	/** In all; the last question is asked before it is over. */
	limit: number;
}

/**
 * Asks again and again until there is an answer. The question must be one that changes nothing.
 *
 * @param context n8n's functions of the running node
 * @param patience how often to ask, and for how long
 * @param ask gives the answer, or undefined as long as there is none; takes what is left of the time,
 *   in milliseconds
 * @returns the answer; undefined when the time is over
 * @throws whatever `ask` throws; NodeOperationError as soon as the execution is cancelled
 */
export async function poll<Answer>(
	context: IExecuteFunctions,
	{ every, limit }: PollTimes,
	ask: (left: number) => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
	const end = Date.now() + limit;
	for (;;) {
		throwIfCancelled(context);
		const answer = await ask(Math.max(end - Date.now(), 1));
		if (answer !== undefined) return answer;
		if (Date.now() + every > end) return undefined;
		await waitUnlessCancelled(every, context.getExecutionCancelSignal());
	}
}

/** @throws NodeOperationError when the execution was cancelled, so that nothing more is started. */
export function throwIfCancelled(context: IExecuteFunctions): void {
	if (!context.getExecutionCancelSignal()?.aborted) return;
	throw new NodeOperationError(context.getNode(), 'The execution was canceled while it waited');
}

/**
 * Whether a question may be asked once more after this: no answer came, or an unreadable one. What the
 * vendor itself said no to stays so.
 *
 * @param error what a call to the vendor ended with
 */
export function isTransient(error: unknown): boolean {
	return (
		error instanceof NodeApiError && /^([A-Z][A-Z_\d]+|HTTP ([25]\d\d|408))$/.test(codeOf(error))
	);
}

/** Whether the vendor itself said no, in words of its own. */
export function isRefusal(error: unknown): error is NodeApiError {
	return error instanceof NodeApiError && /^\d+$/.test(codeOf(error)) && codeOf(error) !== '401';
}

function codeOf({ context }: NodeApiError): string {
	return String(context.code ?? '');
}

/** How something ended, as a value. */
export type Settled<Value> = { value: Value } | { error: unknown };

/** Waits for something to end, well or not. */
export async function settle<Value>(promise: Promise<Value>): Promise<Settled<Value>> {
	return await promise.then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
