import type { IHookFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { failureOf, reasonOf } from '../../common/errors';
import { isLocalAddress } from '../../common/localAddress';
import { refuseOlderN8n, refuseUnservedAddress } from '../../common/n8n/olderN8n';
import { baseUrlOf } from '../../transport/credentials';
import type { TriggerSettings } from '../settings/parse';
import { readSettings } from '../settings/parse';
import { validateSettings } from '../settings/validate';
import type { Registration, Registrations } from '../state/registrations';
import type { TriggerStaticData } from '../state/staticData';
import { clearStaticData, copyOfKept, staticDataOf } from '../state/staticData';
import type { ProcessState, TriggerState } from '../state/triggerState';
import { sameReceiver, toUrl } from './callbackAddress';
import { conflict } from './conflict';
import { keep, leftBehind } from './kept';
import {
	intendedReceiver,
	isInactive,
	isOfThisN8n,
	isOurOwn,
	othersOf,
	ownRegistration,
	unique,
} from './receiver';
import type { RegisteredAddress } from './registeredAddress';
import { accountKeyOf, registerAddress, registeredAddress } from './registeredAddress';
import { restoreAddress } from './restore';
import { newSecret } from './secret';
import { endTestRun, startTestRun } from './testRun';

/** The activations that follow a registration which nobody took back: n8n only starts again. */
const STILL_REGISTERED = ['init', 'leadershipChange', 'update'];

/**
 * Registers the node's webhook address with Eyun, with a secret in it. The secret is new, except
 * when n8n only starts again. A test run stands in for whoever receives the callbacks.
 *
 * @param context n8n's functions of the activation
 * @param state of the trigger
 * @returns true, which n8n wants
 * @throws NodeOperationError when n8n is too old, parameters are wrong, Eyun cannot reach the address, or somebody
 *   else receives the callbacks
 * @throws NodeApiError when Eyun refuses, unless the node was registered before
 */
export async function register(context: IHookFunctions, state: TriggerState): Promise<boolean> {
	refuseOlderN8n(context);
	refuseUnservedAddress(context);
	const settings = await readSettings(context);
	validateSettings(context.getNode(), settings);
	if (settings.automatic) await registerAutomatically(context, state, settings);
	else if (context.getMode() !== 'manual') await noteByHand(context, state, settings);
	// Last, because n8n now stores static data that it has read before webhooks stored theirs.
	state.bursts.addTo(staticDataOf(context));
	return true;
}

/** An address that Eyun has from the user: the questions of this n8n find the trigger by it. */
async function noteByHand(
	context: IHookFunctions,
	state: TriggerState,
	{ manualSecret: secret }: TriggerSettings,
): Promise<void> {
	const registration = await registrationFor(context, state, addressOf(context), secret, undefined);
	state.shared.registrations.addByHand(registration);
}

async function registerAutomatically(
	context: IHookFunctions,
	state: TriggerState,
	settings: TriggerSettings,
): Promise<void> {
	const address = addressOf(context);
	await checkReachable(context, address);
	if (context.getMode() === 'manual') return await startTestRun(context, state, address);
	const isAgain =
		STILL_REGISTERED.includes(context.getActivationMode()) &&
		staticDataOf(context).secret !== undefined;
	await (isAgain
		? registerAgain(context, state, address)
		: registerAnew(context, state, address, settings));
}

/**
 * Takes the node's address back, if it is still registered. Never fails, so that a workflow can be
 * deactivated whatever Eyun says; what went wrong is logged.
 *
 * @param context n8n's functions of the deactivation, or of the end of a test run
 * @param state of the trigger, which is freed when nothing needs it any more
 * @returns true, which n8n wants
 */
export async function unregister(context: IHookFunctions, state: TriggerState): Promise<boolean> {
	const { shared } = state;
	const { registrations } = shared;
	const address = addressOf(context);
	const kept = { ...staticDataOf(context), older: copyOfKept(context, 'older') };
	leaveBursts(context, state);
	clearStaticData(context);
	// Until the workflow is active again, should n8n restart meanwhile.
	if (kept.questions) staticDataOf(context).questions = shared.questions.storedFor(state.id);
	if (context.getMode() !== 'manual') registrations.removeByHand(state.id);
	await registrations.inTurn(async () => await goAway(context, shared, address, kept));
	shared.free(state);
	return true;
}

/** Gives the callbacks to whoever is left. */
async function goAway(
	context: IHookFunctions,
	shared: ProcessState,
	address: string,
	kept: TriggerStaticData,
): Promise<void> {
	const { registrations } = shared;
	const ours = registrations.at(address);
	const attempt = registrations.attemptAt(address);
	if (kept.secret === undefined && ours === undefined) {
		if (attempt) await giveBack(context, registrations, address, attempt.previous);
	} else {
		const { previous, older = [] } = ours ?? kept;
		// The others of this n8n go on receiving.
		const other = ours && registrations.besides(ours).at(-1);
		const isLeft = (url: string) =>
			!sameReceiver(url, address) && !isInactive(registrations, url, address);
		// Workflows that came back stand behind those that stood behind them; whoever was there first is known, too.
		const before = previous === undefined || isLeft(previous) ? previous : older.find(isLeft);
		const next = other ? toUrl(other) : before;
		await (ours?.test
			? endTestRun(context, shared, ours)
			: takeBack(context, registrations, address, next, ours?.accountKey ?? kept.developer));
		// Meanwhile another test run may have begun.
		if (registrations.at(address) === ours) registrations.remove(address);
		if (!ours?.test) relink(shared, address, previous);
	}
}

/** What processes that serve webhooks hold is started by the trigger, before it ends. */
function leaveBursts(context: IHookFunctions, { starts, bursts }: TriggerState): void {
	// Without the trigger it waits for the next activation.
	if (starts.emit === undefined) return;
	bursts.leave(copyOfKept(context, 'heldByWebhooks') ?? {});
	delete staticDataOf(context).heldByWebhooks;
}

/** Whoever was in front of a trigger that is gone takes its place behind the others. */
function relink(shared: ProcessState, address: string, previous: string | undefined): void {
	const isGone = (url: string) => sameReceiver(url, address);
	for (const registration of shared.registrations.relink(isGone, previous)) {
		const state = shared.stateOf(registration.triggerId);
		state?.durable.note((data) => void (data.previous = previous));
	}
}

/** After an activation that failed, if Eyun has carried out the registration nevertheless. */
async function giveBack(
	context: IHookFunctions,
	registrations: Registrations,
	address: string,
	previous: string | undefined,
): Promise<void> {
	const registered: RegisteredAddress = await registeredAddress(context, registrations).catch(
		() => ({ certain: false }),
	);
	const isOurs = registered.certain && registered.url && sameReceiver(registered.url, address);
	if (isOurs) await restoreAddress(context, registrations, address, previous);
}

async function takeBack(
	context: IHookFunctions,
	registrations: Registrations,
	address: string,
	previous: string | undefined,
	developer: string | undefined,
): Promise<void> {
	const now = await accountKeyOf(context).catch(() => developer);
	if (developer === undefined || developer === now) {
		await restoreAddress(context, registrations, address, previous);
		return;
	}
	context.logger.warn(leftBehind(address));
}

async function registerAnew(
	context: IHookFunctions,
	state: TriggerState,
	address: string,
	{ takesOver, shares }: TriggerSettings,
): Promise<void> {
	const { registrations } = state.shared;
	const { url } = await registeredAddress(context, registrations);
	const receiver = intendedReceiver(registrations, url);
	const attempt = registrations.attemptAt(address);
	// Its own address from before: n8n died, an attempt failed, or Eyun did not cancel it.
	const isOwn = [address, staticDataOf(context).address].some(
		(own) => own && receiver && sameReceiver(own, receiver),
	);
	const previous = isOwn ? attempt?.previous : receiver;
	const isForeign = previous !== undefined && !isOurOwn(registrations, previous, address);
	if (isForeign && !takesOver && !shares) throw conflict(context.getNode(), previous);
	// The secret of the attempt before: a slow Eyun may carry that one out after this one.
	const secret = attempt?.secret ?? newSecret();
	const registration = await registrationFor(context, state, address, secret, previous);
	// Noted first: the check push arrives before n8n has stored the static data.
	registrations.add(registration);
	const failure = await failureOf(registerAddress(context, toUrl(registration)));
	if (failure) {
		registrations.fail(registration);
		throw failure;
	}
	registrations.succeed(registration);
	keep(context, registration, []);
}

/**
 * After a restart of n8n, also where everything looks unchanged: Eyun may pause after a failed push,
 * and a registration ends that.
 */
async function registerAgain(
	context: IHookFunctions,
	state: TriggerState,
	address: string,
): Promise<void> {
	const { registrations } = state.shared;
	const kept = staticDataOf(context);
	const secret = kept.secret ?? newSecret();
	const { shares } = await readSettings(context);
	const registered: RegisteredAddress = await registeredAddress(context, registrations).catch(
		() => ({ certain: false }),
	);
	const receiver = registered.certain ? intendedReceiver(registrations, registered.url) : undefined;
	// The other system may have come, or come back, while n8n was away; shared with it is who is there now.
	const isOther = shares && receiver !== undefined && !isOfThisN8n(receiver, address);
	const previous = isOther ? receiver : kept.previous;
	const found = await registrationFor(context, state, address, secret, previous);
	const older = copyOfKept(context, 'older');
	// Others of this n8n may become active only after this one; whoever receives now knows them.
	const beside = unique([...(found.older ?? []), receiver]).filter(
		(url) => !sameReceiver(url, address),
	);
	const registration = { ...found, older };
	if (kept.developer !== undefined && kept.developer !== registration.accountKey) {
		context.logger.warn(leftBehind(address));
	}
	keep(context, registration, beside);
	if (isTakenOver(state, registration, registered)) {
		registrations.addAsOldest(registration);
		context.logger.info(
			'Eyun WeChat Trigger: another workflow of this n8n receives the callbacks. It hands them on, or they come here again when it is deactivated',
		);
		return;
	}
	registrations.add(registration);
	try {
		await registerAddress(context, toUrl(registration));
	} catch (error) {
		// Giving up would cut off callbacks that most likely still come.
		context.logger.warn(
			'Eyun WeChat Trigger: Eyun did not accept the callback address again when n8n started. The earlier registration stays in use. If no events arrive, deactivate and activate the workflow',
			{ reason: reasonOf(error) },
		);
	}
}

/** Whether another active trigger receives the callbacks, and hands them on to this one if it shares. */
function isTakenOver(
	{ shared: { registrations } }: TriggerState,
	own: Registration,
	{ certain, url }: RegisteredAddress,
): boolean {
	const latest = registrations.latestOf(own.accountKey);
	if (latest === undefined || latest.test || latest.triggerId === own.triggerId) return false;
	const receiver = certain ? url && ownRegistration(registrations, url) : latest;
	return receiver ? knows(receiver, own.address) : false;
}

/** Whether a trigger was registered after another one. */
function knows({ previous, older = [] }: Registration, address: string): boolean {
	return [previous, ...older].some((url) => url !== undefined && sameReceiver(url, address));
}

async function registrationFor(
	context: IHookFunctions,
	{ id, shared }: TriggerState,
	address: string,
	secret: string,
	previous: string | undefined,
): Promise<Registration> {
	const accountKey = await accountKeyOf(context);
	const registration = { address, secret, triggerId: id, test: false, accountKey, previous };
	return { ...registration, older: othersOf(shared.registrations, registration) };
}

function addressOf(context: IHookFunctions): string {
	const address = context.getNodeWebhookUrl('default');
	if (address === undefined) {
		throw new NodeOperationError(context.getNode(), 'n8n gave this trigger no webhook address');
	}
	return address;
}

async function checkReachable(context: IHookFunctions, address: string): Promise<void> {
	if (!isLocalAddress(address)) return;
	// An Eyun server on the own machine or network, such as the simulator, can reach it.
	if (isLocalAddress(await baseUrlOf(context))) return;
	throw new NodeOperationError(
		context.getNode(),
		`Eyun cannot reach this n8n: its webhook address is ${new URL(address).origin}`,
		{
			description:
				'The callbacks come from the internet. Set the environment variable WEBHOOK_URL (N8N_WEBHOOK_URL in newer releases) to the public address of this n8n, such as https://n8n.example.com/, and restart n8n. On a machine without a public address, open a tunnel and set the variable to the address of the tunnel',
		},
	);
}
