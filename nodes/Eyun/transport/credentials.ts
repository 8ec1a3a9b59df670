import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { normalizeBaseUrl } from './http/baseUrl';
import type { VendorContext } from './types';

export const CREDENTIAL = 'eyunApi';

/** So that a long execution notices when its credential is edited. */
const KNOWN_FOR_MS = 30_000;

interface Reading {
	startedMs: number;
	credentials: Promise<ICredentialDataDecryptedObject>;
}

/** By n8n's functions of one run of one node: nothing is shared between executions or users. */
const readings = new WeakMap<VendorContext, Reading>();

/**
 * The decrypted credential of a node. n8n fetches it from its database and decrypts it at every
 * request, which takes longer than the request itself; here one run of a node does so once in a
 * while.
 *
 * @param context the n8n functions of the running node
 * @returns the same object for a time; n8n puts a new session token into it after a log-in
 * @throws what n8n throws when the node has no usable credential
 */
export async function credentialsOf(
	context: VendorContext,
): Promise<ICredentialDataDecryptedObject> {
	const known = readings.get(context);
	if (known && performance.now() - known.startedMs < KNOWN_FOR_MS) return await known.credentials;
	const reading = {
		startedMs: performance.now(),
		credentials: context.getCredentials(CREDENTIAL),
	};
	readings.set(context, reading);
	// What could not be read is not remembered.
	reading.credentials.catch(() => {
		if (readings.get(context) === reading) readings.delete(context);
	});
	return await reading.credentials;
}

/**
 * Lets the credential be read anew, because the vendor refused its token: somebody may have put in
 * another one, or another execution may have logged in.
 *
 * @param context the n8n functions of the running node
 */
export function forgetCredentials(context: VendorContext): void {
	readings.delete(context);
}

/**
 * The base URL of the node's credential, in its normal form.
 *
 * @param context the n8n functions of the running node
 * @throws Error when it is no plain http or https address
 */
export async function baseUrlOf(context: VendorContext): Promise<string> {
	const { baseUrl } = await credentialsOf(context);
	return normalizeBaseUrl(baseUrl);
}
