import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { stringifyExact } from '../common/exactJson';
import { httpStatusOf, judgeAnswer, judgeNoAnswer } from './answer';
import { askForNewToken } from './authenticate';
import { baseUrlOf, CREDENTIAL, credentialsOf, forgetCredentials } from './credentials';
import type { Outcome, VendorCall, VendorContext } from './types';
import { saysTokenRefused } from './wordings';

/** How a request is sent, and when it is sent again. What an answer means is said in answer.ts. */

const DEFAULT_TIMEOUT_MS = 30_000;

/** Waits before the second and the third try, in milliseconds. */
const RETRY_WAITS_MS = [300, 1_200];

/**
 * Makes one call, with the repetitions that are allowed to it.
 *
 * @param context the n8n functions of the running node
 * @param call what to send; its body holds an instance ID, no `Account`
 * @returns how it ended; never throws for what the vendor or the network did
 */
export async function attempt(context: VendorContext, call: VendorCall): Promise<Outcome> {
	let tokenRefused = false;
	for (let tries = 0; ; tries++) {
		const outcome = await tryOnce(context, call, tokenRefused);
		if ('envelope' in outcome) return outcome;
		if (!tokenRefused && (await canRenewToken(context, call, outcome))) {
			tokenRefused = true;
			continue;
		}
		if (!outcome.mayTryAgain || tries >= RETRY_WAITS_MS.length) return outcome;
		await sleep(RETRY_WAITS_MS[tries]);
	}
}

async function tryOnce(
	context: VendorContext,
	call: VendorCall,
	tokenRefused: boolean,
): Promise<Outcome> {
	let answer: IN8nHttpFullResponse;
	try {
		answer = await send(context, call, tokenRefused);
	} catch (error) {
		if (httpStatusOf(error) === 401) forgetCredentials(context);
		return judgeNoAnswer(error, call);
	}
	return judgeAnswer(answer, call);
}

async function send(
	context: VendorContext,
	call: VendorCall,
	tokenRefused: boolean,
): Promise<IN8nHttpFullResponse> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: call.path,
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: stringifyExact(call.body),
		encoding: 'text',
		json: false,
		timeout: call.timeoutMs ?? DEFAULT_TIMEOUT_MS,
		returnFullResponse: true,
		// 401 stays an exception: it makes n8n log in again (account and password) and ask once more,
		// which is safe because the vendor refused the first request unread.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
	};
	if (call.authenticated === false) {
		options.url = `${await baseUrlOf(context)}${call.path}`;
		options.disableFollowRedirect = true;
		return (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse;
	}
	const credentials = await credentialsOf(context);
	if (tokenRefused) askForNewToken(options, credentials);
	// The credential's `authenticate` adds base URL and token.
	return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options, {
		credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: credentials },
	})) as IN8nHttpFullResponse;
}

/**
 * Whether the vendor said, inside a success of HTTP, that it does not take the token: n8n logs in
 * again by itself on HTTP 401 only. Asking again is safe, since a refused request did nothing.
 */
async function canRenewToken(context: VendorContext, call: VendorCall, outcome: Outcome) {
	if (call.authenticated === false || !('failure' in outcome) || !outcome.refused) return false;
	if (!saysTokenRefused(outcome.refused.code, outcome.refused.message)) return false;
	forgetCredentials(context);
	const { authentication } = await credentialsOf(context);
	return authentication === 'account';
}
