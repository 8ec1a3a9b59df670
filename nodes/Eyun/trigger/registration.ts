import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { isLocalAddress } from '../transport/baseUrl';
import { CREDENTIAL } from '../transport/credentials';
import { baseUrlOf, callVendor } from '../transport/request';
import { reasonOf } from './errors';
import type { Registration } from './registry';
import { forget, receiverOf, registrationAt, remember } from './registry';
import { newSecret, withSecret } from './secret';
import { triggerIdOf } from './triggerId';

/** What the trigger keeps in n8n's static data of its node, as long as an address is registered. */
export interface TriggerStaticData {
	secret?: string;
	/** The registered address, without secret. */
	address?: string;
}

/** The optimised push format (FACTS a). */
const PUSH_FORMAT = 2;

/** The vendor may try the address before it answers, for which it takes up to 6 s (FACTS a.1). */
const TIMEOUT_MS = 10_000;

/** The activations that follow a registration which nobody took back: n8n only starts again. */
const STILL_REGISTERED = ['init', 'leadershipChange', 'update'];

/**
 * Registers the node's webhook address with the vendor, with a secret in it. The secret is new,
 * except when n8n only starts again.
 *
 * @throws NodeOperationError when the vendor cannot reach the address
 * @throws NodeApiError when the vendor refuses, unless the same address is registered already
 */
export async function register(context: IHookFunctions): Promise<void> {
	const address = addressOf(context);
	await checkReachable(context, address);
	const kept = staticDataOf(context);
	const stillRegistered =
		STILL_REGISTERED.includes(context.getActivationMode()) && kept.address === address;
	const registration: Registration = {
		address,
		triggerId: triggerIdOf(context),
		test: context.getMode() === 'manual',
		credentialId: credentialIdOf(context),
		secret: (stillRegistered ? kept.secret : undefined) ?? newSecret(),
	};
	// Noted first: the check push arrives before n8n has stored the static data.
	remember(registration);
	const failure = await setAddress(context, registration).then(
		() => undefined,
		(error: Error) => error,
	);
	if (failure && !stillRegistered) {
		forget(address);
		throw failure;
	}
	if (failure) {
		// Giving up would cut off callbacks that most likely still come.
		context.logger.warn(
			'Eyun WeChat Trigger: the vendor did not take the callback address again when n8n started. The earlier registration is relied on. If no events arrive, deactivate and activate the workflow',
			{ reason: reasonOf(failure) },
		);
	}
	kept.secret = registration.secret;
	kept.address = address;
}

/**
 * Takes the node's address back: the address that this n8n had registered before for the same
 * credential is put in its place, for example production's after a test run; without one the
 * vendor is told to stop pushing. Never fails, so that a workflow can be deactivated whatever the
 * vendor says; what went wrong is logged.
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const address = addressOf(context);
	const kept = staticDataOf(context);
	const ours = registrationAt(address);
	const wasRegistered = kept.secret !== undefined || ours !== undefined;
	const receiver = receiverOf(credentialIdOf(context));
	delete kept.secret;
	delete kept.address;
	forget(address);
	if (!wasRegistered) return;
	// Another trigger has taken the address over since.
	if (receiver !== undefined && receiver !== ours) return;
	const next = receiverOf(credentialIdOf(context));
	try {
		await (next ? setAddress(context, next) : cancelAddress(context));
	} catch (error) {
		context.logger.warn(adviceAfterFailure(next), { reason: reasonOf(error) });
	}
}

function adviceAfterFailure(next: Registration | undefined): string {
	if (next !== undefined) {
		return `Eyun WeChat Trigger: the vendor did not take back the callback address ${next.address}. Deactivate and activate its workflow to register it again`;
	}
	return 'Eyun WeChat Trigger: the vendor did not cancel the callback address. It may go on pushing to it, which n8n answers with 404. Run Incoming Message: Cancel Callback Address to end that';
}

function staticDataOf(context: IHookFunctions): TriggerStaticData {
	return context.getWorkflowStaticData('node') as TriggerStaticData;
}

function addressOf(context: IHookFunctions): string {
	const address = context.getNodeWebhookUrl('default');
	if (address === undefined) {
		throw new NodeOperationError(context.getNode(), 'N8n gave this trigger no webhook address');
	}
	return address;
}

/** Registering and cancelling twice do no harm, hence `reads`: the calls may be repeated. */
async function setAddress(
	context: IHookFunctions,
	{ address, secret }: Registration,
): Promise<void> {
	await callVendor(context, {
		path: '/setHttpCallbackUrl',
		body: { httpUrl: withSecret(address, secret), type: PUSH_FORMAT },
		reads: true,
		timeoutMs: TIMEOUT_MS,
		secrets: [secret],
	});
}

async function cancelAddress(context: IHookFunctions): Promise<void> {
	await callVendor(context, {
		path: '/cancelHttpCallbackUrl',
		body: {},
		reads: true,
		timeoutMs: TIMEOUT_MS,
	});
}

async function checkReachable(context: IHookFunctions, address: string): Promise<void> {
	if (!isLocalAddress(address)) return;
	// A vendor on the own machine or network, such as the simulator, can reach it.
	if (isLocalAddress(await baseUrlOf(context))) return;
	throw new NodeOperationError(
		context.getNode(),
		`E云 cannot reach this n8n: its webhook address is ${new URL(address).origin}`,
		{
			description:
				'The callbacks come from the internet. Set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer releases) to the public address of this n8n, such as https://n8n.example.com/, and start n8n again. On a machine without a public address, open a tunnel and set the variable to the address of the tunnel',
		},
	);
}

function credentialIdOf(context: IHookFunctions): string {
	return context.getNode().credentials?.[CREDENTIAL]?.id ?? '';
}
