import type {
	IAllExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { askForNewToken } from './authenticate';
import { normalizeBaseUrl } from './baseUrl';
import { CREDENTIAL, credentialsOf, forgetCredentials } from './credentials';
import type { Envelope } from './envelope';
import { readEnvelope, SUCCESS } from './envelope';
import { stringifyExact } from '../common/exactJson';
import { adviceFor, NO_CODE, saysTokenRefused, vendorFailure } from './failure';
import type { OnlineAccount, Vendor } from './accounts';
import { Account, accountsRightNow, callAsAccount, onlineAccounts } from './accounts';
import { readNetworkEnd } from './network';
import { offlineReason } from './offline';
import type { Failure, Outcome } from './types';
import { hideSecrets } from './secrets';
import { credentialKey, currentToken } from './session';

/** Whatever n8n context may talk to the vendor: an execution, an activation, a list search. */
export type VendorContext =
	| IAllExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| ITriggerFunctions
	| IWebhookFunctions;

/** One request to the vendor. */
export interface VendorCall {
	/** The vendor's path, for example `/sendText`. */
	path: string;
	/**
	 * Members of the JSON body; a bigint goes out as a bare integer, an `Account` in the place of
	 * `wId` as the account's present instance ID.
	 */
	body: Record<string, unknown>;
	/** The answer's `data` when an `Account` is not online, where that is an answer and no failure. */
	whenOffline?: Record<string, unknown>;
	/** True when the endpoint changes nothing, so that asking again does no harm. */
	reads: boolean;
	/** Milliseconds; 30,000 unless the endpoint is slow. */
	timeoutMs?: number;
	/** False for `/member/login` only, which takes no token. */
	authenticated?: boolean;
	/** Codes besides "1000" that are no failure; the caller looks at `code` then. */
	alsoSuccess?: readonly string[];
	/** Values in the body that must never be shown, such as a proxy password. */
	secrets?: readonly string[];
	/** The input item the call is made for, counted from 0. */
	itemIndex?: number;
}

export const DEFAULT_TIMEOUT_MS = 30_000;

/** Waits before the second and the third try, in milliseconds. */
const RETRY_WAITS_MS = [300, 1_200];

/**
 * The one door to the vendor: sends a request and reads the answer.
 *
 * A request is repeated only when nothing can have been sent (connection refused), or when the
 * endpoint only reads and the answer was missing (time-out, cut connection) or HTTP 5xx. After a
 * send that may have arrived there is never a second one.
 *
 * @param context the n8n functions of the running node; its credential is `eyunApi`
 * @param call what to send
 * @returns the envelope of a success, wide ids as strings
 * @throws NodeApiError with the vendor's message, code, endpoint, item and what to do; its
 *   `context.code` is "offline" when the account of the call is not online
 */
export async function callVendor(context: VendorContext, call: VendorCall): Promise<Envelope> {
	const { wId: account, ...rest } = call.body;
	const outcome =
		account instanceof Account
			? await callAsAccount(await vendorOf(context), account, call.whenOffline, (wId) =>
					attempt(context, { ...call, body: { wId, ...rest } }),
				)
			: await attempt(context, call);
	if ('envelope' in outcome) return outcome.envelope;
	throw await toError(context, call, outcome.failure);
}

/**
 * The WeChat accounts of the credential that are online at the moment.
 *
 * @param context the n8n functions of the running node
 * @throws NodeApiError when the vendor cannot be asked
 */
export async function accountsOnline(context: VendorContext): Promise<OnlineAccount[]> {
	return await answerOf(context, onlineAccounts);
}

/**
 * The same, asked anew, for who waits for a change.
 *
 * @param context the n8n functions of the running node
 * @throws NodeApiError when the vendor cannot be asked
 */
export async function accountsOnlineNow(context: VendorContext): Promise<OnlineAccount[]> {
	return await answerOf(context, accountsRightNow);
}

async function answerOf(
	context: VendorContext,
	ask: typeof onlineAccounts,
): Promise<OnlineAccount[]> {
	const answer = await ask(await vendorOf(context));
	if (!('failure' in answer)) return answer;
	throw await toError(context, { path: '/queryLoginWx' }, answer.failure);
}

/**
 * Why an account of the credential went offline. The vendor is asked once in 12 hours at most.
 *
 * @param wcId the account
 * @returns the vendor's text; undefined when there is none
 */
export async function whyOffline(
	context: VendorContext,
	wcId: string,
): Promise<string | undefined> {
	return await offlineReason(await vendorOf(context), wcId);
}

/** n8n decrypts a credential each time it is asked for, so each context asks once. */
const vendors = new WeakMap<VendorContext, Vendor>();

async function vendorOf(context: VendorContext): Promise<Vendor> {
	const known = vendors.get(context);
	if (known !== undefined) return known;
	const vendor: Vendor = {
		key: credentialKey(await context.getCredentials(CREDENTIAL)),
		sinceMs: performance.now(),
		ask: async (path, body, reads) => await attempt(context, { path, body, reads }),
	};
	vendors.set(context, vendor);
	return vendor;
}

/** One call with the repetitions that are allowed to it. */
async function attempt(context: VendorContext, call: VendorCall): Promise<Outcome> {
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
		return noAnswer(error, call);
	}
	return judge(answer, call);
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

/** The base URL of the node's credential, in its normal form. */
export async function baseUrlOf(context: VendorContext): Promise<string> {
	const { baseUrl } = await credentialsOf(context);
	return normalizeBaseUrl(baseUrl);
}

function judge(answer: IN8nHttpFullResponse, call: VendorCall): Outcome {
	const status = answer.statusCode;
	const code = `HTTP ${status}`;
	if (status >= 300 && status < 400) {
		const message = `The Base URL redirects to ${String(answer.headers.location ?? 'another address')}`;
		const advice = 'Enter the final address as Base URL in the credential';
		return { failure: { message, advice, code }, mayTryAgain: false };
	}
	const envelope = readEnvelope(textOf(answer.body));
	if ('unreadable' in envelope) {
		const message = `The vendor sent ${envelope.unreadable}`;
		const advice = unreadableAdvice(call, status);
		return { failure: { message, advice, code }, mayTryAgain: call.reads && status >= 500 };
	}
	const success = envelope.code === SUCCESS || call.alsoSuccess?.includes(envelope.code);
	if (success && status < 400) return { envelope };
	const message = `The vendor refused: ${envelope.message || 'no reason given'} (code ${envelope.code})`;
	return {
		failure: { message, advice: adviceFor(envelope.message), code: envelope.code },
		mayTryAgain: call.reads && status >= 500,
		refused: envelope,
	};
}

function textOf(body: unknown): string {
	return typeof body === 'string' ? body : stringifyExact(body ?? '');
}

const MAY_HAVE_HAPPENED =
	'The vendor may have carried this out all the same: look in WeChat before you send it again. It was not repeated, so that nobody gets it twice';

function unreadableAdvice(call: VendorCall, status: number): string {
	if (status === 404)
		return 'Check the Base URL in the credential: this server does not know the endpoint';
	if (!call.reads && (status >= 500 || status < 300)) return MAY_HAVE_HAPPENED;
	return 'Check that the Base URL in the credential is the address E云 gave you; if it is, try again later';
}

function noAnswer(error: unknown, call: VendorCall): Outcome {
	const status = httpStatusOf(error);
	if (status === 401) {
		const message = 'The vendor did not accept the Authorization token';
		const advice = adviceFor('Authorization');
		return { failure: { message, advice, code: '401' }, mayTryAgain: false };
	}
	const end = readNetworkEnd(error);
	if (end.code === 'UNKNOWN') {
		// Not the network: the credential's own checks, for example a refused log-in.
		const message = error instanceof Error ? error.message : 'The request could not be made';
		return {
			failure: { message, advice: 'Check the credential', code: NO_CODE },
			mayTryAgain: false,
		};
	}
	const cancelled = end.code === 'ERR_CANCELED';
	const safe = end.nothingSent || call.reads;
	return {
		failure: {
			message: end.what,
			advice: safe
				? 'Check the Base URL in the credential and that the vendor server is up'
				: MAY_HAVE_HAPPENED,
			code: end.code,
		},
		mayTryAgain: safe && !cancelled,
	};
}

function httpStatusOf(error: unknown): number | undefined {
	const { httpCode, response, cause } = error as {
		httpCode?: string | null;
		response?: { status?: number };
		cause?: { response?: { status?: number } };
	};
	return response?.status ?? cause?.response?.status ?? (httpCode ? Number(httpCode) : undefined);
}

async function toError(
	context: VendorContext,
	call: Pick<VendorCall, 'path' | 'secrets' | 'itemIndex'>,
	failure: Failure,
) {
	const secrets = [...(call.secrets ?? []), ...(await credentialSecrets(context))];
	return vendorFailure(context.getNode(), {
		message: hideSecrets(failure.message, secrets),
		advice: failure.advice,
		code: failure.code,
		endpoint: failure.endpoint ?? call.path,
		itemIndex: call.itemIndex,
	});
}

async function credentialSecrets(context: VendorContext): Promise<string[]> {
	// Without a credential there is no secret to hide, and that message must not hide the first one.
	const credentials = await credentialsOf(context).catch(() => undefined);
	if (credentials === undefined) return [];
	return [currentToken(credentials), credentials.token, credentials.password].filter(
		(value) => typeof value === 'string',
	);
}
