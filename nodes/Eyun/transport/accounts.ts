import { excerpt } from '../common/excerpt';
import { isRecord } from '../common/records';
import { NO_REASON } from './answer';
import type { Vendor } from './caches';
import type { Envelope } from './envelope';
import { SUCCESS } from './envelope';
import { noteSeenOnline, offlineFailure } from './offline';
import type { AccountsAnswer, OnlineAccount, OnlineLookUp, Outcome } from './types';
import { saysInstanceGone } from './wordings';

/** Stands in a request's body in the place of `wId`: whichever login the account has at the time. */
export class Account {
	/**
	 * @param wcId the WeChat ID, which stays the same at every login
	 * @param orInstance the text may be an instance ID as well: it is one unless such an account is online
	 */
	constructor(
		readonly wcId: string,
		readonly orInstance = false,
	) {}
}

const MOST_LOGINS = 1_000;

/** How old a look-up may be when the account is in it. */
const ONLINE_FOR_MS = 60_000;

/** How old it may be otherwise, within one run: it only spares many items the same question. */
const AT_ONCE_MS = 1_000;

/** What /queryLoginWx may answer instead of an empty list (the vendor's table says: 1001, offline). */
function meansNobody({ code, message }: Envelope): boolean {
	return code === '1001' && (/^(失败)?$/.test(message) || saysInstanceGone(message));
}

async function ask(vendor: Vendor): Promise<AccountsAnswer> {
	const path = '/queryLoginWx';
	const outcome = await vendor.ask(path, {}, true);
	if ('failure' in outcome) {
		const { failure, refused } = outcome;
		return refused && meansNobody(refused) ? [] : { failure: { ...failure, endpoint: path } };
	}
	const { data } = outcome.envelope;
	const accounts = (Array.isArray(data) ? data : [])
		.filter(isRecord)
		.filter((entry): entry is Record<string, string> => Boolean(entry.wcId && entry.wId))
		.map(({ wcId, wId }) => ({ wcId, wId }));
	for (const { wcId, wId } of accounts) {
		noteSeenOnline(vendor, wcId);
		vendor.caches.wcIds.set(wId, wcId, MOST_LOGINS);
	}
	return accounts;
}

/**
 * The accounts that are online. Callers at the same time share one look-up.
 *
 * @param vendor whom to ask
 * @param sinceMs how old the answer may be at most, as a point in time on the steady clock
 */
async function lookUp(vendor: Vendor, sinceMs: number): Promise<AccountsAnswer> {
	const { caches } = vendor;
	const known = caches.onlineLookUp;
	if (known && known.startedMs >= sinceMs) {
		const answer = await known.answer;
		// An execution that was cancelled takes its own look-up with it, not that of the others.
		if (!('failure' in answer)) return answer;
		if (caches.onlineLookUp === known) caches.onlineLookUp = undefined;
		return answer.failure.code === 'ERR_CANCELED' ? await lookUp(vendor, sinceMs) : answer;
	}
	const own: OnlineLookUp = { startedMs: performance.now(), answer: ask(vendor) };
	caches.onlineLookUp = own;
	const answer = await own.answer;
	if ('failure' in answer && caches.onlineLookUp === own) caches.onlineLookUp = undefined;
	return answer;
}

/**
 * The accounts that are online at the moment.
 *
 * @param vendor whom to ask
 * @returns the accounts, or why they could not be asked for
 */
export async function onlineAccounts(vendor: Vendor): Promise<AccountsAnswer> {
	return await lookUp(vendor, justNow(vendor));
}

/**
 * The same, asked anew: no answer from before the call counts.
 *
 * @param vendor whom to ask
 * @returns the accounts, or why they could not be asked for
 */
export async function accountsRightNow(vendor: Vendor): Promise<AccountsAnswer> {
	return await lookUp(vendor, performance.now());
}

/**
 * The account behind a login, asked for once.
 *
 * @param vendor whom to ask
 * @param wId the instance ID
 * @returns the WeChat ID; undefined when the login is not online or the accounts could not be asked for
 */
export async function wcIdOf(vendor: Vendor, wId: string): Promise<string | undefined> {
	const { wcIds } = vendor.caches;
	if (wcIds.get(wId) === undefined) await onlineAccounts(vendor);
	return wcIds.get(wId);
}

function justNow({ sinceMs }: Vendor): number {
	return Math.max(sinceMs, performance.now() - AT_ONCE_MS);
}

function wIdOf(accounts: OnlineAccount[], { wcId }: Account): string | undefined {
	return accounts.filter((entry) => entry.wcId === wcId).pop()?.wId;
}

/** An account that has just logged in is not in an older look-up, so absence is checked sooner. */
async function findInstance(vendor: Vendor, account: Account): Promise<AccountsAnswer> {
	const accounts = await lookUp(vendor, performance.now() - ONLINE_FOR_MS);
	if ('failure' in accounts || wIdOf(accounts, account) !== undefined) return accounts;
	return await lookUp(vendor, justNow(vendor));
}

/** For so long a login that was looked up after a refusal counts as the present one, in milliseconds. */
const CONFIRMED_FOR_MS = 1_000;

/**
 * The login that an account has after a refusal. The vendor's texts do not say reliably that a login
 * has ended, so it is looked up after any refusal; a run of refusals for another reason asks once a
 * second.
 */
async function loginAfter(
	vendor: Vendor,
	account: Account,
	used: string,
	refusal: string,
): Promise<{ wId?: string } | undefined> {
	const { confirmedLogins } = vendor.caches;
	const refusedMs = performance.now();
	if (!saysInstanceGone(refusal) && confirmedLogins.get(used)) return { wId: used };
	const known = await lookUp(vendor, refusedMs - ONLINE_FOR_MS);
	const knownLogin = 'failure' in known ? undefined : wIdOf(known, account);
	if (knownLogin !== undefined && knownLogin !== used) return { wId: knownLogin };
	const accounts = await lookUp(vendor, refusedMs);
	if ('failure' in accounts) return undefined;
	const wId = wIdOf(accounts, account);
	if (wId === used) confirmedLogins.set(used, true, MOST_LOGINS, CONFIRMED_FOR_MS);
	return { wId };
}

/**
 * Makes a call for an account: with its present login, and once more with the next one if the
 * vendor refuses and the login has changed. A refusal did nothing, so that even a send may be made
 * again; without an answer of the vendor it never is.
 *
 * @param vendor whom to ask for the login
 * @param account whose call it is
 * @param whenOffline the answer's `data` if the account is not online; a failure when left out
 * @param call makes the call for a `wId`
 */
export async function callAsAccount(
	vendor: Vendor,
	account: Account,
	whenOffline: Record<string, unknown> | undefined,
	call: (wId: string) => Promise<Outcome>,
): Promise<Outcome> {
	const offline = async (refusal?: string): Promise<Outcome> =>
		whenOffline
			? { envelope: offlineAnswer(whenOffline) }
			: { failure: await offlineFailure(vendor, account.wcId, refusal), mayTryAgain: false };

	const found = whenOffline ? await onlineAccounts(vendor) : await findInstance(vendor, account);
	if ('failure' in found) return { failure: found.failure, mayTryAgain: false };
	const wId = wIdOf(found, account);
	if (wId === undefined) {
		return account.orInstance ? await call(account.wcId) : await offline();
	}
	const outcome = await call(wId);
	if ('envelope' in outcome || !outcome.refused || outcome.tokenRefused) return outcome;
	const now = await loginAfter(vendor, account, wId, outcome.refused.message);
	if (now === undefined || now.wId === wId) return outcome;
	if (now.wId !== undefined) return await call(now.wId);
	return await offline(`Eyun refused: ${excerpt(outcome.refused.message) || NO_REASON}`);
}

function offlineAnswer(data: Record<string, unknown>): Envelope {
	const [code, message] = [SUCCESS, 'The account is not among those online'];
	return { code, message, data, whole: { code, message, data } };
}
