import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { stringifyExact } from '../common/exactJson';
import { isRecord } from '../common/records';
import { normalizeBaseUrl } from './baseUrl';
import type { Envelope } from './envelope';
import { readEnvelope, SUCCESS } from './envelope';
import type { NetworkEnd } from './network';
import { readNetworkEnd } from './network';

/**
 * The credential keeps the token of a log-in in its hidden field `sessionToken`, behind a
 * fingerprint of what it was made from: n8n keeps that field when the user changes account,
 * password or address, and the old token must not be used then.
 */
const SEPARATOR = ' ';
const LOGIN_TIMEOUT_MS = 30_000;

/** `data.status` of /member/login. */
const ACCOUNT_STATUS: Record<string, string> = {
	1: 'The Eyun account is frozen (status 1). Ask the support of Eyun to unfreeze it',
	2: 'The Eyun account has expired (status 2). Renew it with Eyun',
};

function fingerprint(credentials: ICredentialDataDecryptedObject): string {
	const { baseUrl, account, password } = credentials;
	return createHash('sha256')
		.update(JSON.stringify([normalizeBaseUrl(baseUrl), account, password]))
		.digest('hex')
		.slice(0, 16);
}

/**
 * The token to send with a request.
 *
 * @param credentials the decrypted credential
 * @returns the pasted token, or the one of the last log-in; undefined when a log-in is needed
 */
export function currentToken(credentials: ICredentialDataDecryptedObject): string | undefined {
	if (credentials.authentication !== 'account') {
		return String(credentials.token ?? '').trim();
	}
	const [madeFrom, token] = String(credentials.sessionToken ?? '').split(SEPARATOR);
	return token && madeFrom === fingerprint(credentials) ? token : undefined;
}

/**
 * Names the developer account behind a credential without telling it, for what is remembered in
 * the process: server and account, or server and token.
 */
export function credentialKey(credentials: ICredentialDataDecryptedObject): string {
	const { baseUrl, authentication, account, token } = credentials;
	return createHash('sha256')
		.update(
			JSON.stringify([baseUrl, authentication, authentication === 'account' ? account : token]),
		)
		.digest('hex');
}

/** The value of the Authorization header: the raw token unless the credential asks for a prefix. */
export function withPrefix(credentials: ICredentialDataDecryptedObject, token: string): string {
	const prefix = String(credentials.headerPrefix ?? '').trim();
	return prefix === '' ? token : `${prefix} ${token}`;
}

/**
 * Opens a session: logs in with account and password, or, with a pasted token, only makes sure
 * that the server is there, so that a mistyped address is called by its name.
 *
 * @param helpers n8n's HTTP helpers
 * @param credentials the decrypted credential
 * @returns the new value of the credential's `sessionToken`
 * @throws Error in plain words: address unusable or not reachable, log-in refused, account frozen or expired
 */
export async function openSession(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<{ sessionToken: string }> {
	const baseUrl = normalizeBaseUrl(credentials.baseUrl);
	const { account, password } = credentials;
	if (credentials.authentication !== 'account') {
		const token = currentToken(credentials);
		if (!token) throw new Error('The Authorization token is empty');
		await ask(
			helpers,
			baseUrl,
			'/queryLoginWx',
			{},
			{ Authorization: withPrefix(credentials, token) },
		);
		return { sessionToken: 'server reached' };
	}
	if (!account || !password) throw new Error('Account and password are both needed to log in');
	const answer = await ask(helpers, baseUrl, '/member/login', { account, password });
	return { sessionToken: [fingerprint(credentials), tokenOf(answer)].join(SEPARATOR) };
}

function tokenOf(answer: Envelope): string {
	if (answer.code !== SUCCESS) {
		throw new Error(
			`Eyun refused account and password: ${answer.message || 'no reason given'} (code ${answer.code})`,
		);
	}
	const data = isRecord(answer.data) ? answer.data : {};
	const refusal = ACCOUNT_STATUS[String(data.status)];
	if (refusal) throw new Error(refusal);
	if (typeof data.Authorization !== 'string' || data.Authorization === '') {
		throw new Error('Eyun accepted the login but sent no Authorization token');
	}
	return data.Authorization;
}

async function ask(
	helpers: IHttpRequestHelper['helpers'],
	baseUrl: string,
	path: string,
	body: Record<string, unknown>,
	headers: Record<string, string> = {},
): Promise<Envelope> {
	const answer: unknown = await helpers
		.httpRequest({
			method: 'POST',
			url: `${baseUrl}${path}`,
			headers: { 'content-type': 'application/json', ...headers },
			body: stringifyExact(body),
			encoding: 'text',
			json: false,
			timeout: LOGIN_TIMEOUT_MS,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		})
		.catch((error: unknown) => readNetworkEnd(error));
	if (typeof answer !== 'string') {
		// Without the code: n8n puts a general text in place of any message that holds one.
		const { what } = answer as NetworkEnd;
		throw new Error(`The Eyun server at ${baseUrl} cannot be reached: ${what}`);
	}
	const envelope = readEnvelope(answer);
	if ('unreadable' in envelope) {
		throw new Error(
			`The server at ${baseUrl} is not an Eyun server: it sent ${envelope.unreadable}`,
		);
	}
	return envelope;
}
