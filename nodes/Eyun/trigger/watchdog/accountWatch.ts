import { OFFLINE, ONLINE } from '../../callbacks/events';
import { accountsOnlineNow, whyOffline } from '../../transport/client';
import type { OnlineAccount } from '../../transport/types';
import { staticDataOf } from '../state/staticData';
import { emitEvent } from './emitEvent';
import { isReallyOnline } from './presence';
import type { Watched } from './watched';

/** Reports when accounts go offline and when they are back, each time once. */
export class AccountWatch {
	/** For messages. */
	readonly what = 'the accounts';

	constructor(private readonly watched: Watched) {}

	/** Takes up what was known before n8n stopped, and the accounts that are online now. */
	async begin(): Promise<void> {
		const { states } = this;
		states.isWatched = true;
		const { online = {}, offline = {} } = staticDataOf(this.watched.context);
		for (const [wcId, wId] of Object.entries(online)) states.setOnline(wcId, wId);
		for (const [wcId, wId] of Object.entries(offline)) states.setOffline(wcId, wId);
		for (const { wcId, wId } of await this.accounts()) {
			// One that is back is reported at the first check.
			if (!states.offline.has(wcId)) states.setOnline(wcId, wId);
		}
		this.store();
	}

	/** Checks once; reports what has changed. */
	async check(): Promise<void> {
		if (!this.isActive) return;
		const accounts = await this.accounts();
		const now = new Map(accounts.map(({ wcId, wId }) => [wcId, wId]));
		for (const [wcId, wId] of now) await this.found(wcId, wId);
		const missing = [...this.states.online].filter(([wcId]) => !now.has(wcId));
		for (const [wcId, wId] of missing) await this.missed(wcId, wId);
	}

	private async found(wcId: string, wId: string): Promise<void> {
		const isBack = this.states.offline.has(wcId);
		const lastLogin = this.states.offline.get(wcId) ?? null;
		this.states.setOnline(wcId, wId);
		if (!isBack) return;
		this.store();
		this.forgetBursts();
		await emitEvent(this.watched, { code: ONLINE, wcId, data: { wId, lastLogin } });
	}

	private async missed(wcId: string, wId: string): Promise<void> {
		const { context, closed } = this.watched;
		if (await isReallyOnline(context, (account) => account.wcId === wcId)) return;
		// Meanwhile Eyun may have reported it, or the workflow may be deactivated.
		if (this.states.offline.has(wcId) || closed.aborted) return;
		this.states.setOffline(wcId, wId);
		this.store();
		this.forgetBursts();
		const reason = (await whyOffline(context, wcId)) ?? null;
		if (closed.aborted) return;
		await emitEvent(this.watched, { code: OFFLINE, wcId, data: { wId, reason } });
	}

	private get states() {
		return this.watched.state.accounts;
	}

	/** n8n starts the watchdog also where the address could not be registered. */
	private get isActive(): boolean {
		const { context, settings } = this.watched;
		return !settings.automatic || staticDataOf(context).secret !== undefined;
	}

	private async accounts(): Promise<OnlineAccount[]> {
		const { context, settings } = this.watched;
		const { receivingAccounts } = settings;
		const all = await accountsOnlineNow(context);
		return all.filter(
			({ wcId }) => receivingAccounts.length === 0 || receivingAccounts.includes(wcId),
		);
	}

	/** n8n saves it after the activation, and with each execution that the trigger starts. */
	private store(): void {
		const kept = staticDataOf(this.watched.context);
		kept.online = Object.fromEntries(this.states.online);
		kept.offline = Object.fromEntries(this.states.offline);
	}

	/**
	 * What webhook processes held at the activation is long over, and n8n stores all of the static data
	 * with the next execution. What they hold now, they store again.
	 */
	private forgetBursts(): void {
		const { context, state } = this.watched;
		if (state.bursts.storedForOthers === undefined) delete staticDataOf(context).heldByWebhooks;
	}
}
