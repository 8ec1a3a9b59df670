import type { IHookFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { failureOf } from '../../common/errors';
import { readNetworkEnd } from '../../transport/network';
import type { Registration } from '../state/registrations';
import { forget, registrationAt, registrationOf, remember } from '../state/registrations';
import { staticDataOf } from '../state/staticData';
import { triggerIdOf } from '../state/triggerId';
import { sameReceiver, shownAddress, toUrl } from './callbackAddress';
import { meantBy, ownRegistration } from './receiver';
import { restoreAddress } from './restore';
import { newSecret } from './secret';
import { accountKeyOf, askHolder, registerAddress } from './vendorAddress';

/** How long callbacks that were under way when a test run ended may still arrive, in milliseconds. */
const UNDER_WAY_MS = 600;

/** How long n8n takes to take a test webhook down once it has asked us to end, in milliseconds. */
const TAKEN_DOWN_MS = 300;

/** The vendor waits 6 s for us, so whoever we hand on to has less (FACTS a.1). */
const FORWARD_TIMEOUT_MS = 4_000;
const REFUSED_RETRY_MS = 300;

/** Test runs that wait for no event any more. */
const served = new WeakSet<Registration>();

/** Test runs that are ending, by the address of their webhook. */
const endings = new Map<string, Promise<void>>();

/**
 * Lets the callbacks come to a test run, which hands them on to whoever received them until now.
 *
 * @param address the webhook address of the test run
 * @throws NodeApiError when the vendor refuses; then everything is as before
 */
export async function startTestRun(context: IHookFunctions, address: string): Promise<void> {
	// The run before has the same address. When it has ended, n8n takes its webhook down, and with it
	// the new one, which it puts up again when this function has returned.
	const ending = endings.get(address);
	if (ending !== undefined) await ending.then(async () => await sleep(TAKEN_DOWN_MS));
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
	Object.assign(staticDataOf(context), { secret: registration.secret, address, previous });
	if (ending !== undefined) return void registerSoon(context, registration);
	const failure = await failureOf(registerAddress(context, toUrl(registration)));
	if (failure) {
		// The vendor may have taken the address although no answer came.
		await restoreAddress(context, address, previous);
		forget(address);
		for (const name of ['secret', 'address', 'previous'] as const) {
			delete staticDataOf(context)[name];
		}
		throw failure;
	}
}

/** Registers a test run when n8n has put its webhook up again; until then production goes on. */
async function registerSoon(context: IHookFunctions, registration: Registration): Promise<void> {
	await sleep(TAKEN_DOWN_MS);
	const isOver = registrationAt(registration.address) !== registration || served.has(registration);
	const failure = isOver
		? undefined
		: await failureOf(registerAddress(context, toUrl(registration)));
	if (failure === undefined) return;
	context.logger.warn(
		'Eyun WeChat Trigger: the vendor did not take the callback address of the test run',
		{ reason: failure.message },
	);
}

/**
 * Ends a test run: gives the address back, and hands on what was under way meanwhile. Where the run
 * has got its event, it has ended with that, or is about to.
 */
export async function endTestRun(
	context: IHookFunctions | IWebhookFunctions,
	registration: Registration,
): Promise<void> {
	const { address, previous } = registration;
	if (served.has(registration)) return await endings.get(address);
	served.add(registration);
	const ending = restoreAddress(context, address, previous).then(
		async () => await sleep(UNDER_WAY_MS),
	);
	endings.set(address, ending);
	await ending;
	if (endings.get(address) === ending) endings.delete(address);
}

/**
 * Whether a test run still waits for its event. The first who asks gets it, and the run is ended
 * before n8n knows of it: else n8n would start an execution for each callback until it has taken the
 * test webhook down, and answer 404 to those that still come.
 */
export async function takeTestEvent(context: IWebhookFunctions): Promise<boolean> {
	const registration = registrationOf(triggerIdOf(context), true);
	if (registration === undefined) return true;
	if (served.has(registration)) return false;
	await endTestRun(context, registration);
	return true;
}

/**
 * Hands a callback of a test run on to whoever receives the callbacks otherwise. Never fails. It is
 * sent once; again only where the connection was refused, so that nothing can have arrived.
 *
 * @param body the callback, byte for byte
 */
export async function forward(context: IWebhookFunctions, body: Buffer): Promise<void> {
	const registration = registrationOf(triggerIdOf(context), true);
	const url = registration ? registration.previous : staticDataOf(context).previous;
	if (url === undefined) return;
	// Our own triggers know their present secret.
	const known = ownRegistration(url);
	const receiver = known ? toUrl(known) : url;
	const end =
		(await post(context, receiver, body)) ??
		(await sleep(REFUSED_RETRY_MS).then(async () => await post(context, receiver, body)));
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
		timeout: FORWARD_TIMEOUT_MS,
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
