import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { group, wId } from '../catalogue/fields';
import type { Field } from '../catalogue/types';
import { unwrapLocator } from '../execution/values/locator';
import { toWire } from '../execution/values/toWire';
import { Account } from '../transport/accounts';
import { accountsOnline, callVendor } from '../transport/client';
import { credentialsOf } from '../transport/credentials';
import { NO_CODE, vendorFailure } from '../transport/failure';
import { credentialKey } from '../transport/session';

/** The account whose list is shown, and how to ask for it. */
export interface Viewer {
	/** Names account and credential, for what is remembered. */
	key: string;
	/**
	 * Asks an endpoint that only reads.
	 *
	 * @param path the vendor's path
	 * @param body the request without `wId`
	 * @returns the answer's `data`
	 * @throws NodeApiError
	 */
	ask(path: string, body?: Record<string, unknown>): Promise<unknown>;
}

/**
 * What keeps a list from being shown. Of other errors than those of an API the editor gets no advice.
 *
 * @param context n8n's functions of a list search
 * @param endpoint where the list comes from
 * @param message what happened
 * @param advice what to do about it
 */
export function listFailure(
	context: ILoadOptionsFunctions,
	endpoint: string,
	message: string,
	advice: string,
): Error {
	return vendorFailure(context.getNode(), { message, advice, endpoint, code: NO_CODE });
}

/** An address list may take long at the vendor (catalogue/login.ts). */
const SLOW_MS = 60_000;

/** The value a field has in the editor; undefined while it is empty or an expression without data. */
function currentValue(context: ILoadOptionsFunctions, field: Field): unknown {
	const value: unknown = context.getCurrentNodeParameter(field.name);
	const text = unwrapLocator(value);
	if (typeof text !== 'string' || text.trim() === '' || text.startsWith('=')) return undefined;
	return toWire(field, value);
}

/** Without a choice the only account that is online is meant, as it is the one that will act. */
async function onlyAccount(context: ILoadOptionsFunctions): Promise<Account> {
	const accounts = await accountsOnline(context);
	if (accounts.length === 1) return new Account(accounts[0].wcId);
	const [message, description] =
		accounts.length === 0
			? [NOBODY_ONLINE, HOW_TO_LOG_IN]
			: [
					`Choose the ${wId.label} first`,
					`${accounts.length} accounts are online, and each has its own list. An expression works after the node before this one has run`,
				];
	throw listFailure(context, '/queryLoginWx', message, description);
}

export const NOBODY_ONLINE = 'No WeChat account of this credential is online';
export const HOW_TO_LOG_IN =
	'Log in an account first: use Login: Log In with QR Code, then Login: Wait for Login, or Login: Log In Again for an account that was online before';

/**
 * Whose list is shown: the account in the node's field, or the only one that is online.
 *
 * @param context n8n's functions of a list search
 * @throws NodeApiError when it is not clear whose, or the vendor cannot be asked
 */
export async function currentViewer(context: ILoadOptionsFunctions): Promise<Viewer> {
	const account = currentValue(context, wId) ?? (await onlyAccount(context));
	return await viewerOf(context, account);
}

/**
 * Asks as a certain account.
 *
 * @param context n8n's functions of a list search
 * @param account an `Account`, or an instance ID
 */
export async function viewerOf(context: ILoadOptionsFunctions, account: unknown): Promise<Viewer> {
	const key = credentialKey(await credentialsOf(context));
	return {
		key: `${key} ${account instanceof Account ? account.wcId : String(account)}`,
		ask: async (path, body = {}) => {
			const call = { path, body: { wId: account, ...body }, reads: true, timeoutMs: SLOW_MS };
			return (await callVendor(context, call)).data;
		},
	};
}

/**
 * The group in the node's field, whatever the operation calls that field.
 *
 * @param context n8n's functions of a list search
 * @throws NodeApiError while none is chosen
 */
export function currentGroup(context: ILoadOptionsFunctions): string {
	const chosen = [group.name, 'wcId'].map((name) => currentValue(context, { ...group, name }));
	const found = chosen.find((value) => typeof value === 'string');
	if (typeof found === 'string') return found;
	throw listFailure(
		context,
		'/getChatRoomMember',
		`Choose the ${group.label} first`,
		'The list shows the members of that group. An expression works after the node before this one has run',
	);
}
