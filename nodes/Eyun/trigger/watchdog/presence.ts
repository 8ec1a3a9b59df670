import { sleep } from 'n8n-workflow';

import { accountsOnlineNow } from '../../transport/client';
import type { OnlineAccount, VendorContext } from '../../transport/types';

/** Between two looks that have to agree, in milliseconds. */
const BETWEEN_LOOKS_MS = 5_000;
const MOST_LOOKS = 4;

/**
 * Finds out whether accounts are really online: two looks in a row must agree, because the vendor's
 * list may lag behind and logins flicker.
 *
 * @param isMeant picks the account out of the vendor's list
 * @throws NodeApiError when the vendor cannot be asked
 */
export async function isReallyOnline(
	context: VendorContext,
	isMeant: (account: OnlineAccount) => boolean,
): Promise<boolean> {
	const look = async () => (await accountsOnlineNow(context)).some(isMeant);
	let last = await look();
	for (let looks = 2; looks <= MOST_LOOKS; looks++) {
		await sleep(BETWEEN_LOOKS_MS);
		const now = await look();
		if (now === last) return now;
		last = now;
	}
	return last;
}
