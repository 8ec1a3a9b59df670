import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { EventKey } from '../../callbacks/eventKey';
import { eventKeyOf, SHORT_LIFE_MS } from '../../callbacks/eventKey';
import { CALLBACK_CHECK, HINT_EVENT, OFFLINE, OFFLINE_HINT } from '../../callbacks/events';
import type { TriggerOutput } from '../../callbacks/output';
import { contentOf, toOutput } from '../../callbacks/output';
import type { Callback } from '../../callbacks/parse';
import { parseCallback } from '../../callbacks/parse';
import { RecentKeys } from '../../common/recentKeys';
import { SECRET_PARAMETER } from '../address/callbackAddress';
import { knowsSecret } from '../address/secret';
import { forward, takeTestEvent } from '../address/testRun';
import { hasRoom, takeTurn } from '../execution/backlog';
import { start } from '../execution/start';
import { mayCall } from '../settings/allowedAddresses';
import { passesFilters } from '../settings/filters';
import type { TriggerSettings } from '../settings/parse';
import { readSettings } from '../settings/parse';
import { notePush } from '../state/pushes';
import { registrationOf } from '../state/registrations';
import { staticDataOf } from '../state/staticData';
import { perTrigger, triggerIdOf } from '../state/triggerId';
import { judgeOffline } from '../watchdog/offlineNotice';
import { acceptOnly, answerInTime, answerNow, refuse } from './respond';

const NOT_THE_VENDOR = 'The secret is missing or wrong';
const NOT_STORED = 'N8n could not store the event';

/** The callbacks this process has let through, per trigger node. */
const seenBy = perTrigger(() => new RecentKeys<true>());

/**
 * Takes one HTTP request to the node's webhook: refuses what does not come from the vendor, drops
 * what is not wanted or was there before, and starts an execution for the rest. Nothing but the
 * last costs an execution, and no expression is evaluated on the way.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const settings = readSettings(context);
	const { ip } = context.getRequestObject();
	if (!mayCall(settings.allowedSenders, ip)) {
		return refuse(response, 403, 'Callbacks from this address are not allowed');
	}
	const caller = identify(context, settings);
	if (caller === 'stranger') return refuse(response, 401, NOT_THE_VENDOR);
	const body = await readBody(context);
	const callback = parseCallback(body);
	if ('malformed' in callback) {
		if (caller === 'vendor') notePush(triggerIdOf(context), 'failed');
		return refuse(response, 400, callback.malformed);
	}
	if (caller === 'unproven') {
		return callback.code === CALLBACK_CHECK
			? acceptOnly(settings.answer)
			: refuse(response, 401, NOT_THE_VENDOR);
	}
	return context.getMode() === 'manual'
		? await takeInTest(context, callback, settings, body)
		: await take(context, callback, settings);
}

async function take(
	context: IWebhookFunctions,
	callback: Callback,
	settings: TriggerSettings,
): Promise<IWebhookResponseData> {
	// The check push follows every registration, and says nothing about the vendor's rest.
	if (callback.code !== CALLBACK_CHECK) notePush(triggerIdOf(context), 'taken');
	const { answer } = settings;
	const output = toOutput(callback);
	const isHint = callback.code === OFFLINE && settings.watchdogMinutes > 0;
	const codes = isHint ? [OFFLINE, OFFLINE_HINT] : [callback.code];
	if (!codes.some((code) => passesFilters(output, settings, code))) return acceptOnly(answer);
	const key = eventKeyOf(output);
	if (!isFirst(context, key, settings)) return acceptOnly(answer);
	if (isHint) return await takeHint(context, callback, settings, output);
	return await startWith(context, complete(output, callback), key, settings);
}

/** Judges the vendor's hint that an account went offline, which takes longer than the vendor waits. */
async function takeHint(
	context: IWebhookFunctions,
	callback: Callback,
	settings: TriggerSettings,
	output: TriggerOutput,
): Promise<IWebhookResponseData> {
	answerNow(context.getResponseObject(), settings.answer);
	const truth = await judgeOffline(context, output);
	if (truth === 'known') return acceptOnly(settings.answer);
	const isTrue = truth === 'offline';
	if (!isTrue) seenBy(context).delete(eventKeyOf(output).id);
	const told = isTrue ? output : { ...output, event: HINT_EVENT };
	const key = eventKeyOf(told);
	const isNew =
		passesFilters(told, settings, isTrue ? OFFLINE : OFFLINE_HINT) &&
		(isTrue || isFirst(context, key, settings));
	if (!isNew) return acceptOnly(settings.answer);
	return await startWith(context, complete(told, callback), key, settings);
}

async function startWith(
	context: IWebhookFunctions,
	json: TriggerOutput,
	key: EventKey,
	{ answer, answersAtOnce, rememberedMessages }: TriggerSettings,
): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const failed = () => {
		seenBy(context).delete(key.id);
		notePush(triggerIdOf(context), 'failed');
	};
	const begin = async () =>
		await start(context, { json }, key, {
			isUnique: rememberedMessages > 0,
			answer,
			onFailure: () => refuse(response, 500, NOT_STORED),
		});
	if (!answersAtOnce || !hasRoom()) {
		answerInTime(response, answer, failed);
		return await begin();
	}
	answerNow(response, answer);
	const endTurn = await takeTurn();
	return await begin().finally(endTurn);
}

/** Whoever tries things out pushes the same message again, so that repeats are let through. */
async function takeInTest(
	context: IWebhookFunctions,
	callback: Callback,
	settings: TriggerSettings,
	body: Buffer | undefined,
): Promise<IWebhookResponseData> {
	const { answer } = settings;
	if (callback.code !== CALLBACK_CHECK && body) await forward(context, body);
	const output = toOutput(callback);
	if (!passesFilters(output, settings, callback.code)) return acceptOnly(answer);
	// Ending the test run takes longer than the vendor should wait.
	answerNow(context.getResponseObject(), answer);
	if (!(await takeTestEvent(context))) return acceptOnly(answer);
	return { ...acceptOnly(answer), workflowData: [[{ json: complete(output, callback) }]] };
}

/** Reads the content, which only what starts an execution is worth. */
function complete(output: TriggerOutput, callback: Callback): TriggerOutput {
	return { ...output, content: contentOf(callback) };
}

/**
 * Whether the caller knows the secret. `unproven`: no secret is stored yet. The vendor's check
 * push comes while the registration is still going on, and in queue mode to a process that did
 * not register.
 */
function identify(
	context: IWebhookFunctions,
	{ automatic, manualSecret }: TriggerSettings,
): 'vendor' | 'unproven' | 'stranger' {
	const given = (context.getQueryData() as Record<string, unknown>)[SECRET_PARAMETER];
	if (!automatic)
		return manualSecret !== '' && knowsSecret(given, [manualSecret]) ? 'vendor' : 'stranger';
	const { secret: stored } = staticDataOf(context);
	const registered = registrationOf(triggerIdOf(context), context.getMode() === 'manual')?.secret;
	const secrets = [stored, registered].filter((secret) => secret !== undefined);
	if (knowsSecret(given, secrets)) return 'vendor';
	return secrets.length === 0 && typeof given === 'string' ? 'unproven' : 'stranger';
}

async function readBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		// n8n has read the body already when the content type is one it parses.
		if (!request.rawBody) await request.readRawBody();
	} catch {
		// The sender broke off, or the body is too long: there is nothing to read.
		return undefined;
	}
	return request.rawBody;
}

function isFirst(
	context: IWebhookFunctions,
	key: EventKey,
	{ rememberedMessages: limit }: TriggerSettings,
): boolean {
	if (limit === 0) return true;
	const seen = seenBy(context);
	if (seen.get(key.id)) return false;
	seen.set(key.id, true, limit, key.shortLived ? SHORT_LIFE_MS : Infinity);
	return true;
}
