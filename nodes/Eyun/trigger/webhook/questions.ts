import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { KEPT, proofOf, QUESTION_HEADER, readQuestionRequest } from '../../questions/request';
import { MOST_QUESTIONS } from '../../questions/book';
import { knowsSecret } from '../address/secret';
import { seeToGroup } from '../questions/handOn';
import { afterAnswer, keepQuestions, takeUpQuestions } from '../questions/keep';
import type { TriggerSettings } from '../settings/parse';
import type { TriggerState } from '../state/triggerState';
import { webhookSecrets } from './caller';
import type { Responder } from './respond';

/**
 * Whether a request is the action node's, which tells of its questions. Eyun never sends that header.
 *
 * @param context n8n's functions of the webhook
 */
export function isAboutQuestions(context: IWebhookFunctions): boolean {
	return context.getHeaderData()[QUESTION_HEADER] !== undefined;
}

/**
 * Takes what the action node says of its questions, and has it stored before it is answered. The node
 * sends nothing to anybody until it is.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param settings of the trigger
 * @param responder answers the node
 * @param body of the request
 */
export async function receiveQuestions(
	context: IWebhookFunctions,
	state: TriggerState,
	settings: TriggerSettings,
	responder: Responder,
	body: Buffer | undefined,
): Promise<IWebhookResponseData> {
	const proofs =
		body === undefined
			? []
			: webhookSecrets(context, state, settings).map((secret) => proofOf(body, secret));
	// Whoever proves that it knows the secret is this n8n, from whatever address.
	if (body === undefined || !knowsSecret(context.getHeaderData()[QUESTION_HEADER], proofs)) {
		return responder.refuse(401, 'The proof is wrong');
	}
	const own = context.getNodeWebhookUrl('default');
	const origins = own === undefined ? [] : [new URL(own).origin];
	const request = readQuestionRequest(body, [...origins, ...state.shared.registrations.origins]);
	if (request === undefined || context.getMode() === 'manual') {
		return responder.refuse(400, 'These are no questions of this n8n');
	}
	const { questions: book } = state.shared;
	takeUpQuestions(context, state);
	const { put, withdraw } = request;
	if (put && !book.group(put.id) && !book.hasRoomFor(put.questions.length)) {
		return responder.refuse(500, `${MOST_QUESTIONS} questions wait for their answers already`);
	}
	if (put) book.put(state.id, put);
	if (withdraw) book.withdraw(withdraw.group, withdraw.ids);
	await keepQuestions(context, state);
	const group = put && book.group(put.id);
	if (group) afterAnswer(context, () => seeToGroup(context, state, group));
	return { webhookResponse: { questions: KEPT } };
}
