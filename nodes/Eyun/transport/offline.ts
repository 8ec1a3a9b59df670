import { reasonWords } from '../common/reasonWords';
import { isRecord } from '../common/records';
import type { Vendor } from './caches';
import type { AskedReason, Failure, Outcome } from './types';

/** The vendor tells the reason once in 12 hours for each account (/offlineReason). */
const ASK_EVERY_MS = 12 * 3_600_000;

const MOST_ACCOUNTS = 1_000;

/** Notes that an account is online now. */
export function noteSeenOnline({ caches }: Vendor, wcId: string): void {
	caches.lastSeenOnline.set(wcId, Date.now(), MOST_ACCOUNTS);
}

function readReason(outcome: Outcome): string | undefined {
	if (!('envelope' in outcome)) return undefined;
	const { data } = outcome.envelope;
	const entry: unknown = Array.isArray(data) ? data[0] : data;
	return isRecord(entry) ? reasonWords(entry.reason) : undefined;
}

/** Asks once; whatever came of it, the vendor is not asked again before its time. */
function askReason(vendor: Vendor, wcId: string): AskedReason {
	const { offlineReasons } = vendor.caches;
	const known = offlineReasons.get(wcId);
	if (known) return known;
	const reason = vendor.ask('/offlineReason', { wcId }, false).then(readReason, () => undefined);
	const now = { atMs: Date.now(), reason };
	offlineReasons.set(wcId, now, MOST_ACCOUNTS, ASK_EVERY_MS);
	return now;
}

/**
 * Why an account went offline, asked for once in 12 hours at most.
 *
 * @returns the vendor's text; undefined when it gave none, or only a reason from an earlier time
 */
export async function offlineReason(vendor: Vendor, wcId: string): Promise<string | undefined> {
	const { atMs, reason } = askReason(vendor, wcId);
	return (vendor.caches.lastSeenOnline.get(wcId) ?? 0) > atMs ? undefined : await reason;
}

function shown(unixMs: number): string {
	return `${new Date(unixMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const LOG_IN_AGAIN =
	'Log in again with Login: Log In Again, which the owner confirms on the phone, or with a new QR code (Login: Get QR Code, with this WeChat ID). You do not have to change the workflow then';

/**
 * Says that an account is not online, since when and why, as far as that can be known.
 *
 * @param vendor whom to ask for the reason
 * @param wcId the account
 * @param refusal what the vendor had said to a call, already without secrets
 */
export async function offlineFailure(
	vendor: Vendor,
	wcId: string,
	refusal?: string,
): Promise<Failure> {
	const seenMs = vendor.caches.lastSeenOnline.get(wcId);
	const { atMs, reason } = askReason(vendor, wcId);
	const why = await reason;
	const since =
		seenMs === undefined
			? 'It has not been online since this n8n first checked. If it should be, check the WeChat ID'
			: `It was last seen online at ${shown(seenMs)}`;
	return {
		message: `The WeChat account ${wcId} is not online: ${describeReason(why, atMs, seenMs)}`,
		advice: [since, refusal, LOG_IN_AGAIN].filter((part) => part !== undefined).join('. '),
		code: 'offline',
	};
}

/** A reason from before the account was online again is that of an earlier time. */
function describeReason(reason: string | undefined, askedMs: number, seenMs = 0): string {
	if (seenMs > askedMs) {
		const next = shown(askedMs + ASK_EVERY_MS);
		const last = reason === undefined ? '' : `; the time before it was ${reason}`;
		return `Eyun tells the reason again at ${next}${last}`;
	}
	return reason ?? 'Eyun gave no reason';
}
