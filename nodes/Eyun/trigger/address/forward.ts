import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { readNetworkEnd } from '../../transport/http/network';
import { staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { shownAddress } from './callbackAddress';
import { presentUrl } from './receiver';

/** Eyun waits 6 s for our answer, so a receiver behind us has less. */
const FORWARD_TIMEOUT_MS = 4_000;

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
	const end =
		(await post(context, receiver, body)) ??
		(await sleep(REFUSED_RETRY_MS).then(async () => await post(context, receiver, body)));
	if (end === true) return;
	context.logger.warn(
		`Eyun WeChat Trigger: a callback that came during a test run could not be forwarded to ${shownAddress(url)}`,
		{ reason: end ?? 'The connection was refused' },
	);
}

/** True when it was accepted; undefined when nothing was sent, so that it may be tried again. */
async function post(
	context: IWebhookFunctions,
	url: string,
	body: Buffer,
): Promise<true | string | undefined> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url,
		headers: { 'content-type': 'application/json;charset=UTF-8' },
		body,
		encoding: 'text',
		json: false,
		timeout: FORWARD_TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	try {
		const { statusCode } = (await context.helpers.httpRequest(options)) as { statusCode: number };
		return statusCode < 300 ? true : `It answered HTTP ${statusCode}`;
	} catch (error) {
		const { nothingSent, what } = readNetworkEnd(error, 'other');
		return nothingSent ? undefined : what;
	}
}
