import { isRecord } from './records';

/** The ids of an account's address list by kind (/getAddressList). */
export interface AddressList {
	groups: string[];
	friends: string[];
	officialAccounts: string[];
	others: string[];
}

/**
 * Why an address list is empty, and what to do: every WeChat has entries that nobody can delete, such
 * as its file helper.
 */
export const EMPTY_ADDRESS_LIST = {
	message: 'The address list of this account is empty',
	advice:
		'Run Login: Initialize Address List for this account. Eyun must load the list once after each login, which takes 10 seconds to 3 minutes',
};

/** The vendor's own example has [""], and null where there are no groups. */
function idsIn(value: unknown): string[] {
	const ids: unknown[] = Array.isArray(value) ? value : [];
	return [...new Set(ids.filter((id) => typeof id === 'string').map((id) => id.trim()))].filter(
		(id) => id !== '',
	);
}

/**
 * Reads an address list.
 *
 * @param data the `data` of the answer of /getAddressList
 * @returns undefined when nothing is in it, which means that the vendor has not loaded it yet
 */
export function addressListIn(data: unknown): AddressList | undefined {
	const { chatrooms, friends, ghs, others } = isRecord(data) ? data : {};
	const list = {
		groups: idsIn(chatrooms),
		friends: idsIn(friends),
		officialAccounts: idsIn(ghs),
		others: idsIn(others),
	};
	return Object.values(list).some((ids) => ids.length > 0) ? list : undefined;
}
