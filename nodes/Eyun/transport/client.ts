import { Account, accountsRightNow, callAsAccount, onlineAccounts } from './accounts';
import { attempt } from './attempts';
import type { Vendor } from './caches';
import { cachesOf } from './caches';
import { credentialsOf } from './credentials';
import type { Envelope } from './envelope';
import { vendorFailure } from './failure';
import { offlineReason } from './offline';
import { turnToSend } from './limits/turn';
import type { Failure, OnlineAccount, Outcome, VendorCall, VendorContext } from './types';

/**
 * The client of the vendor's API: sends a request and reads the answer.
 *
 * A request is repeated only when nothing can have been sent (connection refused), or when the
 * endpoint only reads and the answer was missing (time-out, cut connection) or HTTP 5xx. After a
 * send that may have arrived there is never a second one.
 *
 * @param context the n8n functions of the running node; its credential is `eyunApi`
 * @param call what to send
 * @returns the envelope of a success, 64-bit integers as strings
 * @throws NodeApiError with the vendor's message, code, endpoint, item and what to do; its
 *   `context.code` is "offline" when the account of the call is not online, "limit" when the credential
 *   limits its sends
 */
export async function callVendor(context: VendorContext, call: VendorCall): Promise<Envelope> {
	const outcome = call.sends ? await send(context, call) : await make(context, call, () => {});
	if ('envelope' in outcome) return outcome.envelope;
	throw toError(context, call, outcome.failure);
}

/** Makes a call that the limits for sending count, once whatever comes of it and however often it is tried. */
async function send(context: VendorContext, call: VendorCall): Promise<Outcome> {
	// A credential that cannot be read is told of by the attempt.
	const credentials = await credentialsOf(context).catch(() => ({}));
	const turn = await turnToSend(context, call, credentials, async () => await vendorOf(context));
	if ('failure' in turn) return { failure: turn.failure, mayTryAgain: false };
	try {
		await call.beforeSend?.();
		return await make(context, call, turn.count);
	} finally {
		turn.leave();
	}
}

/**
 * Makes a call, for an account with its present login.
 *
 * @param before is called right before each request
 */
async function make(context: VendorContext, call: VendorCall, before: () => void) {
	const { wId: account, ...rest } = call.body;
	const request = async (body: VendorCall['body']) => {
		before();
		return await attempt(context, { ...call, body });
	};
	return account instanceof Account
		? await callAsAccount(
				await vendorOf(context),
				account,
				call.whenOffline,
				async (wId) => await request({ wId, ...rest }),
			)
		: await request(call.body);
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
	throw toError(context, { path: '/queryLoginWx' }, answer.failure);
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

/** One for each run of a node: `sinceMs` is when that run first had to do with the vendor. */
const vendors = new WeakMap<VendorContext, Vendor>();

async function vendorOf(context: VendorContext): Promise<Vendor> {
	const known = vendors.get(context);
	if (known !== undefined) return known;
	const vendor: Vendor = {
		caches: cachesOf(await credentialsOf(context)),
		sinceMs: performance.now(),
		ask: async (path, body, reads) => await attempt(context, { path, body, reads }),
	};
	vendors.set(context, vendor);
	return vendor;
}

/** What failed is free of secrets; see `attempt`. */
function toError(
	context: VendorContext,
	call: Pick<VendorCall, 'path' | 'itemIndex'>,
	failure: Failure,
) {
	const { path: endpoint, itemIndex } = call;
	return vendorFailure(context.getNode(), { endpoint, ...failure, itemIndex });
}
