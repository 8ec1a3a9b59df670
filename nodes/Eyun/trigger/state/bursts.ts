import { sleep } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { eventKeyOf } from '../../callbacks/eventKey';
import type { TriggerOutput } from '../../callbacks/output';
import { RecentKeys } from '../../common/recentKeys';
import type { Emit } from './starts';

/** So many messages are merged at most. */
const MOST_MESSAGES = 50;

/** So many bursts of other processes are remembered, so that none is taken over twice. */
const MOST_KNOWN = 2_000;

/**
 * Where the messages of a burst are until it is passed on: in static data and started by the active
 * trigger of this process; in static data and started by a webhook call that the process makes to
 * itself; or in webhook calls that go on until the burst is over.
 */
export type BurstPlace = 'trigger' | 'ownCalls' | 'openCalls';

/** A burst in static data where webhooks have processes of their own; times are Unix time in milliseconds. */
export interface HeldBurst {
	/** Person and chat. */
	key: string;
	/** The process that passes it on (`Bursts.holder`). */
	holder: string;
	/** When its first message came. */
	since: number;
	/** When its process passes it on unless another message comes. */
	until: number;
	messages: TriggerOutput[];
}

/** Messages of one person in one chat that are waiting for more. */
export interface Burst extends HeldBurst {
	/** Names it in static data. */
	readonly id: string;
	readonly place: BurstPlace;
	/** Changes with each message, so that an earlier wait knows that it is over. */
	version: number;
	/** Passed on, or dropped. */
	isOver: boolean;
	/** Resolves then. */
	readonly over: Promise<void>;
	/** Passes it on now. */
	passOn(): void;
	end(): void;
}

type Beginning = Pick<Burst, 'key' | 'place'> & Partial<HeldBurst & Pick<Burst, 'id'>>;

/** The messages of one trigger that wait to be merged. */
export class Bursts {
	/** Names this process among those that hold bursts of the trigger. */
	readonly holder = randomUUID();

	/** Whether the process reaches its own webhook, once that has been tried. */
	reachesItself: Promise<boolean> | undefined;

	/** The trigger, if it becomes active in this process soon after the start. */
	emitSoon: Promise<Emit | undefined> | undefined;

	private readonly all = new Map<string, Burst>();

	/** Passed on, and not stored by n8n yet: still to be kept. */
	private readonly leaving = new Map<string, Burst>();

	/** Bursts of other processes that were taken over, by id. */
	private readonly known = new RecentKeys<true>();

	/** What other processes held when the trigger was deactivated, once that is known. */
	private left: HeldBurst[] | undefined;

	private tellLeft = () => {};

	private readonly leftToOthers = new WeakSet<Burst>();

	private passedOn = 0;

	/**
	 * Adds a message.
	 *
	 * @param key person and chat
	 * @param message what the trigger would output for it
	 * @param place where a burst that begins is kept
	 * @param passOn called for a burst that begins, once: to pass it on
	 */
	add(
		key: string,
		message: TriggerOutput,
		place: BurstPlace,
		passOn: (burst: Burst) => void,
	): Burst {
		const burst = this.all.get(key) ?? this.begin(key, { key, place }, passOn);
		burst.messages.push(message);
		burst.version++;
		burst.holder = this.holder;
		return burst;
	}

	/**
	 * Takes over what other processes hold: they may be gone. New messages of the same person join.
	 *
	 * @param held from static data, copied
	 * @param passOn called for each, once: to pass it on
	 * @returns those of which this process has learned something new
	 */
	takeOver(held: Record<string, HeldBurst>, passOn: (burst: Burst) => void): Burst[] {
		const others = Object.entries(held).filter(([, { holder }]) => holder !== this.holder);
		return others
			.map(([id, kept]) => {
				const waiting = [...this.all.values()].find((burst) => burst.id === id);
				if (waiting !== undefined) return this.learn(waiting, kept) ? waiting : undefined;
				if (this.known.get(id)) return undefined;
				this.known.set(id, true, MOST_KNOWN);
				const name = this.all.has(kept.key) ? `${kept.key}#${id}` : kept.key;
				return this.begin(name, { ...kept, id, place: 'ownCalls' }, passOn);
			})
			.filter((burst) => burst !== undefined);
	}

	/** Lets a burst be taken over again that was believed to have been left behind. */
	forget({ id }: Burst): void {
		this.known.delete(id);
	}

	/** Both processes live, and the other one has got more, or has taken the burst over. */
	private learn(burst: Burst, kept: HeldBurst): boolean {
		const isSame = burst.holder === kept.holder && burst.until >= kept.until;
		if (isSame && burst.messages.length >= kept.messages.length) return false;
		const own = missingIn(kept.messages, burst.messages);
		burst.messages.splice(0, burst.messages.length, ...kept.messages, ...own);
		burst.holder = own.length > 0 ? this.holder : kept.holder;
		burst.until = Math.max(burst.until, kept.until);
		burst.version++;
		return true;
	}

	/** Whether a burst takes no more messages. */
	isFull({ messages }: Burst): boolean {
		return messages.length >= MOST_MESSAGES;
	}

	/** The burst of a person in a chat. */
	of(key: string): Burst | undefined {
		return this.all.get(key);
	}

	/**
	 * Keeps messages that were taken up among what is stored, as long as n8n has not stored their execution.
	 *
	 * @param messages of one burst
	 * @returns to be called when it has
	 */
	hold(messages: TriggerOutput[]): () => void {
		const key = `held#${this.passedOn}`;
		const burst = this.begin(key, { key, place: 'trigger', messages }, () => {});
		burst.passOn();
		return () => burst.end();
	}

	/** A burst that is being passed on. */
	leavingBy(id: string): Burst | undefined {
		return [...this.leaving.values()].find((burst) => burst.id === id);
	}

	/** Whether this process has all of these messages. */
	hasAll(messages: TriggerOutput[]): boolean {
		const bursts = [...this.leaving.values(), ...this.all.values()];
		const here = bursts.flatMap((burst) => burst.messages);
		return missingIn(here, messages).length === 0;
	}

	/** Drops what waits in a chat: the owner has answered. */
	drop(chatKey: string): void {
		for (const [key, burst] of this.all) {
			if (key.startsWith(`${chatKey}|`)) this.remove(burst);
		}
	}

	/** Passes on all that waits. */
	passOnAll(): void {
		for (const burst of [...this.all.values()]) burst.passOn();
	}

	/**
	 * Leaves what webhooks held to the trigger, which is being deactivated.
	 *
	 * @param held from static data, copied
	 */
	leave(held: Record<string, HeldBurst>): void {
		for (const burst of [...this.all.values(), ...this.leaving.values()]) {
			if (burst.id in held) this.remove(burst);
		}
		this.left = Object.values(held);
		this.tellLeft();
	}

	/** Notes that the trigger was away, and may have started what stood in static data. */
	leaveToOthers(burst: Burst): void {
		this.leftToOthers.add(burst);
	}

	/** Whether a burst is this process's only as long as static data says so. */
	isLeftToOthers(burst: Burst): boolean {
		return this.leftToOthers.has(burst);
	}

	/**
	 * What was left to the trigger; n8n ends it while the webhook is still being taken back.
	 *
	 * @param longestMs how long to wait until it is known, in milliseconds
	 */
	async takeLeft(longestMs: number): Promise<HeldBurst[]> {
		if (this.left === undefined) {
			const isKnown = new Promise<void>((tell) => (this.tellLeft = tell));
			await Promise.race([isKnown, sleep(longestMs)]);
		}
		const { left = [] } = this;
		this.left = undefined;
		return left;
	}

	/** What the active trigger takes up after a crash: the messages of each burst. */
	get stored(): Record<string, TriggerOutput[]> {
		const kept = [...this.leaving, ...this.all].filter(([, { place }]) => place === 'trigger');
		return Object.fromEntries(kept.map(([key, { messages }]) => [key, [...messages]]));
	}

	/** What another process takes over after a crash, by id; undefined for nothing. */
	get storedForOthers(): Record<string, HeldBurst> | undefined {
		const kept = [...this.leaving.values(), ...this.all.values()].filter(
			({ place }) => place === 'ownCalls',
		);
		if (kept.length === 0) return undefined;
		return Object.fromEntries(
			kept.map(({ id, key, holder, since, until, messages }) => [
				id,
				{ key, holder, since, until, messages: [...messages] },
			]),
		);
	}

	/**
	 * Adds what webhooks have stored since n8n read static data that it is about to store.
	 *
	 * @param data the static data of an activation
	 */
	addTo(data: { heldByWebhooks?: Record<string, HeldBurst> }): void {
		const { storedForOthers } = this;
		if (storedForOthers === undefined) return;
		const before = JSON.parse(JSON.stringify(data.heldByWebhooks ?? {})) as typeof storedForOthers;
		data.heldByWebhooks = { ...before, ...storedForOthers };
	}

	private begin(
		name: string,
		{ key, place, id, holder, since, until, messages = [] }: Beginning,
		passOn: (burst: Burst) => void,
	): Burst {
		let resolve = () => {};
		const over = new Promise<void>((end) => {
			resolve = end;
		});
		const now = Date.now();
		const burst: Burst = {
			id: id ?? randomUUID(),
			key,
			place,
			holder: holder ?? this.holder,
			since: since ?? now,
			until: until ?? now,
			messages,
			version: 0,
			isOver: false,
			over,
			end: () => {
				burst.isOver = true;
				for (const [left, other] of this.leaving) if (other === burst) this.leaving.delete(left);
				resolve();
			},
			passOn: () => {
				if (burst.isOver) return;
				this.all.delete(name);
				// Under another name: the same person may write again meanwhile.
				this.leaving.set(`${name}#${++this.passedOn}`, burst);
				burst.isOver = true;
				passOn(burst);
			},
		};
		this.all.set(name, burst);
		return burst;
	}

	private remove(burst: Burst): void {
		for (const [name, other] of this.all) if (other === burst) this.all.delete(name);
		burst.end();
	}
}

/**
 * The messages that others do not have.
 *
 * @param others messages
 * @param messages in which to look
 */
export function missingIn(others: TriggerOutput[], messages: TriggerOutput[]): TriggerOutput[] {
	const known = new Set(others.map((message) => eventKeyOf(message).id));
	return messages.filter((message) => !known.has(eventKeyOf(message).id));
}
