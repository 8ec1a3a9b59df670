import { perTrigger } from './triggerId';

/** Which accounts are online, as far as a trigger knows: WeChat ID to the login it has or had. */
export interface AccountStates {
	online: Map<string, string>;
	/** Told as offline and not back yet. */
	offline: Map<string, string>;
	/** Whether a watchdog of this process keeps it up to date. */
	isWatched: boolean;
}

/** What this process knows for a trigger; the watchdog and the webhook share it. */
export const accountStatesOf = perTrigger<AccountStates>(() => ({
	online: new Map(),
	offline: new Map(),
	isWatched: false,
}));

/** Notes that an account has been told as offline, so that it is not told twice. */
export function noteOffline(states: AccountStates, wcId: string, wId: string): void {
	states.online.delete(wcId);
	states.offline.set(wcId, wId);
}

/** Notes that an account is online, with its login. */
export function noteOnline(states: AccountStates, wcId: string, wId: string): void {
	states.offline.delete(wcId);
	states.online.set(wcId, wId);
}
