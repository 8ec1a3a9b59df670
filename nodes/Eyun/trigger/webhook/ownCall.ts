import type { IWebhookFunctions } from 'n8n-workflow';

import { insideUrlOf } from '../address/door';
import type { NotTaken } from '../address/post';
import { post, PROCESS_HEADER } from '../address/post';
import type { TriggerState } from '../state/triggerState';

/**
 * A webhook call that a process makes to its own webhook. n8n lets a process without the trigger
 * start an execution, or store something, only in the end of such a call.
 */
export type OwnCall =
	/** Answers, which shows that the process reaches itself. */
	| { what: 'nothing' }
	/** Stores what waits in static data. */
	| { what: 'store' }
	/** Starts the execution of a burst that was passed on. */
	| { what: 'start'; burst: string };

/** n8n answers when it has stored the execution, which waits as long as Redis is away; milliseconds. */
const STORING_MS = 600_000;

/** How long the process tries to reach itself, in milliseconds. */
const TRY_MS = 1_000;

/**
 * Calls the webhook of this process.
 *
 * @param context n8n's functions of a webhook call, also one that has ended
 * @param state of the trigger
 * @param call what it is to do
 * @returns undefined when n8n has done it
 */
export async function callItself(
	context: IWebhookFunctions,
	{ shared, ownUrl: url }: TriggerState,
	call: OwnCall,
): Promise<NotTaken | undefined> {
	if (url === undefined) return { reason: 'n8n listens at no port', nothingSent: true };
	const headers = { 'content-type': 'application/json', [PROCESS_HEADER]: shared.token };
	return await post(context, url, Buffer.from(JSON.stringify(call)), headers, {
		timeout: call.what === 'nothing' ? TRY_MS : STORING_MS,
		// The own machine, whose name is another one in the certificate.
		skipSslCertificateValidation: true,
	});
}

/**
 * Notes where this process serves the webhook; later the connection that tells may be closed.
 *
 * @param context n8n's functions of a webhook call
 * @param state of the trigger
 */
export function noteOwnUrl(context: IWebhookFunctions, state: TriggerState): void {
	state.ownUrl = insideUrlOf(context.getRequestObject()) ?? state.ownUrl;
}

/** Whether this process makes the request itself. Only then is its body an `OwnCall`. */
export function isFromItself(context: IWebhookFunctions, { shared }: TriggerState): boolean {
	return context.getHeaderData()[PROCESS_HEADER] === shared.token;
}
