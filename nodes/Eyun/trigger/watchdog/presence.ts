import { sleep } from 'n8n-workflow';

import { accountsOnlineNow } from '../../transport/client';
import type { OnlineAccount, VendorContext } from '../../transport/types';

/** Between two checks that must agree, in milliseconds. */
const BETWEEN_CHECKS_MS = 5_000;
const MOST_CHECKS = 4;

/**
 * Finds out whether accounts are really online: two checks in a row must agree, because Eyun's
 * list may lag behind and logins flicker.
 *
 * @param isMeant picks the account out of Eyun's list
 * @throws NodeApiError when Eyun cannot be asked
 */
export async function isReallyOnline(
	context: VendorContext,
	isMeant: (account: OnlineAccount) => boolean,
): Promise<boolean> {
	const check = async () => (await accountsOnlineNow(context)).some(isMeant);
	let last = await check();
	for (let checks = 2; checks <= MOST_CHECKS; checks++) {
		await sleep(BETWEEN_CHECKS_MS);
		const now = await check();
		if (now === last) return now;
		last = now;
	}
	return last;
}
