import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { failureOf } from '../../common/errors';
import type { Registration } from '../state/registrations';
import { clearAddress, staticDataOf } from '../state/staticData';
import type { ProcessState, TriggerState } from '../state/triggerState';
import { sameReceiver, toUrl } from './callbackAddress';
import { intendedReceiver, ownRegistration } from './receiver';
import { accountKeyOf, registerAddress, registeredAddress } from './registeredAddress';
import { restoreAddress } from './restore';
import { newSecret } from './secret';

/** How long callbacks that were under way when a test run ended may still arrive, in milliseconds. */
const UNDER_WAY_MS = 600;

/** How long n8n takes to remove a test webhook once it has asked us to end, in milliseconds. */
const REMOVED_MS = 300;

/**
 * Lets the callbacks come to a test run, which forwards them to whoever received them until now.
 *
 * @param context n8n's functions of the activation
 * @param state of the trigger
 * @param address the webhook address of the test run
 * @throws NodeApiError when Eyun refuses; then everything is as before
 */
export async function startTestRun(
	context: IHookFunctions,
	state: TriggerState,
	address: string,
): Promise<void> {
	const { registrations, testRuns } = state.shared;
	// The run before has the same address. When it has ended, n8n removes its webhook, and with it
	// the new one, which it puts up again when this function has returned.
	const ending = testRuns.endings.get(address);
	if (ending !== undefined) await ending.then(async () => await sleep(REMOVED_MS));
	const registration = await registrationFor(context, state, address);
	const { secret, previous } = registration;
	registrations.add(registration);
	Object.assign(staticDataOf(context), { secret, address, previous });
	if (ending !== undefined) return void registerSoon(context, state.shared, registration);
	const failure = await failureOf(registerAddress(context, toUrl(registration)));
	if (failure) {
		// Eyun may have taken the address although no answer came.
		await restoreAddress(context, registrations, address, previous);
		registrations.remove(address);
		clearAddress(context);
		throw failure;
	}
}

async function registrationFor(
	context: IHookFunctions,
	{ id, shared: { registrations } }: TriggerState,
	address: string,
): Promise<Registration> {
	const { url } = await registeredAddress(context, registrations);
	const receiver = intendedReceiver(registrations, url);
	const previous = receiver && sameReceiver(receiver, address) ? undefined : receiver;
	const isOwn = previous !== undefined && ownRegistration(registrations, previous) !== undefined;
	return {
		address,
		triggerId: id,
		test: true,
		accountKey: await accountKeyOf(context),
		secret: newSecret(),
		// Our own triggers register by themselves when n8n starts again.
		before: isOwn ? '' : (previous ?? ''),
		previous,
	};
}

/** Registers a test run when n8n has put its webhook up again; until then production goes on. */
async function registerSoon(
	context: IHookFunctions,
	{ registrations, testRuns }: ProcessState,
	registration: Registration,
): Promise<void> {
	await sleep(REMOVED_MS);
	const isCurrent = registrations.at(registration.address) === registration;
	if (!isCurrent || testRuns.served.has(registration)) return;
	const failure = await failureOf(registerAddress(context, toUrl(registration)));
	if (failure === undefined) return;
	context.logger.warn(
		'Eyun WeChat Trigger: Eyun did not accept the callback address of the test run',
		{ reason: failure.message },
	);
}

/**
 * Ends a test run: restores the address, and forwards what was under way meanwhile. Where the run
 * has got its event, it has ended with that, or is about to.
 *
 * @param context n8n's functions of the hook or webhook
 * @param process the state of this process
 * @param registration the test run
 */
export async function endTestRun(
	context: IHookFunctions | IWebhookFunctions,
	{ registrations, testRuns: { served, endings } }: ProcessState,
	registration: Registration,
): Promise<void> {
	const { address, previous } = registration;
	if (served.has(registration)) return await endings.get(address);
	served.add(registration);
	const ending = restoreAddress(context, registrations, address, previous).then(
		async () => await sleep(UNDER_WAY_MS),
	);
	endings.set(address, ending);
	await ending;
	if (endings.get(address) === ending) endings.delete(address);
}

/**
 * Whether a test run still waits for its event. The first who asks gets it, and the run is ended
 * before n8n knows of it: else n8n would start an execution for each callback until it has removed
 * the test webhook, and answer 404 to those that still come.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 */
export async function takeTestEvent(
	context: IWebhookFunctions,
	{ id, shared }: TriggerState,
): Promise<boolean> {
	const registration = shared.registrations.of(id, true);
	if (registration === undefined) return true;
	if (shared.testRuns.served.has(registration)) return false;
	await endTestRun(context, shared, registration);
	return true;
}
