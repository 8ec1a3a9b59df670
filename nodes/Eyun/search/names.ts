import { sleep } from 'n8n-workflow';

import { RecentKeys } from '../common/recentKeys';
import { isRecord } from '../common/records';
import type { Viewer } from './current';

/** What an id is called. */
export interface Names {
	/** What the list shows; empty where the vendor gives no name. */
	shown: string;
	/** Everything a search finds it by, besides the id. */
	searched: string;
}

/** Calls /getContact for some ids and returns the answer's `data`. */
export type AskContacts = (wcIds: readonly string[]) => Promise<unknown>;

/**
 * Asks for names as an account.
 *
 * @param viewer the account
 */
export function contactsAsker({ ask }: Viewer): AskContacts {
	return async (wcIds) => await ask('/getContact', { wcId: wcIds.join(',') });
}

/** How many ids /getContact takes, and the pause the vendor wants between two calls. */
export const MOST_IDS = 20;
const PAUSE_MS = { least: 300, most: 800 };

const MOST_NAMES = 20_000;
const NAMES_LIVE_MS = 30 * 60_000;

const NAMELESS: Names = { shown: '', searched: '' };

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/**
 * Puts the names of one entry together.
 *
 * @param own what the account calls it (remark, or the name in a group); may be empty
 * @param nickName what it calls itself
 * @param more other names to be found by
 */
export function namesOf(own: unknown, nickName: unknown, ...more: unknown[]): Names {
	const [first, second] = [...new Set([textOf(own), textOf(nickName)])].filter(
		(name) => name !== '',
	);
	return {
		shown: second === undefined ? (first ?? '') : `${first}, ${second}`,
		searched: [own, nickName, ...more].map(textOf).join('\n'),
	};
}

/** The names in one account's address list, as far as they are known. */
export class NameBook {
	private readonly names = new RecentKeys<Names & { order: number }>();

	/** How many names were learned so far. */
	private learned = 0;

	private queue: Promise<void> = Promise.resolve();

	/** When the next call may start, on the process's steady clock. */
	private nextMs = 0;

	/** What an id is called, as far as it is known. */
	get(wcId: string): Names | undefined {
		return this.names.get(wcId);
	}

	/** A mark of what is known now, for `isNewSince`. */
	get mark(): number {
		return this.learned;
	}

	/**
	 * Whether the name of an id was not known yet at some time.
	 *
	 * @param mark what `mark` was then
	 */
	isNewSince(wcId: string, mark: number): boolean {
		return (this.names.get(wcId)?.order ?? Infinity) > mark;
	}

	/** Notes what an id is called. */
	set(wcId: string, names: Names): void {
		const order = this.names.get(wcId)?.order ?? ++this.learned;
		this.names.set(wcId, { ...names, order }, MOST_NAMES, NAMES_LIVE_MS);
	}

	/**
	 * Asks for the names that are missing, in one call of 20 ids at most. Calls follow one another
	 * at the vendor's pace, whoever wants them.
	 *
	 * @param wcIds the ids; beyond 20 unknown ones the rest stays unknown
	 * @param ask makes the call
	 * @throws whatever `ask` throws
	 */
	async learn(wcIds: readonly string[], ask: AskContacts): Promise<void> {
		const turn = this.queue.then(async () => await this.learnNow(wcIds, ask));
		this.queue = turn.catch(() => undefined);
		await turn;
	}

	private async learnNow(wcIds: readonly string[], ask: AskContacts): Promise<void> {
		const unknown = wcIds.filter((wcId) => !this.get(wcId)).slice(0, MOST_IDS);
		if (unknown.length === 0) return;
		await sleep(Math.max(0, this.nextMs - performance.now()));
		try {
			const data = await ask(unknown);
			for (const wcId of unknown) this.set(wcId, NAMELESS);
			for (const entry of Array.isArray(data) ? data.filter(isRecord) : []) {
				const { userName, remark, nickName, aliasName } = entry;
				this.set(textOf(userName), namesOf(remark, nickName, aliasName));
			}
		} finally {
			const { least, most } = PAUSE_MS;
			this.nextMs = performance.now() + least + Math.random() * (most - least);
		}
	}
}
