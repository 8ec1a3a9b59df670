/** One callback address that this process has registered with Eyun. */
export interface Registration {
	/** Origin and path, without secret; a test run has a path of its own. */
	address: string;
	secret: string;
	/**
	 * Test runs only: the whole address that it stands in for, where only Eyun still knows it;
	 * '' where there is none, or where this n8n registers it by itself when it starts again.
	 */
	before?: string;
	/** Names the trigger node (`triggerIdOf`). */
	triggerId: string;
	/** Whether it is the address of a test run. */
	test: boolean;
	/** Names the developer account (`credentialKey`). */
	accountKey: string;
	/** The whole address that it replaced, to be restored. */
	previous?: string;
	/** Whole addresses of all who wanted the callbacks when it was registered first. */
	older?: string[];
}

/** An activation that failed, and may be tried again. */
export type Attempt = Pick<Registration, 'secret' | 'previous'>;

/**
 * The addresses that this process has registered, of all its triggers. Eyun keeps one address for
 * each developer account, so of those with one account the newest receives the callbacks.
 */
export class Registrations {
	/** By address: what an activation that failed wanted to register, and Eyun may have registered. */
	private readonly attempts = new Map<string, Attempt>();

	/** The addresses that users register with Eyun by hand, by trigger. */
	private readonly byHand = new Map<string, Registration>();

	/** Oldest first. */
	private all: readonly Registration[] = [];

	private turn: Promise<unknown> = Promise.resolve();

	/** Runs what takes addresses back one after another: each looks who is left. */
	async inTurn(work: () => Promise<void>): Promise<void> {
		const mine = this.turn.then(work);
		this.turn = mine.catch(() => undefined);
		await mine;
	}

	/** The activation of an address that failed last, if it has not succeeded since. */
	attemptAt(address: string): Attempt | undefined {
		return this.attempts.get(address);
	}

	/**
	 * Drops a registration of which it is not known whether Eyun has it, and remembers it: the next
	 * attempt goes on with its secret, and gives back to the same receiver.
	 */
	fail({ address, secret, previous }: Registration): void {
		this.remove(address);
		this.attempts.set(address, { secret, previous });
	}

	/** Notes that Eyun has a registration. */
	succeed({ address }: Registration): void {
		this.attempts.delete(address);
	}

	/** Adds a registration as the newest; an older one of the same address goes. */
	add(registration: Registration): void {
		this.remove(registration.address);
		this.all = [...this.all, registration];
	}

	/** Adds a registration that another one has replaced. */
	addAsOldest(registration: Registration): void {
		this.remove(registration.address);
		this.all = [registration, ...this.all];
	}

	/** Drops the registration of an address. */
	remove(address: string): void {
		this.all = this.all.filter((known) => known.address !== address);
	}

	/** The registration of an address without secret, if this process made it. */
	at(address: string): Registration | undefined {
		return this.all.find((known) => known.address === address);
	}

	/** The registration that this process made for a trigger node. */
	of(triggerId: string, test: boolean): Registration | undefined {
		return this.all.find((known) => known.triggerId === triggerId && known.test === test);
	}

	/** Notes the address of an active trigger that its user registers by hand. */
	addByHand(registration: Registration): void {
		this.byHand.set(registration.triggerId, registration);
	}

	/** Forgets such an address. */
	removeByHand(triggerId: string): void {
		this.byHand.delete(triggerId);
	}

	/** The address of an active trigger, whoever has registered it. */
	addressOf(triggerId: string): Registration | undefined {
		return this.of(triggerId, false) ?? this.byHand.get(triggerId);
	}

	/** The active trigger that gets the callbacks of a developer account first. */
	receiverFor(accountKey: string): Registration | undefined {
		const own = this.all.filter((known) => !known.test && known.accountKey === accountKey).at(-1);
		return own ?? [...this.byHand.values()].find((known) => known.accountKey === accountKey);
	}

	/** The origins of all addresses of active triggers. */
	get origins(): string[] {
		return [...this.all, ...this.byHand.values()].map(({ address }) => new URL(address).origin);
	}

	/** The other active triggers of the same developer account, oldest first. */
	besides({ accountKey, address }: Registration): Registration[] {
		return this.all.filter(
			(known) => !known.test && known.accountKey === accountKey && known.address !== address,
		);
	}

	/**
	 * Puts another receiver in the place of one that is gone.
	 *
	 * @param isGone tells it by its whole address
	 * @param previous the one that it had replaced
	 * @returns the registrations that are to be kept anew
	 */
	relink(isGone: (url: string) => boolean, previous: string | undefined): Registration[] {
		const changed: Registration[] = [];
		this.all = this.all.map((known) => {
			if (known.previous === undefined || !isGone(known.previous)) return known;
			const next = { ...known, previous };
			changed.push(next);
			return next;
		});
		return changed;
	}

	/** Who receives the callbacks of a developer account, as far as this process knows. */
	latestOf(accountKey: string): Registration | undefined {
		return this.all.filter((known) => known.accountKey === accountKey).at(-1);
	}

	/** Whether a test run of this process stands in for whoever receives an account's callbacks. */
	isTestListening(accountKey: string): boolean {
		return this.all.some((known) => known.accountKey === accountKey && known.test);
	}
}
