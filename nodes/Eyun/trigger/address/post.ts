import type { ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import { readNetworkEnd } from '../../transport/http/network';
import type { JsonRequest } from './postJson';
import { postJson } from './postJson';

/** Carries the token of the process that calls: it is its own caller. */
export const PROCESS_HEADER = 'x-eyun-process';

/** Eyun waits 6 s for our answer, so a receiver behind us has less. */
const TIMEOUT_MS = 4_000;

/** Why a receiver did not take a callback. */
export interface NotTaken {
	reason: string;
	/** It cannot have arrived. */
	nothingSent: boolean;
	/** The receiver's own answer, if there was one. */
	status?: number;
}

/**
 * Sends a callback to another receiver, once.
 *
 * @param context n8n's functions of the webhook or the trigger
 * @param url the whole address
 * @param body the callback, byte for byte
 * @param headers besides the content type
 * @param more what is other than usual, such as `timeout` in milliseconds
 * @returns undefined when the receiver has taken it
 */
export async function post(
	context: Pick<IWebhookFunctions, 'helpers'> | Pick<ITriggerFunctions, 'helpers'>,
	url: string,
	body: Buffer,
	headers: Record<string, string> = {},
	more: Partial<JsonRequest> = {},
): Promise<NotTaken | undefined> {
	const request = { url, body, headers, timeout: TIMEOUT_MS, ...more };
	try {
		const { status } = await postJson(context, request);
		if (status < 300) return undefined;
		return { reason: `It answered HTTP ${status}`, nothingSent: false, status };
	} catch (error) {
		const { nothingSent, what } = readNetworkEnd(error, 'other');
		return { reason: what, nothingSent };
	}
}
