import { Account, accountsRightNow, callAsAccount, onlineAccounts } from './accounts';
import { attempt } from './attempts';
import type { Vendor } from './caches';
import { cachesOf } from './caches';
import { credentialsOf } from './credentials';
import type { Envelope } from './envelope';
import { vendorFailure } from './failure';
import { offlineReason } from './offline';
import type { Failure, OnlineAccount, VendorCall, VendorContext } from './types';

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
	throw toError(context, call, outcome.failure);
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
