import type { IExecuteFunctions, IHookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { QuestionRequest } from '../../questions/request';
import { KEPT, proofOf, QUESTION_HEADER } from '../../questions/request';
import { readNetworkEnd } from '../../transport/http/network';
import { throughDoor } from '../address/door';
import { memberOf, postJson } from '../address/postJson';
import type { ProcessState } from '../state/triggerState';

/** A trigger of this n8n that keeps questions. */
export interface Keeper {
	/** Its whole address. */
	url: string;
	secret: string;
}

const TIMEOUT_MS = 10_000;

/** Between two tries, in milliseconds: saying the same twice does no harm. */
const PAUSES_MS = [200, 1_000, 3_000];

/**
 * Tells a trigger of this n8n about questions, until it has stored them.
 *
 * @param context n8n's functions of the action node, or of a hook
 * @param shared what the nodes of this process share
 * @param keeper the trigger
 * @param request what to say
 * @returns undefined when it is stored; else why not
 */
export async function tellOfQuestions(
	context: IExecuteFunctions | IHookFunctions,
	{ door }: ProcessState,
	{ url, secret }: Keeper,
	request: QuestionRequest,
): Promise<string | undefined> {
	const body = JSON.stringify(request);
	const headers = { [QUESTION_HEADER]: proofOf(body, secret) };
	let reason = '';
	let inside = true;
	for (const pause of [...PAUSES_MS, 0]) {
		try {
			const target = inside ? throughDoor(door, url) : url;
			const answer = await postJson(context, {
				url: target,
				body,
				headers,
				timeout: TIMEOUT_MS,
			});
			if (memberOf(answer, 'questions') === KEPT) return undefined;
			reason = `It answered HTTP ${answer.status}`;
			// What it does not take, it does not take a second time.
			if (answer.status < 500 && answer.status !== 404) return reason;
		} catch (error) {
			const { what, nothingSent } = readNetworkEnd(error, 'other');
			reason = what;
			if (nothingSent) inside = !inside;
		}
		if (pause > 0) await sleep(pause);
	}
	return reason;
}
