import type { ITriggerFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { RecentKeys } from '../../common/recentKeys';
import { FailedStarts } from './failedStarts';

/** n8n's `emit`; its type in older ones has no key. */
type Start = (...args: [...Parameters<ITriggerFunctions['emit']>, key?: string]) => void;

/** n8n's function that starts an execution from a trigger. */
export interface Emit {
	start: Start;
	/**
	 * Whether it takes a key of which n8n's database holds one at most, and always tells what became of
	 * the execution. Below 2.35 nobody hears of one that n8n could not store. From about 2.20 to 2.31 the
	 * key of one that a crash kept from running is taken for good, and from 2.32 a second start under the
	 * same key replaces one that has to wait. So without `tells` no key is used either.
	 */
	tells: boolean;
}

/** The place of the key among the arguments of `emit`. */
const KEY_ARGUMENT = 4;

/**
 * What `emit` calls where it tells of everything. n8n shows no other sign of it: neither a helper nor
 * an export came with it. Where it has another name, all works as on an older n8n.
 */
const TELLING = 'settleDonePromise';

/** How many executions of before the trigger was active are known, and for how many milliseconds. */
const MOST_EARLY = 5_000;
const EARLY_LIFE_MS = 120_000;

/** How one trigger starts executions in this process, and which of them are being stored. */
export class Starts {
	/**
	 * In queue mode executions run in workers, and no beginning is ever reported here. Found out at
	 * the first execution.
	 */
	runElsewhere = false;

	/** Those that n8n could not store. */
	readonly failed = new FailedStarts();

	/** Keys of events that n8n has started its own way, because the trigger was not active yet. */
	private readonly early = new RecentKeys<true>();

	private arrivals = 0;

	/** Of the active trigger; undefined where the trigger lives in another process, or is not active. */
	private emitter: Emit | undefined;

	/** Those who wait for the trigger to become active. */
	private readonly waiting = new Set<() => void>();

	private readonly pending = new Set<Promise<void>>();

	/**
	 * Called when `execute()` begins with an event: n8n has stored the execution then. By event key; of
	 * the same event there may be several where duplicates are let through.
	 */
	private readonly beginnings = new Map<string, Array<() => void>>();

	/** The emit function of the active trigger. */
	get emit(): Emit | undefined {
		return this.emitter;
	}

	/** Whether what was answered may fail to be stored, because it can be started again from here. */
	get canStartAgain(): boolean {
		return this.emitter !== undefined && this.failed.hasRoom;
	}

	/** Numbers the events in the order in which they came. */
	nextArrival(): number {
		return ++this.arrivals;
	}

	/**
	 * Notes that n8n starts an event its own way, so without a key in its database.
	 *
	 * @param keyId the event's key
	 */
	noteEarly(keyId: string): void {
		this.early.set(keyId, true, MOST_EARLY, EARLY_LIFE_MS);
	}

	/**
	 * Whether n8n has started an event its own way. Says so once.
	 *
	 * @param keyId the event's key
	 */
	takeEarly(keyId: string): boolean {
		const isEarly = this.early.get(keyId) === true;
		this.early.delete(keyId);
		return isEarly;
	}

	/** Resolves when no execution is on its way into n8n's database. */
	async idle(): Promise<void> {
		while (this.pending.size > 0) await Promise.all(this.pending);
	}

	/** Notes that an execution is being stored until `work` ends. */
	async track<Result>(work: Promise<Result>): Promise<Result> {
		const ended = work.then(
			() => undefined,
			() => undefined,
		);
		this.pending.add(ended);
		return await work.finally(() => this.pending.delete(ended));
	}

	/**
	 * Lets events start executions through `emit`.
	 *
	 * @returns how to stop that
	 */
	useEmit(start: Emit['start']): () => void {
		const tells = start.length >= KEY_ARGUMENT && String(start).includes(TELLING);
		const emit = { start, tells };
		this.emitter = emit;
		for (const resume of this.waiting) resume();
		this.waiting.clear();
		return () => {
			if (this.emitter === emit) this.emitter = undefined;
		};
	}

	/**
	 * Waits until the trigger is active in this process.
	 *
	 * @param longestMs the longest wait, in milliseconds
	 */
	async whenActive(longestMs: number): Promise<Emit | undefined> {
		let resume = () => {};
		const isActive = new Promise<void>((resolve) => {
			resume = resolve;
		});
		this.waiting.add(resume);
		await Promise.race([isActive, sleep(longestMs)]);
		this.waiting.delete(resume);
		return this.emitter;
	}

	/**
	 * Calls `listener` when the execution of an event begins in this process.
	 *
	 * @param keyId the event's key
	 * @returns how to stop that
	 */
	onBeginning(keyId: string, listener: () => void): () => void {
		this.beginnings.set(keyId, [...(this.beginnings.get(keyId) ?? []), listener]);
		return () => this.stopListening(keyId, listener);
	}

	/**
	 * Reports that the execution of an event begins.
	 *
	 * @returns whether somebody in this process waits for that
	 */
	reportBeginning(keyId: string): boolean {
		const [listener] = this.beginnings.get(keyId) ?? [];
		if (listener === undefined) return false;
		this.stopListening(keyId, listener);
		listener();
		return true;
	}

	private stopListening(keyId: string, listener: () => void): void {
		const others = (this.beginnings.get(keyId) ?? []).filter((known) => known !== listener);
		if (others.length > 0) this.beginnings.set(keyId, others);
		else this.beginnings.delete(keyId);
	}
}
