import type { CredentialCaches } from './caches';
import type { Outcome } from './types';

/** The vendor as one credential reaches it. */
export interface Vendor {
	/** What is remembered for the credential. */
	caches: CredentialCaches;
	/** When the run of the node first had to do with it, on the process's steady clock. */
	sinceMs: number;
	ask(path: string, body: Record<string, unknown>, reads: boolean): Promise<Outcome>;
}
