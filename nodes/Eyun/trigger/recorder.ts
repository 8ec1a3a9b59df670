import type { IDeduplicationOutput } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { RecentKeys } from '../transport/recentKeys';
import type { RepeatKey } from './repeatKey';
import { SHORT_LIFE_MS } from './repeatKey';

/**
 * n8n's database-backed memory of one node: says which ids it knew and notes the others.
 * `helpers.checkProcessedAndRecord` reads one row and overwrites it, without a lock.
 */
export type Store = (ids: string[], maxEntries: number) => Promise<IDeduplicationOutput>;

/** One message on its way through `execute()`. */
export interface Passage {
	key: RepeatKey;
	/** Which execution asks: the same one may ask again after its worker was killed. */
	executionId: string;
}

/** How the recorder reaches the outside, from the execution that asks. */
export interface RecorderContext {
	store: Store;
	/** How many messages the database remembers. */
	limit: number;
	/** Told when the store failed and a message was passed on unchecked. */
	onStoreFailure(error: unknown): void;
}

interface Waiting extends Passage {
	context: RecorderContext;
	/** What the store is asked about: any of these means that somebody passed the message. */
	names: string[];
	/** Known when the same execution noted it before. */
	marker: string;
	answer(isRepeat: boolean): void;
}

/** Stands for the execution, in another process or before a restart, that passed a message. */
const ANOTHER_EXECUTION = '';

/** Each message takes two entries in the store: its key, and which execution passed it. */
const ENTRIES_PER_MESSAGE = 2;

/** How many of this process's latest messages go along with each write. */
const WRITTEN_AGAIN = 250;

/** The first insert of two processes at once fails in one of them; the second try finds the row. */
const TRIES = 2;

/** Between two writes, so that the row (half a megabyte when full) takes a fifth of the time at most. */
const REST_FACTOR = 4;
const LONGEST_REST_MS = 250;

/**
 * Tells repeats across restarts and processes. One per process and trigger node.
 *
 * The store loses what another process notes between its read and its write. Therefore calls are
 * joined, so that this process never races itself, and each write notes this process's latest
 * messages once more, which heals what others overwrote. When the store fails the message goes on:
 * twice is better than never.
 */
export class RepeatRecorder {
	/** Key to the execution that passed it, for all this process has seen. */
	private readonly passed = new RecentKeys<string>();

	private latest: string[] = [];

	private waiting: Waiting[] = [];

	private writing = false;

	/**
	 * Whether a message has been passed on before, by another execution.
	 *
	 * @param passage the message and the execution that carries it
	 * @param context store and limits
	 */
	async isRepeat(passage: Passage, context: RecorderContext): Promise<boolean> {
		const { key, executionId } = passage;
		const passedBy = this.passed.get(key.id);
		if (passedBy !== undefined) return passedBy !== executionId;
		const life = key.shortLived ? SHORT_LIFE_MS : Infinity;
		this.passed.set(key.id, executionId, context.limit, life);
		const isRepeat = await new Promise<boolean>((answer) => {
			const marker = `${key.id}#${executionId}`;
			this.waiting.push({ ...passage, context, names: namesOf(key), marker, answer });
			void this.writeAll();
		});
		if (isRepeat) this.passed.set(key.id, ANOTHER_EXECUTION, context.limit, life);
		return isRepeat;
	}

	private async writeAll(): Promise<void> {
		if (this.writing) return;
		this.writing = true;
		// What comes in the same turn goes into one write.
		await Promise.resolve();
		while (this.waiting.length > 0) {
			const batch = this.waiting;
			this.waiting = [];
			const started = performance.now();
			await this.write(batch);
			const rest = Math.min((performance.now() - started) * REST_FACTOR, LONGEST_REST_MS);
			if (this.waiting.length > 0) await sleep(rest);
		}
		this.writing = false;
	}

	private async write(batch: Waiting[]): Promise<void> {
		const { context } = batch[batch.length - 1];
		const ids = new Set([...this.latest, ...batch.flatMap(entriesOf)]);
		const known = await this.ask(context, [...ids]);
		for (const passage of batch) {
			passage.answer(known !== undefined && isKnown(passage, known));
		}
		const newest = [...this.latest, ...batch.flatMap(entriesOf)];
		const kept = Math.min(WRITTEN_AGAIN, Math.floor(context.limit / 2)) * ENTRIES_PER_MESSAGE;
		this.latest = kept === 0 ? [] : newest.slice(-kept);
	}

	/** What the store knew of the ids; undefined when it failed. */
	private async ask(context: RecorderContext, ids: string[]): Promise<Set<unknown> | undefined> {
		const maxEntries = Math.max(context.limit * ENTRIES_PER_MESSAGE, ids.length);
		for (let attempt = 1; ; attempt++) {
			try {
				const { processed } = await context.store(ids, maxEntries);
				return new Set<unknown>(processed);
			} catch (error) {
				if (attempt < TRIES) continue;
				context.onStoreFailure(error);
				return undefined;
			}
		}
	}
}

function isKnown({ names, marker }: Waiting, known: Set<unknown>): boolean {
	// The same execution again: its worker was killed, and n8n gave it to another one.
	return !known.has(marker) && names.some((name) => known.has(name));
}

function entriesOf({ names, marker }: Waiting): string[] {
	return [...names, marker];
}

/** The store has no notion of time: a short-lived key is noted under the present and the last slot. */
function namesOf(key: RepeatKey): string[] {
	if (!key.shortLived) return [key.id];
	const slot = Math.floor(Date.now() / SHORT_LIFE_MS);
	return [slot, slot - 1].map((number) => `${key.id}@${number}`);
}
