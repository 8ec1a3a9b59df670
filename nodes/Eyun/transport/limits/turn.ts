import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Account, wcIdOf } from '../accounts';
import type { Vendor } from '../caches';
import type { Failure, VendorCall, VendorContext } from '../types';
import { readLimits } from './sendLimits';
import type { Turn } from './sendLine';
import { cancelledFailure, invalidLimitFailure, limitFailure } from './words';

const NO_LIMIT: Turn = { count: () => {}, leave: () => {} };

/**
 * Waits until a call may be made under the credential's limits for sending. What is not limited does not wait.
 *
 * @param context the n8n functions of the running node
 * @param call the call
 * @param credentials the decrypted credential
 * @param vendor gives the vendor as the credential reaches it
 * @returns the turn, to be used right before the request goes out, and to be left in any case; or why there
 *   is none, and then nothing is to be sent
 */
export async function turnToSend(
	context: VendorContext,
	call: Pick<VendorCall, 'body'>,
	credentials: ICredentialDataDecryptedObject,
	vendor: () => Promise<Vendor>,
): Promise<Turn | { failure: Failure }> {
	const read = readLimits(credentials, context.getTimezone());
	if ('flaw' in read) return { failure: invalidLimitFailure(read.flaw) };
	const { limits } = read;
	if (limits === undefined) return NO_LIMIT;
	const account = await accountOf(call, vendor);
	// Without an account the vendor refuses it.
	if (account === undefined) return NO_LIMIT;
	const { sendLines } = (await vendor()).caches;
	const end = await sendLines.of(account).take(limits, cancelSignalOf(context));
	if ('turn' in end) return end.turn;
	return {
		failure: 'block' in end ? limitFailure(end.block, limits, account) : cancelledFailure(),
	};
}

/** The WeChat account, which stays the same at a new login; the login where the account is not known. */
async function accountOf(
	{ body: { wId } }: Pick<VendorCall, 'body'>,
	vendor: () => Promise<Vendor>,
): Promise<string | undefined> {
	if (wId instanceof Account && !wId.orInstance) return wId.wcId;
	const given = wId instanceof Account ? wId.wcId : wId;
	const login =
		typeof given === 'string' || typeof given === 'number' || typeof given === 'bigint'
			? String(given).trim()
			: '';
	return login === '' ? undefined : ((await wcIdOf(await vendor(), login)) ?? login);
}

function cancelSignalOf(context: VendorContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}
