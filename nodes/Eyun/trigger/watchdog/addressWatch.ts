import type { ITriggerFunctions } from 'n8n-workflow';

import { CALLBACK_RESTORED } from '../../callbacks/events';
import {
	isTestAddress,
	sameReceiver,
	SECRET_PARAMETER,
	shownAddress,
	toUrl,
} from '../address/callbackAddress';
import { accountKeyOf, askHolder, registerAddress } from '../address/vendorAddress';
import type { TriggerSettings } from '../settings/parse';
import { takePushes } from '../state/pushes';
import { isTestListening, latestOf } from '../state/registrations';
import { staticDataOf } from '../state/staticData';
import { triggerIdOf } from '../state/triggerId';
import { emitEvent } from './emitEvent';

/**
 * Keeps the callbacks coming: puts back the address where another system has registered its own or
 * somebody has cancelled it, and registers again where the vendor may rest after a failed push.
 */
export class AddressWatch {
	/** For messages. */
	readonly what = 'the callback address';

	/** The address of a test run of another n8n, which is given the time to end by itself. */
	private spared: string | undefined;

	/** How the vendor shows our address, should it change how it is written. */
	private shownAs: string | undefined;

	constructor(
		private readonly context: ITriggerFunctions,
		private readonly settings: TriggerSettings,
		private readonly closed: AbortSignal,
	) {}

	/** Looks once; repairs what is to be repaired, and tells so. */
	async look(): Promise<void> {
		const { secret, address } = staticDataOf(this.context);
		if (!this.settings.automatic || secret === undefined || address === undefined) return;
		const pushes = takePushes(triggerIdOf(this.context));
		if (await this.isOthersTurn()) return;
		const ours = toUrl({ address, secret });
		const holder = await askHolder(this.context);
		if (this.closed.aborted) return;
		if (holder.certain && !this.isOurs(holder.url, ours)) {
			if (!this.isSpared(holder.url)) await this.restore(ours, holder.url);
			return;
		}
		this.spared = undefined;
		// Silence may mean that the vendor rests; where nothing is wrong, registering does no harm.
		if (pushes.failed || !pushes.taken) await registerAddress(this.context, ours);
	}

	/** A test run of this n8n is listening, or another workflow of it has taken over on purpose. */
	private async isOthersTurn(): Promise<boolean> {
		const accountKey = await accountKeyOf(this.context);
		if (isTestListening(accountKey)) return true;
		const latest = latestOf(accountKey);
		return latest !== undefined && latest.triggerId !== triggerIdOf(this.context);
	}

	private isOurs(url: string | undefined, ours: string): boolean {
		if (url === undefined) return false;
		if (url === ours || url === this.shownAs) return true;
		return sameReceiver(url, ours) && secretOf(url) === secretOf(ours);
	}

	/** Once: should it still be there at the next look, it was left behind. */
	private isSpared(url: string | undefined): boolean {
		if (url === undefined || !isTestAddress(url) || url === this.spared) return false;
		this.spared = url;
		return true;
	}

	private async restore(ours: string, found: string | undefined): Promise<void> {
		await registerAddress(this.context, ours);
		this.spared = undefined;
		this.shownAs = (await askHolder(this.context)).url;
		await emitEvent(this.context, this.settings, {
			code: CALLBACK_RESTORED,
			data: {
				address: shownAddress(ours),
				found: found === undefined ? null : shownAddress(found),
			},
		});
	}
}

function secretOf(url: string): string | null {
	return URL.canParse(url) ? new URL(url).searchParams.get(SECRET_PARAMETER) : null;
}
