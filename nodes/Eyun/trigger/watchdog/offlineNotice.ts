import type { IWebhookFunctions } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import { accountStatesOf, noteOffline } from '../state/accountStates';
import { isReallyOnline } from './presence';

/**
 * Finds out what is behind the vendor's hint that an account went offline, which may come twice,
 * late or wrongly (FACTS e.8). Takes several seconds.
 *
 * @param output what the trigger would give out for the hint
 * @returns `online`: a false alarm; `known`: the watchdog has told it already; `offline`: it is so, or
 *   the vendor cannot be asked: a hint that nobody can check is passed on
 */
export async function judgeOffline(
	context: IWebhookFunctions,
	{ wcId, wId }: TriggerOutput,
): Promise<'online' | 'offline' | 'known'> {
	const states = accountStatesOf(context);
	const isKnown = () => states.isWatched && wcId !== null && states.offline.has(wcId);
	if (isKnown()) return 'known';
	if (wcId === null && wId === null) return 'offline';
	try {
		const isOnline = await isReallyOnline(context, (account) =>
			// By account where it is known: an old login may have ended, and a new one begun.
			wcId === null ? account.wId === wId : account.wcId === wcId,
		);
		if (isOnline) return 'online';
	} catch (error) {
		context.logger.warn(
			'Eyun WeChat Trigger: E云 says that an account went offline, and could not be asked whether that is so. It is passed on',
			{ reason: reasonOf(error) },
		);
	}
	// Meanwhile the watchdog may have told it.
	if (isKnown()) return 'known';
	if (wcId !== null) noteOffline(states, wcId, wId ?? '');
	return 'offline';
}
