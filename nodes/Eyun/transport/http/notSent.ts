const MARK = 'nothingSent';

/** How deep errors are wrapped in each other: n8n wraps twice. */
const DEEPEST = 5;

/** Why a request was not made at all, in words for the user. */
export class NotSent extends Error {
	readonly [MARK] = true;
}

/**
 * Finds the error of ours that kept a request from being made, which n8n wraps in errors of its own.
 *
 * @param error anything thrown by n8n's request helpers
 * @returns undefined when the request may have been made
 */
export function whyNotSent(error: unknown): Error | undefined {
	let at = error;
	for (let depth = 0; depth < DEEPEST && at instanceof Error; depth++) {
		if (MARK in at) return at;
		at = at.cause;
	}
	return undefined;
}
