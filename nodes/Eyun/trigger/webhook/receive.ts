import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { CALLBACK_CHECK } from '../../callbacks/events';
import { readEvent } from '../../callbacks/event';
import { doorOf } from '../address/door';
import { isPassedOn, share } from '../address/share';
import { readSettings } from '../settings/parse';
import { staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { isTakenAsAnswer } from './answer';
import { identifyCaller } from './caller';
import { receiveEvent } from './event';
import type { OwnCall } from './ownCall';
import { isFromItself, noteOwnUrl } from './ownCall';
import { receiveOwnCall, takeOverBursts } from './ownBursts';
import type { Received } from './received';
import { isAboutQuestions, receiveQuestions } from './questions';
import { Responder } from './respond';
import { receiveTestEvent } from './testEvent';

const WRONG_SECRET = 'The secret is missing or wrong';

/**
 * Takes one HTTP request to the node's webhook: refuses what does not come from Eyun, drops what is
 * not wanted or was there before, and starts an execution for the rest. Nothing but the last costs
 * an execution, and no expression is evaluated on the way.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 */
export async function receive(
	context: IWebhookFunctions,
	state: TriggerState,
): Promise<IWebhookResponseData> {
	const settings = await readSettings(context);
	const responder = new Responder(context.getResponseObject(), settings.response);
	if (isFromItself(context, state) && !isPassedOn(context)) {
		return await receiveOwnCall({ context, state, responder }, context.getBodyData() as OwnCall);
	}
	noteDoor(context, state);
	if (isAboutQuestions(context)) {
		const questions = await readBody(context);
		return await receiveQuestions(context, state, settings, responder, questions);
	}
	const caller = identifyCaller(context, state, settings);
	if (caller === 'notAllowed') {
		return responder.refuse(403, 'Callbacks from this address are not allowed');
	}
	if (caller === 'stranger') return responder.refuse(401, WRONG_SECRET);
	const body = await readBody(context);
	const event = readEvent(body);
	if ('malformed' in event) {
		if (caller === 'eyun') state.pushes.note('failed');
		return responder.refuse(400, event.malformed);
	}
	if (caller === 'unverified') {
		const isCheck = event.code === CALLBACK_CHECK;
		return isCheck ? responder.accept() : responder.refuse(401, WRONG_SECRET);
	}
	const received: Received = { context, state, settings, responder, event };
	if (context.getMode() === 'manual') return await receiveTestEvent(received, body);
	noteOwnUrl(context, state);
	takeOverBursts(received);
	if (event.code === CALLBACK_CHECK || body === undefined) return await receiveEvent(received);
	if (await isTakenAsAnswer(received, body)) {
		state.pushes.note('accepted');
		await share(context, state, settings, body, true);
		return responder.accept();
	}
	const [answer] = await Promise.all([
		receiveEvent(received),
		share(context, state, settings, body),
	]);
	return answer;
}

/** Once: the process stays at its port. */
function noteDoor(context: IWebhookFunctions, { id, shared }: TriggerState): void {
	if (shared.door !== undefined) return;
	const own = shared.registrations.addressOf(id)?.address ?? staticDataOf(context).address;
	if (own !== undefined) shared.door = doorOf(context.getRequestObject(), own);
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
