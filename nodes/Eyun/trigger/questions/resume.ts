import type { ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { QuestionGroup } from '../../questions/question';
import { TAKEN } from '../../questions/request';
import { readNetworkEnd } from '../../transport/http/network';
import { throughDoor } from '../address/door';
import type { JsonAnswer } from '../address/postJson';
import { memberOf, postJson } from '../address/postJson';
import type { ProcessState } from '../state/triggerState';

/** What became of answers that were handed on to an execution. */
export type Handover =
	/** The execution goes on. */
	| 'taken'
	/** It is still asking, or n8n has not stored yet that it waits. */
	| 'notYet'
	/** n8n knows no such execution; it may still be storing it. */
	| 'unknown'
	/** It waits for these answers no more. */
	| 'gone'
	/**
	 * n8n says that nothing waits for them. It may not be so for a moment: n8n 1 stores first that an execution
	 * waits, and then for what. Until then it looks for the question that was asked before.
	 */
	| 'notThere'
	/** n8n could not be reached; nothing has arrived. */
	| 'notSent'
	/** n8n gave no answer, or one that says nothing. */
	| 'unclear';

const TIMEOUT_MS = 30_000;

/** n8n's words for an execution that has not come to its wait yet. */
const IS_RUNNING = /is running already/;

/**
 * Hands the answers of a group on to the execution that waits for them, once.
 *
 * @param context n8n's functions of the trigger or of a webhook
 * @param shared what the triggers of this process share
 * @param group all that is answered or over
 * @param inside whether to go through the door of this process, or to n8n's public address
 */
export async function resume(
	context: ITriggerFunctions | IWebhookFunctions,
	{ door }: ProcessState,
	{ resumeUrl, questions }: QuestionGroup,
	inside: boolean,
): Promise<Handover> {
	const answers = questions.flatMap(({ id, answer }) => {
		if (answer === undefined) return [];
		const { approved, text, respondedAt, senderId, senderName, messageId } = answer;
		return [[id, { approved, text, respondedAt, senderId, senderName, messageId }] as const];
	});
	try {
		const answer = await postJson(context, {
			url: inside ? throughDoor(door, resumeUrl) : resumeUrl,
			body: JSON.stringify({ answers: Object.fromEntries(answers) }),
			timeout: TIMEOUT_MS,
		});
		return read(answer);
	} catch (error) {
		return readNetworkEnd(error, 'other').nothingSent ? 'notSent' : 'unclear';
	}
}

function read(answer: JsonAnswer): Handover {
	const { status, body } = answer;
	if (status === 404) return 'unknown';
	if (status === 409) return IS_RUNNING.test(body) ? 'notYet' : 'gone';
	if (status === 401) return 'gone';
	if (status >= 300) return 'unclear';
	return memberOf(answer, 'answers') === TAKEN ? 'taken' : 'notThere';
}
