import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { normalizeBaseUrl } from './http/baseUrl';
import { NotSent } from './http/notSent';
import { currentToken, logsIn, refuseMispasted, withPrefix } from './session';

/** Names the token that the vendor has just refused, so that a new one is fetched once. */
const REFUSED_HEADER = 'x-eyun-refused-token';

/** The exception that makes n8n call `preAuthentication` and then `authenticate` once more. */
class LogInNeeded extends NotSent {
	readonly response = { status: 401 };

	constructor() {
		super('A new login with account and password is needed');
	}
}

function nameOf(token: string): string {
	return createHash('sha256').update(token).digest('hex').slice(0, 16);
}

/**
 * Marks a request as the repetition of one whose token was refused. `authenticateRequest` then
 * fetches a new token first and takes the mark off, so it never reaches the network.
 *
 * @param options the request, changed in place
 * @param credentials the credential as it was used for the refused request
 * @returns whether a new token can be had at all: only account and password give one
 */
export function askForNewToken(
	options: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
): boolean {
	const token = currentToken(credentials);
	if (!logsIn(credentials) || token === undefined) return false;
	options.headers = { ...options.headers, [REFUSED_HEADER]: nameOf(token) };
	return true;
}

/**
 * Adds base URL and token to a request, in the one place where the token leaves the credential.
 *
 * @param credentials the decrypted credential
 * @param options a request whose `url` is a vendor path, or a full address of the same server
 * @returns the request to send
 * @throws NotSent when the address belongs to another server: the token never goes there; or when a
 *   pasted token has something around it
 * @throws LogInNeeded when there is no usable token yet; n8n answers by logging in
 */
export async function authenticateRequest(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const base = normalizeBaseUrl(credentials.baseUrl);
	const address = URL.canParse(options.url)
		? options.url
		: `${base}/${options.url.replace(/^\/+/, '')}`;
	if (new URL(address).origin !== new URL(base).origin) {
		throw new NotSent(
			`This credential is for ${base} only. Its token is not sent to ${new URL(address).origin}`,
		);
	}
	const { [REFUSED_HEADER]: refused, ...headers } = options.headers ?? {};
	const token = currentToken(credentials);
	if (token === undefined || (refused !== undefined && refused === nameOf(token))) {
		throw new LogInNeeded();
	}
	refuseMispasted(credentials);
	return {
		...options,
		baseURL: undefined,
		url: address,
		headers: { ...headers, Authorization: withPrefix(credentials, token) },
		// n8n sends credentials along with a redirect, even to another host.
		disableFollowRedirect: true,
	};
}
