import type { ITriggerFunctions } from 'n8n-workflow';

import { OFFLINE, ONLINE } from '../../callbacks/events';
import { accountsOnlineNow, whyOffline } from '../../transport/client';
import type { OnlineAccount } from '../../transport/types';
import type { TriggerSettings } from '../settings/parse';
import type { AccountStates } from '../state/accountStates';
import { accountStatesOf, noteOffline, noteOnline } from '../state/accountStates';
import { staticDataOf } from '../state/staticData';
import { emitEvent } from './emitEvent';
import { isReallyOnline } from './presence';

/** Tells when accounts go offline and when they are back, each time once. */
export class AccountWatch {
	/** For messages. */
	readonly what = 'the accounts';

	private readonly states: AccountStates;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly settings: TriggerSettings,
		private readonly closed: AbortSignal,
	) {
		this.states = accountStatesOf(context);
	}

	/** Takes up what was known before n8n stopped, and the accounts that are online now. */
	async begin(): Promise<void> {
		this.states.isWatched = true;
		const { online = {}, offline = {} } = staticDataOf(this.context);
		for (const [wcId, wId] of Object.entries(online)) noteOnline(this.states, wcId, wId);
		for (const [wcId, wId] of Object.entries(offline)) noteOffline(this.states, wcId, wId);
		for (const { wcId, wId } of await this.accounts()) {
			// One that is back is told at the first look.
			if (!this.states.offline.has(wcId)) noteOnline(this.states, wcId, wId);
		}
		this.store();
	}

	/** Nobody keeps up to date any more what is known. */
	end(): void {
		this.states.isWatched = false;
		this.states.online.clear();
		this.states.offline.clear();
	}

	/** Looks once; tells what has changed. */
	async look(): Promise<void> {
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
		noteOnline(this.states, wcId, wId);
		if (!isBack) return;
		this.store();
		const data = { wId, lastLogin };
		await emitEvent(this.context, this.settings, { code: ONLINE, wcId, data });
	}

	private async missed(wcId: string, wId: string): Promise<void> {
		if (await isReallyOnline(this.context, (account) => account.wcId === wcId)) return;
		// Meanwhile the vendor may have told it by itself, or the workflow may be deactivated.
		if (this.states.offline.has(wcId) || this.closed.aborted) return;
		noteOffline(this.states, wcId, wId);
		this.store();
		const reason = (await whyOffline(this.context, wcId)) ?? null;
		if (this.closed.aborted) return;
		await emitEvent(this.context, this.settings, { code: OFFLINE, wcId, data: { wId, reason } });
	}

	/** n8n starts the watchdog also where the address could not be registered. */
	private get isActive(): boolean {
		return !this.settings.automatic || staticDataOf(this.context).secret !== undefined;
	}

	private async accounts(): Promise<OnlineAccount[]> {
		const { receivingAccounts } = this.settings;
		const all = await accountsOnlineNow(this.context);
		return all.filter(
			({ wcId }) => receivingAccounts.length === 0 || receivingAccounts.includes(wcId),
		);
	}

	/** n8n saves it after the activation, and with each execution that the trigger starts. */
	private store(): void {
		const kept = staticDataOf(this.context);
		kept.online = Object.fromEntries(this.states.online);
		kept.offline = Object.fromEntries(this.states.offline);
	}
}
