import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { stringifyExact } from '../common/exactJson';
import { excerpt } from '../common/excerpt';
import { isRecord } from '../common/records';
import { hideSecrets } from '../common/secrets';
import { normalizeBaseUrl } from './http/baseUrl';
import type { Envelope } from './envelope';
import { readEnvelope, SUCCESS } from './envelope';
import { readNetworkEnd } from './http/network';
import { NotSent } from './http/notSent';
import { wholeAnswer } from './http/wholeAnswer';

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
 * Whether n8n logs in with account and password, and so can get another token.
 *
 * @param credentials the decrypted credential
 * @returns false for a pasted token, also in a credential of the earlier version that began with the
 *   token: n8n stored no `authentication` in it
 */
export function logsIn(credentials: ICredentialDataDecryptedObject): boolean {
	const { authentication, account, password, token } = credentials;
	return authentication === 'account' && (Boolean(account || password) || !token);
}

/**
 * The token to send with a request.
 *
 * @param credentials the decrypted credential
 * @returns the pasted token, or the one of the last log-in; undefined when a log-in is needed
 */
export function currentToken(credentials: ICredentialDataDecryptedObject): string | undefined {
	if (!logsIn(credentials)) {
		return String(credentials.token ?? '').trim();
	}
	const [madeFrom, token] = String(credentials.sessionToken ?? '').split(SEPARATOR);
	return token && madeFrom === fingerprint(credentials) ? token : undefined;
}

/**
 * Takes over the token of a log-in that was made for another purpose: it may have ended the one before.
 *
 * @param credentials the decrypted credential, changed in place as n8n does after a log-in
 * @param data the `data` of the answer of /member/login
 */
export function adoptLogIn(credentials: ICredentialDataDecryptedObject, data: unknown): void {
	const token = isRecord(data) ? data.Authorization : undefined;
	if (typeof token !== 'string' || token === '') return;
	credentials.sessionToken = [fingerprint(credentials), token].join(SEPARATOR);
}

/**
 * What of a credential must never be seen.
 *
 * @param credentials the decrypted credential
 */
export function secretsOf(credentials: ICredentialDataDecryptedObject): string[] {
	const { token, password, sessionToken } = credentials;
	const ofLogIn = String(sessionToken ?? '').split(SEPARATOR)[1];
	return [token, password, ofLogIn, currentToken(credentials)].filter(
		(value): value is string => typeof value === 'string' && value !== '',
	);
}

/**
 * Names the developer account behind a credential without telling it, for what is remembered in
 * the process: server and account, or server and token.
 */
export function credentialKey(credentials: ICredentialDataDecryptedObject): string {
	const { baseUrl, account, token } = credentials;
	const holder = logsIn(credentials) ? ['account', account] : ['token', token];
	return createHash('sha256')
		.update(JSON.stringify([baseUrl, ...holder]))
		.digest('hex');
}

/**
 * Refuses a token with something around it, which Eyun would call wrong and nothing more.
 *
 * @param credentials the decrypted credential
 * @throws NotSent that says what is too much
 */
export function refuseMispasted(credentials: ICredentialDataDecryptedObject): void {
	if (logsIn(credentials)) return;
	const [found] =
		/^(Bearer\b|Basic\b|Authorization\b|["'“‘])/i.exec(currentToken(credentials) ?? '') ?? [];
	if (found === undefined) return;
	const what = /\w/.test(found) ? `the word "${found}"` : 'a quotation mark';
	throw new NotSent(
		`The Authorization token in the credential begins with ${what}. Enter the token alone`,
	);
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
 * @throws NotSent in plain words: address unusable or not reachable, log-in refused, account frozen or expired
 */
export async function openSession(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<{ sessionToken: string }> {
	const baseUrl = normalizeBaseUrl(credentials.baseUrl);
	const { account, password } = credentials;
	if (!logsIn(credentials)) {
		const token = currentToken(credentials);
		if (!token) throw new NotSent('The Authorization token is empty');
		refuseMispasted(credentials);
		const Authorization = withPrefix(credentials, token);
		await ask(helpers, baseUrl, '/queryLoginWx', {}, { Authorization });
		return { sessionToken: 'server reached' };
	}
	if (!account || !password) throw new NotSent('Account and password are both needed to log in');
	const madeFrom = fingerprint(credentials);
	const token = await together(madeFrom, async () => {
		const answer = await ask(helpers, baseUrl, '/member/login', { account, password });
		return tokenOf(answer, (text) => hideSecrets(text, secretsOf(credentials)));
	});
	return { sessionToken: [madeFrom, token].join(SEPARATOR) };
}

/** The log-ins that are under way in this process, by the fingerprint of account, password and address. */
const logIns = new Map<string, Promise<string>>();

/**
 * Executions that begin together log in once: where a log-in ends the token of the one before, they
 * would end each other's.
 */
async function together(madeFrom: string, logIn: () => Promise<string>): Promise<string> {
	const under = logIns.get(madeFrom);
	if (under !== undefined) return await under;
	const mine = logIn().finally(() => logIns.delete(madeFrom));
	logIns.set(madeFrom, mine);
	return await mine;
}

function tokenOf(answer: Envelope, hide: (text: string) => string): string {
	if (answer.code !== SUCCESS) {
		const said = excerpt(hide(answer.message)) || 'no reason given';
		throw new NotSent(`Eyun refused account and password: ${said} (code ${answer.code})`);
	}
	const data = isRecord(answer.data) ? answer.data : {};
	const refusal = ACCOUNT_STATUS[String(data.status)];
	if (refusal) throw new NotSent(refusal);
	if (typeof data.Authorization !== 'string' || data.Authorization === '') {
		throw new NotSent('Eyun accepted the login but sent no Authorization token');
	}
	return data.Authorization;
}

/** Without the path: whatever redirects may have put the token there. */
function targetOf({ headers }: IN8nHttpFullResponse, baseUrl: string): string {
	const location = String(headers.location ?? '');
	return URL.canParse(location, baseUrl) ? new URL(location, baseUrl).origin : 'another one';
}

async function ask(
	helpers: IHttpRequestHelper['helpers'],
	baseUrl: string,
	path: string,
	body: Record<string, unknown>,
	headers: Record<string, string> = {},
): Promise<Envelope> {
	const options: IHttpRequestOptions = {
		method: 'POST',
		url: `${baseUrl}${path}`,
		headers: { 'content-type': 'application/json', ...headers },
		body: stringifyExact(body),
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const answer = await wholeAnswer(
		options,
		LOGIN_TIMEOUT_MS,
		async (request) => (await helpers.httpRequest(request)) as unknown,
	).catch((error: unknown) => readNetworkEnd(error));
	if ('what' in answer) {
		// Without the code: n8n puts a general text in place of any message that holds one.
		throw new NotSent(`The Eyun server at ${baseUrl} cannot be reached: ${answer.what}`);
	}
	const { statusCode } = answer;
	if (statusCode >= 300 && statusCode < 400) {
		throw new NotSent(
			`The server at ${baseUrl} redirects to ${targetOf(answer, baseUrl)}. Enter that address`,
		);
	}
	const envelope = readEnvelope(String(answer.body));
	if ('unreadable' in envelope) {
		// Without quoting it: whatever it is, it may hold the token.
		throw new NotSent(
			`The server at ${baseUrl} is not an Eyun server: it sent ${envelope.unreadable}`,
		);
	}
	return envelope;
}
