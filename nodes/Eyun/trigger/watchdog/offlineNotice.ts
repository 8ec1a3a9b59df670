import type { IWebhookFunctions } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import type { TriggerState } from '../state/triggerState';
import { isReallyOnline } from './presence';

/** What is behind a notice that an account went offline. */
export type OfflineVerdict =
	/** A false alarm. */
	| 'online'
	/** The watchdog has reported it already. */
	| 'known'
	/** It is so, or Eyun cannot be asked: a notice that nobody can check is passed on. */
	| 'offline';

/**
 * Finds out what is behind Eyun's notice that an account went offline, which may come twice, late or
 * wrongly. Takes several seconds.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param output what the trigger would output for the notice
 */
export async function judgeOffline(
	context: IWebhookFunctions,
	{ accounts }: TriggerState,
	{ wcId, wId }: TriggerOutput,
): Promise<OfflineVerdict> {
	const isKnown = () => accounts.isWatched && wcId !== null && accounts.offline.has(wcId);
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
			'Eyun WeChat Trigger: Eyun says that an account went offline, and could not be asked whether that is so. The event starts the workflow',
			{ reason: reasonOf(error) },
		);
	}
	// Meanwhile the watchdog may have reported it.
	if (isKnown()) return 'known';
	if (wcId !== null) accounts.setOffline(wcId, wId ?? '');
	return 'offline';
}
