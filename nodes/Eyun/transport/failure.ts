import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { forAgent, isTool } from '../common/agent';

/** For failures that were found on our side, without an answer. */
export const NO_CODE = 'none';

/** What an answer of HTTP may have for a status. */
const HTTP_STATUS = /^[1-5]\d\d$/;

/** What went wrong with one call to the vendor, in words a user can act on. */
export interface FailureFacts {
	/** One line: what happened. */
	message: string;
	/** What to do about it. */
	advice: string;
	/** The vendor's path, for example `/sendText`. */
	endpoint: string;
	/** The vendor's code, an HTTP status, a network code such as ECONNRESET, or NO_CODE. */
	code: string;
	/** Whether the vendor may have carried it out, so that doing it again may do it twice. */
	mayBeDone?: boolean;
	/** Which input item, counted from 0. */
	itemIndex?: number;
}

/** What each failure was made of, so that it can be rewrapped for another input item. */
const factsOf = new WeakMap<NodeApiError, FailureFacts>();

/**
 * Makes the one kind of error that every failed call to the vendor ends in.
 *
 * @param node the node that called
 * @param facts already free of secrets
 * @returns a NodeApiError whose `context` repeats endpoint and code for workflows that branch on them
 */
export function vendorFailure(node: INode, facts: FailureFacts): NodeApiError {
	const { message, advice, endpoint, code, mayBeDone, itemIndex } = facts;
	// For those who ask Eyun about it: what the message does not say already, of what Eyun answered.
	const isSaid = message.includes(`code ${code}`);
	const where = [`POST ${endpoint}`, ...(isSaid ? [] : [`code ${code}`])].join(', ');
	const failure = new NodeApiError(node, { message } as JsonObject, {
		message: worded(node, facts),
		description: code === NO_CODE ? advice : `${advice} (${where})`,
		// Eyun's own codes are none: n8n puts them in front of the message, and a text of its own in its place
		// where it sees a network code.
		httpCode: HTTP_STATUS.test(code) ? code : undefined,
		itemIndex,
	});
	Object.assign(failure.context, { endpoint, code, mayBeDone: mayBeDone === true });
	factsOf.set(failure, facts);
	return failure;
}

function worded(node: INode, { message, advice, mayBeDone, itemIndex }: FailureFacts): string {
	if (isTool(node)) return forAgent(message, advice, mayBeDone);
	return itemIndex === undefined ? message : `${message} [item ${itemIndex}]`;
}

/**
 * Whether the vendor may have carried out what failed, so that doing it again may do it twice.
 *
 * @param failure anything thrown
 */
export function mayBeDone(failure: unknown): boolean {
	return failure instanceof NodeApiError && factsOf.get(failure)?.mayBeDone === true;
}

/**
 * Rewraps a failure with other facts: for another input item that shared the call, or with more
 * to say about what came before it.
 *
 * @param node the node that called
 * @param failure what `vendorFailure` made, or any other error
 * @param change takes the facts, returns those that change
 * @returns a new failure; any other error comes back as it is
 */
export function rewrapFailure<Failure>(
	node: INode,
	failure: Failure,
	change: (facts: FailureFacts) => Partial<FailureFacts>,
): Failure | NodeApiError {
	const facts = failure instanceof NodeApiError ? factsOf.get(failure) : undefined;
	return facts === undefined ? failure : vendorFailure(node, { ...facts, ...change(facts) });
}
