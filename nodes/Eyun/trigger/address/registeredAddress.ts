import { isRecord } from '../../common/records';
import { callVendor } from '../../transport/client';
import { credentialsOf } from '../../transport/credentials';
import { adoptLogIn, credentialKey, logsIn } from '../../transport/session';
import type { VendorContext } from '../../transport/types';
import type { Registrations } from '../state/registrations';
import { toUrl } from './callbackAddress';

/** The address that receives the callbacks of a developer account. */
export interface RegisteredAddress {
	/** Whether Eyun said so; otherwise it is what this process knows. */
	certain: boolean;
	/** The whole address; undefined when there is none. */
	url?: string;
}

/** The optimised push format of callbacks. */
const PUSH_FORMAT = 2;

/** Eyun may try the address before it answers, for which it takes up to 6 s. */
const TIMEOUT_MS = 10_000;

/** Names the developer account of a node's credential, without telling it. */
export async function accountKeyOf(context: VendorContext): Promise<string> {
	return credentialKey(await credentialsOf(context));
}

/**
 * Registers an address, which also ends Eyun's pause after a failed push. Registering twice does no
 * harm, hence `reads`: the call may be made again.
 *
 * @param url the whole address; it is kept out of errors
 * @throws NodeApiError when Eyun does not accept it
 */
export async function registerAddress(context: VendorContext, url: string): Promise<void> {
	await callVendor(context, {
		path: '/setHttpCallbackUrl',
		body: { httpUrl: url, type: PUSH_FORMAT },
		reads: true,
		timeoutMs: TIMEOUT_MS,
		secrets: [url, ...(URL.canParse(url) ? new URL(url).searchParams.values() : [])],
	});
}

/**
 * Lets Eyun push to nobody.
 *
 * @throws NodeApiError when Eyun refuses
 */
export async function cancelAddress(context: VendorContext): Promise<void> {
	await callVendor(context, {
		path: '/cancelHttpCallbackUrl',
		body: {},
		reads: true,
		timeoutMs: TIMEOUT_MS,
	});
}

/**
 * Asks which address receives the callbacks now. Only the answer of the log-in with account and
 * password (/member/login) says so; with a pasted token it is what this process has registered.
 *
 * @param context any n8n context of the node
 * @param registrations of this process
 * @throws NodeApiError when Eyun cannot be asked
 */
export async function registeredAddress(
	context: VendorContext,
	registrations: Registrations,
): Promise<RegisteredAddress> {
	const credentials = await credentialsOf(context);
	const { account, password } = credentials;
	if (!logsIn(credentials)) {
		const latest = registrations.latestOf(await accountKeyOf(context));
		return { certain: false, url: latest && toUrl(latest) };
	}
	const { data } = await callVendor(context, {
		path: '/member/login',
		body: { account, password },
		reads: true,
		authenticated: false,
		timeoutMs: TIMEOUT_MS,
	});
	adoptLogIn(credentials, data);
	const url = isRecord(data) ? data.callbackUrl : undefined;
	return { certain: true, url: typeof url === 'string' && url.trim() !== '' ? url : undefined };
}
