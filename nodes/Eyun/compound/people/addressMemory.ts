import type { IExecuteFunctions } from 'n8n-workflow';

import type { AddressList } from '../../common/addressList';
import { isTool } from '../../common/agent';
import { RecentKeys } from '../../common/recentKeys';
import { credentialsOf } from '../../transport/credentials';
import { credentialKey } from '../../transport/session';
import type { ContactCard } from './person';

const MOST_PEOPLE = 50_000;
const MOST_ACCOUNTS = 10;

/** How long details count that were read for a tool, in milliseconds. */
const PEOPLE_LIVE_MS = 30 * 60_000;

/** Long enough for the calls of one conversation, short enough for a friend made meanwhile. */
const LIST_LIVES_MS = 60_000;

/** What is known of the people of one account, and when the vendor may be asked for more. */
export class AddressMemory {
	private list: { value: AddressList; readMs: number } | undefined;

	private readonly people = new RecentKeys<ContactCard>();

	private line: Promise<unknown> = Promise.resolve();

	/** When the next call for details may start, on the process's steady clock. */
	nextMs = 0;

	/** @param lifeMs how long it counts what somebody is called */
	constructor(private readonly lifeMs = Infinity) {}

	/** The ids of the account, where they were asked for a moment ago. */
	get ids(): AddressList | undefined {
		const isFresh = this.list && performance.now() - this.list.readMs < LIST_LIVES_MS;
		return isFresh ? this.list?.value : undefined;
	}

	set ids(value: AddressList | undefined) {
		this.list = value && { value, readMs: performance.now() };
	}

	/** What is known of an id. */
	get(id: string): ContactCard | undefined {
		return this.people.get(id);
	}

	/** Notes what the vendor says of somebody. */
	set(card: ContactCard): void {
		this.people.set(card.id, card, MOST_PEOPLE, this.lifeMs);
	}

	/** Forgets somebody, so that the next call asks. */
	forget(id: string): void {
		this.people.delete(id);
	}

	/** One piece of work after the other, whatever comes of each. */
	async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
		const turn = this.line.then(work);
		this.line = turn.catch(() => undefined);
		return await turn;
	}
}

/** By credential and account. */
const kept = new RecentKeys<AddressMemory>();

/**
 * What a run knows of an account's people before it asks. A tool is a run for each call of the model, and
 * reading 5,000 friends takes minutes: what one call has read, the next ones know. Any other run begins
 * with nothing, because a name from a while ago may belong to somebody else.
 *
 * @param context n8n's functions of the running node
 * @param account names the account
 */
export async function memoryFor(
	context: IExecuteFunctions,
	account: string,
): Promise<AddressMemory> {
	if (!isTool(context.getNode())) return new AddressMemory();
	const key = `${credentialKey(await credentialsOf(context))} ${account}`;
	const memory = kept.get(key) ?? new AddressMemory(PEOPLE_LIVE_MS);
	kept.set(key, memory, MOST_ACCOUNTS);
	return memory;
}

/** Forgets everything, as a new process has. */
export function forgetPeople(): void {
	kept.clear();
}
