import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { RecentKeys } from '../common/recentKeys';
import { SendLines } from './limits/sendLines';
import { credentialKey } from './session';
import type { AskedReason, OnlineLookUp, Outcome } from './types';

const MOST_CREDENTIALS = 1_000;

/** What this process remembers of the vendor for one credential: server and developer account. */
export class CredentialCaches {
	/** The latest question which accounts are online. */
	onlineLookUp?: OnlineLookUp;

	/** Logins that a look-up after a refusal has just shown to be the present ones. */
	readonly confirmedLogins = new RecentKeys<true>();

	/** When each account was last found online, in Unix milliseconds, by WeChat ID. */
	readonly lastSeenOnline = new RecentKeys<number>();

	/** The WeChat ID behind each login that was ever found online, by instance ID. */
	readonly wcIds = new RecentKeys<string>();

	/** What was sent and what waits to be sent, by account. */
	readonly sendLines = new SendLines();

	/** The questions why accounts went offline, by WeChat ID. */
	readonly offlineReasons = new RecentKeys<AskedReason>();
}

/** By `credentialKey`. */
const all = new RecentKeys<CredentialCaches>();

/**
 * What is remembered for a credential; made at the first call.
 *
 * @param credentials the decrypted credential
 */
export function cachesOf(credentials: ICredentialDataDecryptedObject): CredentialCaches {
	const key = credentialKey(credentials);
	const caches = all.get(key) ?? new CredentialCaches();
	all.set(key, caches, MOST_CREDENTIALS);
	return caches;
}

/** Forgets everything, as a new process has. */
export function dropCaches(): void {
	all.clear();
}

/** The vendor as one credential reaches it. */
export interface Vendor {
	/** What is remembered for the credential. */
	caches: CredentialCaches;
	/** When the run of the node first had to do with it, on the process's steady clock. */
	sinceMs: number;
	ask(path: string, body: Record<string, unknown>, reads: boolean): Promise<Outcome>;
}
