import type { IExecuteFunctions } from 'n8n-workflow';

/** What the collection Options says about one call and its output. */
export interface CallOptions {
	/** Return the vendor's whole answer as one item. */
	fullResponse: boolean;
	/** Return one page of a list as the vendor sends it. */
	singlePage: boolean;
	/** Put the picture of the answer into the item's binary data as well. */
	downloadPicture: boolean;
	/** How long to wait for the answer; undefined where the user has not said so. */
	timeoutMs: number | undefined;
}

/**
 * Reads the collection Options for one item.
 *
 * @param context n8n's functions of the running node
 * @param itemIndex the input item, counted from 0
 * @param usualTimeout seconds to wait where the user has not said so; undefined for the usual
 */
export function callOptions(
	context: IExecuteFunctions,
	itemIndex: number,
	usualTimeout?: number,
): CallOptions {
	const options = context.getNodeParameter('options', itemIndex, {}) as {
		fullResponse?: boolean;
		singlePage?: boolean;
		downloadPicture?: boolean;
		timeout?: number;
	};
	const seconds = options.timeout ?? usualTimeout;
	return {
		fullResponse: options.fullResponse === true,
		singlePage: options.singlePage === true,
		downloadPicture: options.downloadPicture === true,
		timeoutMs: seconds === undefined ? undefined : seconds * 1_000,
	};
}
