import type { IHookFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { readNetworkEnd } from '../transport/network';
import { sameReceiver, shownAddress, toUrl } from './callbackAddress';
import { failureOf } from './errors';
import { giveBack } from './giveBack';
import { meantBy, ownRegistration } from './receiver';
import type { Registration } from './registry';
import { forget, registrationOf, remember } from './registry';
import { newSecret } from './secret';
import { staticDataOf } from './staticData';
import { triggerIdOf } from './triggerId';
import { accountKeyOf, askHolder, setAddress } from './vendorAddress';

/** How long callbacks that were under way when a test run ended may still arrive, in milliseconds. */
const UNDER_WAY_MS = 1_000;

/** The vendor waits 6 s for us, so whoever we hand on to has less (FACTS a.1). */
const HAND_ON_TIMEOUT_MS = 4_000;
const REFUSED_RETRY_MS = 300;

/** Test runs that have got the event they waited for. */
const served = new WeakSet<Registration>();

/**
 * Lets the callbacks come to a test run, which hands them on to whoever received them until now.
 *
 * @param address the webhook address of the test run
 * @throws NodeApiError when the vendor refuses; then everything is as before
 */
export async function startTestRun(context: IHookFunctions, address: string): Promise<void> {
	const receiver = meantBy(await askHolder(context));
	const previous = receiver && sameReceiver(receiver, address) ? undefined : receiver;
	const isOwn = previous !== undefined && ownRegistration(previous) !== undefined;
	const registration: Registration = {
		address,
		triggerId: triggerIdOf(context),
		test: true,
		accountKey: await accountKeyOf(context),
		secret: newSecret(),
		// Our own triggers register by themselves when n8n starts again.
		before: isOwn ? '' : (previous ?? ''),
		previous,
	};
	remember(registration);
	const failure = await failureOf(setAddress(context, toUrl(registration)));
	if (failure) {
		// The vendor may have taken the address although no answer came.
		await giveBack(context, address, previous);
		forget(address);
		throw failure;
	}
	Object.assign(staticDataOf(context), { secret: registration.secret, address, previous });
}

/** Waits for callbacks that were under way to a test run when its address was taken back. */
export async function awaitStragglers(): Promise<void> {
	await sleep(UNDER_WAY_MS);
}

/**
 * Whether a test run still waits for its event. The first who asks gets it: n8n would start one
 * execution for each until it has taken the test webhook down.
 */
export function takeTestEvent(context: IWebhookFunctions): boolean {
	const registration = registrationOf(triggerIdOf(context), true);
	if (registration === undefined) return true;
	if (served.has(registration)) return false;
	served.add(registration);
	return true;
}

/**
 * Hands a callback of a test run on to whoever receives the callbacks otherwise. Never fails. It is
 * sent once; again only where the connection was refused, so that nothing can have arrived.
 *
 * @param body the callback, byte for byte
 */
export async function handOn(context: IWebhookFunctions, body: Buffer): Promise<void> {
	const registration = registrationOf(triggerIdOf(context), true);
	const url = registration ? registration.previous : staticDataOf(context).previous;
	if (url === undefined) return;
	// Our own triggers know their present secret.
	const known = ownRegistration(url);
	const end =
		(await post(context, known ? toUrl(known) : url, body)) ??
		(await sleep(REFUSED_RETRY_MS).then(async () => await post(context, url, body)));
	if (end === true) return;
	context.logger.warn(
		`Eyun WeChat Trigger: a callback that came during a test run could not be handed on to ${shownAddress(url)}`,
		{ reason: end ?? 'The connection was refused' },
	);
}

/** True when it was taken; undefined when nothing was sent, so that it may be tried again. */
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
		timeout: HAND_ON_TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	try {
		const { statusCode } = (await context.helpers.httpRequest(options)) as { statusCode: number };
		return statusCode < 300 ? true : `It answered HTTP ${statusCode}`;
	} catch (error) {
		const { nothingSent, what } = readNetworkEnd(error);
		return nothingSent ? undefined : what;
	}
}
