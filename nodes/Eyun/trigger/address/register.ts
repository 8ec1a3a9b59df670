import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { failureOf, reasonOf } from '../../common/errors';
import { isLocalAddress } from '../../common/localAddress';
import { baseUrlOf } from '../../transport/credentials';
import type { TriggerSettings } from '../settings/parse';
import { readSettings } from '../settings/parse';
import { checkSettings } from '../settings/validate';
import type { Registration } from '../state/registrations';
import {
	forget,
	latestOf,
	registrationAt,
	remember,
	rememberAsOldest,
} from '../state/registrations';
import { staticDataOf } from '../state/staticData';
import { triggerIdOf } from '../state/triggerId';
import { sameReceiver, toUrl } from './callbackAddress';
import { conflict, unusable } from './conflict';
import { meantBy } from './receiver';
import { restoreAddress } from './restore';
import { newSecret } from './secret';
import { endTestRun, startTestRun } from './testRun';
import type { Holder } from './vendorAddress';
import { accountKeyOf, askHolder, registerAddress } from './vendorAddress';

/** The activations that follow a registration which nobody took back: n8n only starts again. */
const STILL_REGISTERED = ['init', 'leadershipChange', 'update'];

/**
 * Registers the node's webhook address with the vendor, with a secret in it. The secret is new,
 * except when n8n only starts again. A test run stands in for whoever receives the callbacks.
 *
 * @throws NodeOperationError when parameters are wrong, the vendor cannot reach the address, or
 *   somebody else receives the callbacks
 * @throws NodeApiError when the vendor refuses, unless the node was registered before
 */
export async function register(context: IHookFunctions): Promise<void> {
	const settings = readSettings(context);
	checkSettings(context.getNode(), settings);
	if (!settings.automatic) return;
	const address = addressOf(context);
	await checkReachable(context, address);
	if (context.getMode() === 'manual') return await startTestRun(context, address);
	const isAgain =
		STILL_REGISTERED.includes(context.getActivationMode()) &&
		staticDataOf(context).secret !== undefined;
	await (isAgain ? registerAgain(context, address) : registerAnew(context, address, settings));
}

/**
 * Takes the node's address back, if it is still registered. Never fails, so that a workflow can be
 * deactivated whatever the vendor says; what went wrong is logged.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const address = addressOf(context);
	const kept = staticDataOf(context);
	const ours = registrationAt(address);
	const wasRegistered = kept.secret !== undefined || ours !== undefined;
	const previous = ours ? ours.previous : kept.previous;
	for (const name of ['secret', 'address', 'previous', 'online', 'offline'] as const) {
		delete kept[name];
	}
	if (!wasRegistered) return;
	await (ours?.test ? endTestRun(context, ours) : restoreAddress(context, address, previous));
	// Meanwhile another test run may have begun.
	if (registrationAt(address) === ours) forget(address);
}

async function registerAnew(
	context: IHookFunctions,
	address: string,
	{ takesOver }: TriggerSettings,
): Promise<void> {
	const kept = staticDataOf(context);
	const receiver = meantBy(await askHolder(context));
	// Its own address from before: n8n died, or the vendor did not cancel it.
	const isOwn = [address, kept.address].some(
		(own) => own && receiver && sameReceiver(own, receiver),
	);
	const previous = isOwn ? undefined : receiver;
	if (previous !== undefined && !takesOver) throw conflict(context.getNode(), previous);
	const registration = await registrationFor(context, address, newSecret(), previous);
	// Noted first: the check push arrives before n8n has stored the static data.
	remember(registration);
	const failure = await failureOf(registerAddress(context, toUrl(registration)));
	if (failure) {
		forget(address);
		throw failure;
	}
	Object.assign(kept, { secret: registration.secret, address, previous });
}

/**
 * After a restart of n8n, also where everything looks unchanged: the vendor may rest after a failed
 * push, and a registration ends that (FACTS a.1).
 */
async function registerAgain(context: IHookFunctions, address: string): Promise<void> {
	const kept = staticDataOf(context);
	const secret = kept.secret ?? newSecret();
	const registration = await registrationFor(context, address, secret, kept.previous);
	kept.address = address;
	if (await isTakenOver(context, registration)) {
		rememberAsOldest(registration);
		context.logger.info(
			'Eyun WeChat Trigger: another workflow of this n8n has taken the callbacks over. They come here again when it is deactivated',
		);
		return;
	}
	remember(registration);
	try {
		await registerAddress(context, toUrl(registration));
	} catch (error) {
		// Giving up would cut off callbacks that most likely still come.
		context.logger.warn(
			'Eyun WeChat Trigger: the vendor did not take the callback address again when n8n started. The earlier registration is relied on. If no events arrive, deactivate and activate the workflow',
			{ reason: reasonOf(error) },
		);
	}
}

/** Whether another trigger of this n8n has been set to receive the callbacks instead of this one. */
async function isTakenOver(context: IHookFunctions, own: Registration): Promise<boolean> {
	const latest = latestOf(own.accountKey);
	if (latest?.previous === undefined || latest.test) return false;
	if (latest.triggerId === own.triggerId) return false;
	const holder: Holder = await askHolder(context).catch(() => ({ certain: false }));
	if (!holder.certain) return true;
	return holder.url !== undefined && sameReceiver(holder.url, latest.address);
}

async function registrationFor(
	context: IHookFunctions,
	address: string,
	secret: string,
	previous: string | undefined,
): Promise<Registration> {
	const [triggerId, accountKey] = [triggerIdOf(context), await accountKeyOf(context)];
	return { address, secret, triggerId, test: false, accountKey, previous };
}

function addressOf(context: IHookFunctions): string {
	const address = context.getNodeWebhookUrl('default');
	if (address === undefined) {
		throw new NodeOperationError(context.getNode(), 'N8n gave this trigger no webhook address');
	}
	return address;
}

async function checkReachable(context: IHookFunctions, address: string): Promise<void> {
	if (!isLocalAddress(address)) return;
	// A vendor on the own machine or network, such as the simulator, can reach it.
	if (isLocalAddress(await baseUrlOf(context))) return;
	throw unusable(
		context.getNode(),
		`E云 cannot reach this n8n: its webhook address is ${new URL(address).origin}`,
		'The callbacks come from the internet. Set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer releases) to the public address of this n8n, such as https://n8n.example.com/, and start n8n again. On a machine without a public address, open a tunnel and set the variable to the address of the tunnel',
	);
}
