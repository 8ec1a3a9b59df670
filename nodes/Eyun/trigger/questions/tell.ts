import type { IExecuteFunctions, IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { isRecord } from '../../common/records';
import type { QuestionRequest } from '../../questions/request';
import { KEPT, proofOf, QUESTION_HEADER } from '../../questions/request';
import { readNetworkEnd } from '../../transport/http/network';
import { throughDoor } from '../address/door';
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
	const options: IHttpRequestOptions = {
		method: 'POST',
		url,
		headers: {
			'content-type': 'application/json;charset=UTF-8',
			[QUESTION_HEADER]: proofOf(body, secret),
		},
		body,
		encoding: 'text',
		json: false,
		timeout: TIMEOUT_MS,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	let reason = '';
	let inside = true;
	for (const pause of [...PAUSES_MS, 0]) {
		try {
			const answer = (await context.helpers.httpRequest({
				...options,
				url: inside ? throughDoor(door, url) : url,
			})) as { statusCode: number; body: unknown };
			const { statusCode, body: said } = answer;
			if (isKept(String(said))) return undefined;
			reason = `It answered HTTP ${statusCode}`;
			// What it does not take, it does not take a second time.
			if (statusCode < 500 && statusCode !== 404) return reason;
		} catch (error) {
			const { what, nothingSent } = readNetworkEnd(error, 'other');
			reason = what;
			if (nothingSent) inside = !inside;
		}
		if (pause > 0) await sleep(pause);
	}
	return reason;
}

function isKept(body: string): boolean {
	try {
		const answer: unknown = JSON.parse(body);
		return isRecord(answer) && answer.questions === KEPT;
	} catch {
		return false;
	}
}
