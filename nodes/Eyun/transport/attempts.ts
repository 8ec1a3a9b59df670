import type {
	ICredentialDataDecryptedObject,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { reasonOf } from '../common/errors';
import { stringifyExact } from '../common/exactJson';
import { hideSecrets } from '../common/secrets';
import type { Hide } from './answer';
import { httpStatusOf, judgeAnswer, judgeNoAnswer } from './answer';
import { askForNewToken } from './authenticate';
import { normalizeBaseUrl } from './http/baseUrl';
import { CREDENTIAL, credentialsOf, forgetCredentials } from './credentials';
import { NotSent } from './http/notSent';
import { currentToken, logsIn, secretsOf } from './session';
import type { Outcome, VendorCall, VendorContext } from './types';
import { wholeAnswer } from './http/wholeAnswer';

/** How a request is sent, and when it is sent again. What an answer means is said in answer.ts. */

const DEFAULT_TIMEOUT_MS = 30_000;

/** Waits before the second and the third try, in milliseconds. */
const RETRY_WAITS_MS = [300, 1_200];

/**
 * Makes one call, with the repetitions that are allowed to it.
 *
 * @param context the n8n functions of the running node
 * @param call what to send; its body holds an instance ID, no `Account`
 * @returns how it ended, free of secrets; never throws for what the vendor or the network did
 */
export async function attempt(context: VendorContext, call: VendorCall): Promise<Outcome> {
	const refused: RefusedTokens = { count: 0 };
	for (let tries = 0; ; tries++) {
		const outcome = await tryOnce(context, call, refused);
		if ('envelope' in outcome) return outcome;
		if (refused.count < MOST_RENEWALS && (await canRenewToken(context, call, outcome))) {
			refused.count++;
			continue;
		}
		if (!outcome.mayTryAgain || tries >= RETRY_WAITS_MS.length) return outcome;
		await sleep(RETRY_WAITS_MS[tries]);
	}
}

/**
 * A log-in may end the token of another one that was made at the same time, so that one renewal is
 * not always enough.
 */
const MOST_RENEWALS = 3;

/** The tokens that the vendor has refused for one call. */
interface RefusedTokens {
	count: number;
	/** The one that was sent last. */
	latest?: string;
}

async function tryOnce(
	context: VendorContext,
	call: VendorCall,
	refused: RefusedTokens,
): Promise<Outcome> {
	const hidden = [...(call.secrets ?? [])];
	/** A log-in on the way may have brought another token. */
	const hiding = (credentials?: ICredentialDataDecryptedObject): Hide => {
		const secrets = [...hidden, ...(credentials ? secretsOf(credentials) : [])];
		return (text) => hideSecrets(text, secrets);
	};
	let credentials: ICredentialDataDecryptedObject | undefined;
	try {
		credentials = await readCredentials(context);
		hidden.push(...secretsOf(credentials));
		const answer = await send(context, credentials, call, refused);
		// n8n puts the token of a log-in on the way into the same object.
		refused.latest = currentToken(credentials);
		if (answer.statusCode === 401) forgetCredentials(context);
		return judgeAnswer(answer, call, hiding(credentials));
	} catch (error) {
		if (httpStatusOf(error) === 401) forgetCredentials(context);
		return judgeNoAnswer(error, call, hiding(credentials));
	}
}

async function readCredentials(context: VendorContext): Promise<ICredentialDataDecryptedObject> {
	return await credentialsOf(context).catch(
		async (error: unknown) => await Promise.reject(new NotSent(reasonOf(error))),
	);
}

async function send(
	context: VendorContext,
	credentials: ICredentialDataDecryptedObject,
	call: VendorCall,
	refused: RefusedTokens,
): Promise<IN8nHttpFullResponse> {
	const { helpers } = context;
	const limitMs = call.timeoutMs ?? DEFAULT_TIMEOUT_MS;
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: call.path,
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: stringifyExact(call.body),
		// 401, too: n8n below 2.9 knows no exceptions, and `canRenewToken` looks after it.
		ignoreHttpStatusErrors: true,
	};
	if (call.authenticated === false) {
		options.url = `${normalizeBaseUrl(credentials.baseUrl)}${call.path}`;
		options.disableFollowRedirect = true;
		return await wholeAnswer(
			options,
			limitMs,
			async (request) => await helpers.httpRequest(request),
		);
	}
	// Meanwhile another call may have logged in, whose token is to be used.
	const isSame = refused.count > 0 && refused.latest === currentToken(credentials);
	if (isSame) askForNewToken(options, credentials);
	// The credential's `authenticate` adds base URL and token.
	return await wholeAnswer(
		options,
		limitMs,
		async (request) =>
			(await helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, request, {
				credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data: credentials },
			})) as unknown,
	);
}

/**
 * Whether the vendor answered that it does not take the token, by HTTP 401 or inside a success of HTTP,
 * and another one can be had. Asking again is safe, since a refused request did nothing.
 */
async function canRenewToken(context: VendorContext, call: VendorCall, outcome: Outcome) {
	if (call.authenticated === false || !('failure' in outcome)) return false;
	if (!outcome.tokenRefused) return false;
	forgetCredentials(context);
	return logsIn(await credentialsOf(context));
}
