import { CALLBACK_RESTORED } from '../../callbacks/events';
import {
	isTestAddress,
	sameReceiver,
	SECRET_PARAMETER,
	shownAddress,
	toUrl,
} from '../address/callbackAddress';
import { conflict } from '../address/conflict';
import { keep, leftBehind } from '../address/kept';
import { intendedReceiver, isOurOwn } from '../address/receiver';
import { accountKeyOf, registerAddress, registeredAddress } from '../address/registeredAddress';
import { staticDataOf } from '../state/staticData';
import { emitEvent } from './emitEvent';
import type { Watched } from './watched';

/**
 * Keeps the callbacks coming: restores the address where another system has registered its own or
 * somebody has canceled it, and registers again where Eyun may pause after a failed push.
 */
export class AddressWatch {
	/** For messages. */
	readonly what = 'the callback address';

	/** The address of a test run of another n8n, which is given the time to end. */
	private spared: string | undefined;

	/** How Eyun shows our address, should it change how it is written. */
	private shownAs: string | undefined;

	private hasToldOfMove = false;

	constructor(private readonly watched: Watched) {}

	/** Checks once; repairs what is to be repaired, and reports it. */
	async check(): Promise<void> {
		const { context, settings, state, closed } = this.watched;
		const { secret, address } = staticDataOf(context);
		if (!settings.automatic || secret === undefined || address === undefined) return;
		const pushes = state.pushes.take();
		if (await this.isOthersTurn()) return;
		if (await this.isOfAnotherDeveloper()) return await this.moveThere(address, secret);
		const ours = toUrl({ address, secret });
		const registered = await registeredAddress(context, this.registrations);
		if (closed.aborted) return;
		if (registered.certain && !this.isOurs(registered.url, ours)) {
			// Whoever has come hands the callbacks on to this trigger.
			const isShared = settings.shares && registered.url !== undefined && pushes.accepted;
			if (!isShared && !this.isSpared(registered.url)) await this.restore(ours, registered.url);
			return;
		}
		this.spared = undefined;
		// Silence may mean that Eyun pauses; where nothing is wrong, registering does no harm.
		if (pushes.failed || !pushes.accepted) await registerAddress(context, ours);
	}

	private get registrations() {
		return this.watched.state.shared.registrations;
	}

	/** A test run of this n8n is listening, or another workflow of it has taken over on purpose. */
	private async isOthersTurn(): Promise<boolean> {
		const { context, state } = this.watched;
		const accountKey = await accountKeyOf(context);
		if (this.registrations.isTestListening(accountKey)) return true;
		const latest = this.registrations.latestOf(accountKey);
		return latest !== undefined && latest.triggerId !== state.id;
	}

	/** Somebody has put another account into the credential. */
	private async isOfAnotherDeveloper(): Promise<boolean> {
		const { context } = this.watched;
		const { developer } = staticDataOf(context);
		return developer !== undefined && developer !== (await accountKeyOf(context));
	}

	/** Registers with the account that is in the credential now, as an activation would. */
	private async moveThere(address: string, secret: string): Promise<void> {
		const { context, settings, state } = this.watched;
		if (!this.hasToldOfMove) context.logger.warn(leftBehind(address));
		this.hasToldOfMove = true;
		const { url } = await registeredAddress(context, this.registrations);
		const receiver = intendedReceiver(this.registrations, url);
		const previous = receiver && sameReceiver(receiver, address) ? undefined : receiver;
		const isForeign = previous !== undefined && !isOurOwn(this.registrations, previous, address);
		if (isForeign && !settings.takesOver && !settings.shares)
			throw conflict(context.getNode(), previous);
		const accountKey = await accountKeyOf(context);
		const registration = {
			...{ address, secret, previous, accountKey },
			triggerId: state.id,
			test: false,
		};
		await registerAddress(context, toUrl(registration));
		this.registrations.add(registration);
		keep(context, registration, []);
		this.hasToldOfMove = false;
	}

	/** The callbacks are handed on to whoever was found in the place of this trigger. */
	private shareWith(found: string | undefined): void {
		const { context, state } = this.watched;
		const registration = this.registrations.of(state.id, false);
		const receiver = intendedReceiver(this.registrations, found);
		if (registration === undefined || receiver === undefined) return;
		const next = { ...registration, previous: receiver };
		this.registrations.add(next);
		keep(context, next);
	}

	private isOurs(url: string | undefined, ours: string): boolean {
		if (url === undefined) return false;
		if (url === ours || url === this.shownAs) return true;
		return sameReceiver(url, ours) && secretOf(url) === secretOf(ours);
	}

	/** Once: should it still be there at the next check, it was left behind. */
	private isSpared(url: string | undefined): boolean {
		if (url === undefined || !isTestAddress(url) || url === this.spared) return false;
		this.spared = url;
		return true;
	}

	private async restore(ours: string, found: string | undefined): Promise<void> {
		const { context, settings } = this.watched;
		await registerAddress(context, ours);
		if (settings.shares) this.shareWith(found);
		this.spared = undefined;
		this.shownAs = (await registeredAddress(context, this.registrations)).url;
		await emitEvent(this.watched, {
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
