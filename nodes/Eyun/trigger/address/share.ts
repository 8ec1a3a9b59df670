import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { createHash, randomUUID } from 'node:crypto';

import type { TriggerSettings } from '../settings/parse';
import { staticDataOf } from '../state/staticData';
import type { Registrations } from '../state/registrations';
import type { TriggerState } from '../state/triggerState';
import { sameReceiver, shownAddress, toUrl } from './callbackAddress';
import { doorOf, throughDoor } from './door';
import type { NotTaken } from './post';
import { post, PROCESS_HEADER } from './post';
import { isInactive, isOurOwn, presentUrl, unique } from './receiver';

/** Names the receivers that have got a callback already, so that it does not go in circles. */
const PASSED_HEADER = 'x-eyun-passed';

/** The same in all tries to hand a callback on to somebody, of which more than one may arrive. */
const DELIVERY_HEADER = 'x-eyun-delivery';

/** Waits before the tries after the first, in milliseconds. */
const RETRY_WAITS_MS = [300, 1_000, 3_000, 10_000, 30_000, 60_000];

/** Of deliveries that came: how many are known, and for how long, which is longer than all tries take. */
export const MOST_DELIVERIES = 5_000;
export const DELIVERY_LIFE_MS = 300_000;

/** One more receiver of the callbacks. */
interface Target {
	/** The whole address. */
	url: string;
	/** A trigger of this package, which recognizes duplicates. */
	isTrigger: boolean;
}

/**
 * Hands a callback on to the others who want the callbacks of the account: the triggers of this n8n,
 * and with *On Conflict: Share* whoever had the address before. A trigger gets it until it has taken
 * it, since it recognizes duplicates; anybody else once, and again only where no connection came about.
 * While n8n starts, that goes for triggers that are not active yet, too.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param settings of the trigger
 * @param body the callback, byte for byte
 * @param isAnswer whether it answers a question, so that no trigger of this n8n is to get it
 * @returns when each has got its first try
 */
export async function share(
	context: IWebhookFunctions,
	state: TriggerState,
	settings: TriggerSettings,
	body: Buffer,
	isAnswer = false,
): Promise<void> {
	if (!settings.automatic || settings.takesOver || !hasOthers(context, state)) return;
	if (!isFirstTry(context, state)) return;
	const own = context.getNodeWebhookUrl('default');
	if (own === undefined) return;
	const passed = passedIn(context);
	const targets = targetsOf(context, state, settings, own).filter(
		({ url, isTrigger }) => !passed.includes(nameOf(url)) && !(isAnswer && isTrigger),
	);
	if (targets.length === 0) return;
	const door = doorOf(context.getRequestObject(), own);
	const names = [own, ...targets.map(({ url }) => url)].map(nameOf);
	const passedNow = {
		[PASSED_HEADER]: [...new Set([...passed, ...names])].join(','),
		[DELIVERY_HEADER]: randomUUID(),
	};
	await Promise.all(
		targets.map(async (target) => {
			const url = throughDoor(door, target.url);
			const isNear = url !== target.url;
			// Whom this process may receive callbacks from, it has found out already.
			const headers = isNear ? { ...passedNow, [PROCESS_HEADER]: state.shared.token } : passedNow;
			const deliver = async () => await post(context, url, body, headers);
			const failure = await deliver();
			if (!mayTryAgain(state, target, failure)) return report(context, target, failure);
			// In the background: Eyun does not wait so long.
			void state.starts.track(goOn(context, state, target, deliver));
		}),
	);
}

/** Asked first, because nearly always there is nobody, and n8n takes its time to name the own address. */
function hasOthers(context: IWebhookFunctions, { id, shared }: TriggerState): boolean {
	const { registrations } = shared;
	const ours = registrations.of(id, false);
	if (ours?.previous !== undefined) return true;
	if (ours !== undefined && registrations.besides(ours).length > 0) return true;
	return (ours === undefined || shared.isStarting) && keptReceivers(context).length > 0;
}

/** Where other processes serve the triggers: those that were there when this one was registered. */
function keptReceivers(context: IWebhookFunctions): string[] {
	const { previous, older = [], beside = [] } = staticDataOf(context);
	return unique([previous, ...beside, ...older]);
}

function targetsOf(
	context: IWebhookFunctions,
	{ id, shared }: TriggerState,
	settings: TriggerSettings,
	own: string,
): Target[] {
	const { registrations } = shared;
	const ours = registrations.of(id, false);
	const targetOf = (url: string): Target => ({
		url: presentUrl(registrations, url),
		isTrigger: isOurOwn(registrations, url, own),
	});
	const isWanted = ({ isTrigger }: Target) => isTrigger || settings.shares;
	if (ours === undefined) {
		const urls = keptReceivers(context).filter((url) => !sameReceiver(url, own));
		return urls.map(targetOf).filter(isWanted);
	}
	const { previous } = ours;
	const found = [
		...registrations.besides(ours).map(toUrl),
		...(shared.isStarting ? notActiveYet(context, registrations, own, previous) : []),
	].map(targetOf);
	// The process of the trigger knows its other triggers.
	if (previous === undefined || isInactive(registrations, previous, own)) return found;
	const isKnown = [own, ...found.map(({ url }) => url)].some((url) => sameReceiver(url, previous));
	return isKnown ? found : [...found, ...[targetOf(previous)].filter(isWanted)];
}

/**
 * Triggers of this n8n that wanted the callbacks before it started, and are not active again, or never will be.
 *
 * @param previous whom a new trigger has replaced: n8n stores that only after Eyun may have pushed to it
 */
function notActiveYet(
	context: IWebhookFunctions,
	registrations: Registrations,
	own: string,
	previous: string | undefined,
): string[] {
	return unique([...keptReceivers(context), previous]).filter(
		(url) => !sameReceiver(url, own) && isInactive(registrations, url, own),
	);
}

async function goOn(
	context: IWebhookFunctions,
	state: TriggerState,
	target: Target,
	deliver: () => Promise<NotTaken | undefined>,
): Promise<void> {
	let failure: NotTaken | undefined;
	for (const wait of RETRY_WAITS_MS) {
		await sleep(wait);
		failure = await deliver();
		if (!mayTryAgain(state, target, failure)) break;
	}
	report(context, target, failure);
}

function mayTryAgain(
	{ shared }: TriggerState,
	{ isTrigger }: Target,
	failure: NotTaken | undefined,
): boolean {
	if (failure === undefined) return false;
	if (failure.nothingSent) return true;
	const { status = 500 } = failure;
	return isTrigger && (status >= 500 || (status === 404 && shared.isStarting));
}

function report(context: IWebhookFunctions, { url, isTrigger }: Target, failure?: NotTaken): void {
	if (failure === undefined) return;
	// A workflow that was deactivated: nobody misses anything.
	if (isTrigger && failure.status === 404) return;
	context.logger.warn(
		`Eyun WeChat Trigger: a callback could not be handed on to ${shownAddress(url)}`,
		{ reason: failure.reason },
	);
}

/** Whether a callback has been handed on by somebody. */
export function isPassedOn(context: IWebhookFunctions): boolean {
	return passedIn(context).length > 0;
}

function passedIn(context: IWebhookFunctions): string[] {
	const given = context.getHeaderData()[PASSED_HEADER];
	return typeof given === 'string' ? given.split(',') : [];
}

/**
 * Whether a callback goes further. Whoever hands one on tries again where our answer came too late, or was that n8n
 * could not store it; but those behind this trigger have it from the first try.
 */
function isFirstTry(context: IWebhookFunctions, { handedOn }: TriggerState): boolean {
	const delivery = deliveryOf(context);
	if (delivery === undefined) return true;
	if (handedOn.get(delivery)) return false;
	handedOn.set(delivery, true, MOST_DELIVERIES, DELIVERY_LIFE_MS);
	return true;
}

/** Names a callback that another trigger hands on, in all of its tries; undefined for what Eyun pushes. */
export function deliveryOf(context: IWebhookFunctions): string | undefined {
	const given = context.getHeaderData()[DELIVERY_HEADER];
	return typeof given === 'string' ? given : undefined;
}

/** A short name of a receiver, whatever secret stands in its address. */
function nameOf(url: string): string {
	const { origin, pathname } = new URL(url);
	return createHash('sha256').update(`${origin}${pathname}`).digest('base64url').slice(0, 16);
}
