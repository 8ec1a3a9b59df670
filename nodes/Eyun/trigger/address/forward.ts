import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { shownAddress } from './callbackAddress';
import { post } from './post';
import { presentUrl } from './receiver';

/** Before the second try after a refused connection, in milliseconds. */
const REFUSED_RETRY_MS = 300;

/**
 * Forwards a callback of a test run to whoever receives the callbacks otherwise. Never fails. It is
 * sent once; again only where the connection was refused, so that nothing can have arrived.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param body the callback, byte for byte
 */
export async function forward(
	context: IWebhookFunctions,
	{ id, shared: { registrations } }: TriggerState,
	body: Buffer,
): Promise<void> {
	const registration = registrations.of(id, true);
	const url = registration ? registration.previous : staticDataOf(context).previous;
	if (url === undefined) return;
	const receiver = presentUrl(registrations, url);
	let end = await post(context, receiver, body);
	if (end?.nothingSent) {
		await sleep(REFUSED_RETRY_MS);
		end = await post(context, receiver, body);
	}
	if (end === undefined) return;
	context.logger.warn(
		`Eyun WeChat Trigger: a callback that came during a test run could not be forwarded to ${shownAddress(url)}`,
		{ reason: end.reason },
	);
}
