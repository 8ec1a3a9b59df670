import type { IDeduplicationOutput } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { EventKey } from '../../callbacks/eventKey';
import { SHORT_LIFE_MS } from '../../callbacks/eventKey';
import { RecentKeys } from '../../common/recentKeys';

/**
 * n8n's database-backed memory of one node: says which ids it knew and notes the others.
 * `helpers.checkProcessedAndRecord` reads one row and overwrites it, without a lock.
 */
export type Store = (ids: string[], maxEntries: number) => Promise<IDeduplicationOutput>;

/** One message on its way through `execute()`. */
export interface Passage {
	key: EventKey;
	/** Which execution asks: the same one may ask again after its worker was killed. */
	executionId: string;
}

/** How the recorder reaches the outside, from the execution that asks. */
export interface DeduplicatorContext {
	store: Store;
	/** How many messages the database remembers. */
	limit: number;
	/** Told when the store failed and a message was passed on unchecked. */
	onStoreFailure(error: unknown): void;
	/** Whether no other process writes to the store, so that nothing of ours is overwritten there. */
	alone?: boolean;
}

interface Waiting extends Passage {
	context: DeduplicatorContext;
	/** What the store is asked about: any of these means that somebody passed the message. */
	names: string[];
	/** Known when the same execution noted it before. */
	marker: string;
	/** Absent when nobody waits for the answer. */
	answer?(isDuplicate: boolean): void;
}

/** A message that this process passed, on its way into the store for good. */
interface Noted {
	entries: string[];
	/** When the latest write ended that had to add them; on the process's steady clock. */
	since: number;
	/** Nobody can overwrite them any more. */
	sure: boolean;
}

/** Stands for the execution, in another process or before a restart, that passed a message. */
const ANOTHER_EXECUTION = '';

/** Each message takes two entries in the store: its key, and which execution passed it. */
const ENTRIES_PER_MESSAGE = 2;

/** How many of this process's latest messages go along with each write, although they seem sure. */
const WRITTEN_AGAIN = 250;

/** How many are kept until they are sure, when many come at once. */
const MOST_UNSURE = 1000;

/**
 * A message that the store still knows so long after it was added stays there: whoever had read the
 * row without it has written it back by then. Longer where the store is slow.
 */
const SURE_AFTER_MS = 400;
const SURE_AFTER_WRITES = 4;

/** How long messages are collected whose answer nobody waits for. */
const COLLECTED_FOR_MS = 1_000;

/** Before the store is checked again. Up to twice as long, or two processes would keep step. */
const PAUSE_MS = 100;

/** How often the store is checked at most after traffic has ended; two or three are usual. */
const MOST_CHECKS = 12;

/** The first insert of two processes at once fails in one of them; the second try finds the row. */
const TRIES = 2;

/**
 * Between two writes, so that the row (half a megabyte when full) takes a fifth of the time at most,
 * and less where no other process could pass a message on meanwhile.
 */
const REST_FACTOR = 4;
const REST_FACTOR_ALONE = 20;
const LONGEST_REST_MS = 250;

/**
 * Recognizes duplicates across restarts and processes. One for each trigger node and process.
 *
 * The store loses what another process notes between its read and its write. Therefore calls are
 * joined, so that this process never races itself, and each write notes this process's latest
 * messages once more, which heals what others overwrote. When no more messages come, the store is
 * written to again until it knows them for sure. When it fails the message goes on: twice is better
 * than never.
 */
export class Deduplicator {
	/** Key to the execution that passed it, for all this process has seen. */
	private readonly passed = new RecentKeys<string>();

	/** Oldest first. */
	private latest: Noted[] = [];

	private waiting: Waiting[] = [];

	private writing = false;

	private watching = false;

	private collecting = false;

	/** Whether to write although no message waits. */
	private checkNow = false;

	/** What runs beside the executions. */
	private readonly work = new Set<Promise<void>>();

	/** How often the store has been asked. */
	private writes = 0;

	/** How long the latest write took, in milliseconds. */
	private took = 0;

	/** Whether the store failed the last time. */
	private failing = false;

	/**
	 * Whether a message has been passed on before, by another execution.
	 *
	 * @param passage the message and the execution that carries it
	 * @param context store and limits
	 */
	async isDuplicate(passage: Passage, context: DeduplicatorContext): Promise<boolean> {
		const { key, executionId } = passage;
		const passedBy = this.passed.get(key.id);
		if (passedBy !== undefined) return passedBy !== executionId;
		const life = key.shortLived ? SHORT_LIFE_MS : Infinity;
		this.passed.set(key.id, executionId, context.limit, life);
		const isDuplicate = await new Promise<boolean>((answer) => {
			const marker = `${key.id}#${executionId}`;
			this.waiting.push({ ...passage, context, names: namesOf(key), marker, answer });
			this.track(this.writeAll(context));
		});
		if (isDuplicate) this.passed.set(key.id, ANOTHER_EXECUTION, context.limit, life);
		return isDuplicate;
	}

	/**
	 * Notes a message that cannot be a duplicate, so that it is known after a restart. It is written
	 * together with others, within about a second.
	 *
	 * @param passage the message and the execution that carries it
	 * @param context store and limits
	 */
	note({ key, executionId }: Passage, context: DeduplicatorContext): void {
		if (this.passed.get(key.id) !== undefined) return;
		this.passed.set(key.id, executionId, context.limit, key.shortLived ? SHORT_LIFE_MS : Infinity);
		const marker = `${key.id}#${executionId}`;
		this.waiting.push({ key, executionId, context, names: namesOf(key), marker });
		this.track(this.collect(context));
	}

	/** Resolves when all that was noted is in the store, as far as it can be. */
	async idle(): Promise<void> {
		while (this.work.size > 0) await Promise.all(this.work);
	}

	private track(work: Promise<void>): void {
		this.work.add(work);
		void work.finally(() => this.work.delete(work));
	}

	private async collect(context: DeduplicatorContext): Promise<void> {
		if (this.collecting) return;
		this.collecting = true;
		await sleep(COLLECTED_FOR_MS);
		this.collecting = false;
		this.checkNow = true;
		await this.writeAll(context);
	}

	private async writeAll(context: DeduplicatorContext): Promise<void> {
		if (this.writing) return;
		this.writing = true;
		// What comes in the same turn goes into one write.
		await Promise.resolve();
		while (this.isAsked || this.checkNow) {
			const batch = this.waiting;
			this.waiting = [];
			this.checkNow = false;
			await this.write(batch, batch.at(-1)?.context ?? context);
			const factor = context.alone ? REST_FACTOR_ALONE : REST_FACTOR;
			const rest = Math.min(this.took * factor, LONGEST_REST_MS);
			if (this.isAsked) await sleep(rest);
		}
		this.writing = false;
		if (this.waiting.length > 0) this.track(this.collect(context));
		if (!context.alone) this.track(this.watch(context));
	}

	/** Whether somebody waits for an answer of the store. */
	private get isAsked(): boolean {
		return this.waiting.some(({ answer }) => answer !== undefined);
	}

	/**
	 * Looks after what was written last, when no later message does so by its own write: until it is
	 * sure, or the store fails. Runs beside the executions, which have ended by then.
	 */
	private async watch(context: DeduplicatorContext): Promise<void> {
		if (this.watching) return;
		this.watching = true;
		let checks = 0;
		while (checks < MOST_CHECKS && this.latest.some(({ sure }) => !sure)) {
			const { writes } = this;
			await sleep(Math.max(PAUSE_MS, this.took) * (1 + Math.random()));
			if (this.writing || this.writes > writes) {
				checks = 0;
				continue;
			}
			checks++;
			this.checkNow = true;
			await this.writeAll(context);
			if (this.failing) break;
		}
		this.watching = false;
	}

	private async write(batch: Waiting[], context: DeduplicatorContext): Promise<void> {
		const { latest } = this;
		// What nobody else can overwrite stays.
		const writtenAgain = context.alone ? 0 : WRITTEN_AGAIN;
		const again = latest.filter(
			({ sure }, index) => !sure || index >= latest.length - writtenAgain,
		);
		const ids = new Set([...again, ...batch.map(notedOf)].flatMap(({ entries }) => entries));
		const started = performance.now();
		this.writes++;
		const known = await this.ask(context, [...ids], batch.length > 0);
		this.took = performance.now() - started;
		const ended = known === undefined ? Infinity : started + this.took;
		const sureAfter = Math.max(SURE_AFTER_MS, this.took * SURE_AFTER_WRITES);
		const passed: Noted[] = [];
		for (const passage of batch) {
			const isDuplicate = known !== undefined && isKnown(passage, known);
			passage.answer?.(isDuplicate);
			const sure = context.alone === true && known !== undefined;
			if (!isDuplicate) passed.push({ ...notedOf(passage), since: ended, sure });
		}
		if (known !== undefined) {
			for (const noted of again) {
				if (context.alone) {
					noted.sure = true;
				} else if (!noted.entries.every((entry) => known.has(entry))) {
					Object.assign(noted, { sure: false, since: ended });
				} else if (started - noted.since >= sureAfter) {
					noted.sure = true;
				}
			}
		}
		const kept = Math.min(MOST_UNSURE, Math.floor(context.limit / 2));
		this.latest = kept === 0 ? [] : [...latest, ...passed].slice(-kept);
	}

	/** What the store knew of the ids; undefined when it failed. */
	private async ask(
		context: DeduplicatorContext,
		ids: string[],
		forMessages: boolean,
	): Promise<Set<unknown> | undefined> {
		const maxEntries = Math.max(context.limit * ENTRIES_PER_MESSAGE, ids.length);
		for (let attempt = 1; ; attempt++) {
			try {
				const { processed } = await context.store(ids, maxEntries);
				this.failing = false;
				return new Set<unknown>(processed);
			} catch (error) {
				if (attempt < TRIES) continue;
				// Once is enough where no message is passed on unchecked.
				if (forMessages || !this.failing) context.onStoreFailure(error);
				this.failing = true;
				return undefined;
			}
		}
	}
}

function isKnown({ names, marker }: Waiting, known: Set<unknown>): boolean {
	// The same execution again: its worker was killed, and n8n gave it to another one.
	return !known.has(marker) && names.some((name) => known.has(name));
}

function notedOf({ names, marker }: Waiting): Noted {
	return { entries: [...names, marker], since: Infinity, sure: false };
}

/** The store has no notion of time: a short-lived key is noted under the present and the last slot. */
function namesOf(key: EventKey): string[] {
	if (!key.shortLived) return [key.id];
	const slot = Math.floor(Date.now() / SHORT_LIFE_MS);
	return [slot, slot - 1].map((number) => `${key.id}@${number}`);
}
