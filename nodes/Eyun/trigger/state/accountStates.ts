/** Which accounts are online, as far as one trigger knows; the watchdog and the webhook share it. */
export class AccountStates {
	/** WeChat ID to the present login. */
	readonly online = new Map<string, string>();

	/** Reported as offline and not back yet: WeChat ID to the login that ended. */
	readonly offline = new Map<string, string>();

	/** Whether a watchdog of this process keeps it up to date. */
	isWatched = false;

	/** Notes that an account has been reported as offline, so that it is not reported twice. */
	setOffline(wcId: string, wId: string): void {
		this.online.delete(wcId);
		this.offline.set(wcId, wId);
	}

	/** Notes that an account is online, with its login. */
	setOnline(wcId: string, wId: string): void {
		this.offline.delete(wcId);
		this.online.set(wcId, wId);
	}

	/** Forgets all accounts: nobody keeps them up to date any more. */
	clear(): void {
		this.isWatched = false;
		this.online.clear();
		this.offline.clear();
	}
}
