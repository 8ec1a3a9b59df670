import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { RecentKeys } from '../transport/recentKeys';
import { acceptOnly, answerInTime, refuse } from './answer';
import type { Callback } from './callback';
import { parseCallback } from './callback';
import { CALLBACK_CHECK, isChosen, isMessageEvent } from './events';
import type { TriggerOutput } from './output';
import { toOutput } from './output';
import type { TriggerStaticData } from './registration';
import { registeredSecret } from './registry';
import type { RepeatKey } from './repeatKey';
import { repeatKeyOf, SHORT_LIFE_MS } from './repeatKey';
import { knowsSecret, SECRET_PARAMETER } from './secret';
import type { TriggerSettings } from './settings';
import { readSettings } from './settings';
import { perTrigger, triggerIdOf } from './triggerId';

const NOT_THE_VENDOR = 'The secret is missing or wrong';

/** The callbacks this process has let through, per trigger node. */
const seenBy = perTrigger(() => new RecentKeys<true>());

/**
 * Takes one HTTP request to the node's webhook: refuses what does not come from the vendor, drops
 * what is not wanted or was there before, and starts an execution for the rest. Nothing but the
 * last costs an execution, and no expression is evaluated on the way.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const caller = identify(context);
	if (caller === 'stranger') return refuse(response, 401, NOT_THE_VENDOR);
	const callback = parseCallback(await readBody(context));
	if ('malformed' in callback) return refuse(response, 400, callback.malformed);
	if (caller === 'unproven') {
		return callback.code === CALLBACK_CHECK ? acceptOnly() : refuse(response, 401, NOT_THE_VENDOR);
	}
	const settings = readSettings(context);
	const output = toOutput(callback);
	if (!isWanted(callback, output, settings)) return acceptOnly();
	// Whoever tries things out pushes the same message again.
	if (context.getMode() !== 'manual') {
		const { rememberedMessages: limit } = settings;
		const seen = seenBy(context);
		const key = repeatKeyOf(output);
		if (!isFirst(seen, key, limit)) return acceptOnly();
		answerInTime(response, () => seen.delete(key.id));
	}
	return { ...acceptOnly(), workflowData: [[{ json: output }]] };
}

/**
 * Whether the caller knows the secret. `unproven`: no secret is stored yet. The vendor's check
 * push comes while the registration is still going on, and in queue mode to a process that did
 * not register.
 */
function identify(context: IWebhookFunctions): 'vendor' | 'unproven' | 'stranger' {
	const given = (context.getQueryData() as Record<string, unknown>)[SECRET_PARAMETER];
	const stored = (context.getWorkflowStaticData('node') as TriggerStaticData).secret;
	const registered = registeredSecret(triggerIdOf(context), context.getMode() === 'manual');
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

function isWanted(callback: Callback, output: TriggerOutput, settings: TriggerSettings): boolean {
	const { event, chatType, self } = output;
	if (self && isMessageEvent(event) && !settings.includeOwnMessages) return false;
	return isChosen(settings.events, { messageType: callback.code, event, chatType });
}

function isFirst(seen: RecentKeys<true>, key: RepeatKey, limit: number): boolean {
	if (limit === 0) return true;
	if (seen.get(key.id)) return false;
	seen.set(key.id, true, limit, key.shortLived ? SHORT_LIFE_MS : Infinity);
	return true;
}
