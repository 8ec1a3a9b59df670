import type { IExecuteFunctions } from 'n8n-workflow';

import type { AddressList } from '../../common/addressList';
import { addressListIn, EMPTY_ADDRESS_LIST } from '../../common/addressList';
import { answersById } from '../../execution/calls/batching';
import { toCall } from '../../execution/calls/toCall';
import { callOptions } from '../../execution/options/callOptions';
import { waitUnlessCancelled } from '../../execution/pacing/pace';
import { throwIfCancelled } from '../../execution/pacing/poll';
import { callVendor } from '../../transport/client';
import { NO_CODE, vendorFailure } from '../../transport/failure';
import type { AddressMemory } from './addressMemory';
import { memoryFor } from './addressMemory';
import type { ContactCard } from './person';
import { personIn } from './person';
import { operationOf } from '../../catalogue';

const LIST = operationOf('login', 'getContacts');
const DETAILS = operationOf('contact', 'get');

/** How many ids one call takes, and the pause that the vendor wants between two calls. */
const MOST_IDS = DETAILS.fields.find(({ name }) => name === DETAILS.batch?.field)?.maxItems ?? 1;
const { min: LEAST_PAUSE_MS, max: MOST_PAUSE_MS } = DETAILS.pause ?? { min: 0, max: 0 };

/** So many are read again in a few seconds. */
const MOST_READ_AGAIN = 100;

/**
 * The people and groups of one account in one run of a node: whoever has been asked about is known to
 * the other items, and all calls follow one another at the vendor's pace.
 */
export class AddressBook {
	private list: Promise<AddressList> | undefined;

	/** Whom this run has asked about itself. */
	private readonly asked = new Set<string>();

	/**
	 * @param context n8n's functions of the running node
	 * @param wId the account, as `buildBody` made it
	 * @param memory what is known already
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly wId: unknown,
		private readonly memory: AddressMemory,
	) {}

	/**
	 * The ids of all friends and saved groups.
	 *
	 * @param itemIndex the input item it is for, named when it fails
	 * @throws NodeApiError when the vendor has not loaded the list yet, or cannot be asked
	 */
	async ids(itemIndex: number): Promise<AddressList> {
		if (this.list !== undefined) return await this.list;
		if (this.memory.ids !== undefined) return this.memory.ids;
		const asked = this.askForList(itemIndex);
		this.list = asked;
		asked.catch(() => (this.list = undefined));
		return await asked;
	}

	/**
	 * Gives what is known of some ids one by one. Asks for more only when the next one is wanted.
	 *
	 * @param ids in the order in which to give them; those that the vendor does not answer have no names
	 * @param itemIndex the input item it is for
	 * @throws NodeApiError when a call fails
	 */
	async *read(ids: readonly string[], itemIndex: number): AsyncGenerator<ContactCard> {
		for (let start = 0; start < ids.length; start++) {
			if (!this.memory.get(ids[start])) {
				const next = ids.slice(start).filter((id) => !this.memory.get(id));
				await this.learn(next.slice(0, MOST_IDS), itemIndex);
			}
			yield this.memory.get(ids[start]) ?? personIn(ids[start], undefined);
		}
	}

	/** Whether what is known of an id was asked for in this run, and not before. */
	isFromThisRun(id: string): boolean {
		return this.asked.has(id);
	}

	/**
	 * Forgets what earlier runs have read, where it is soon read again.
	 *
	 * @param ids whom it is about
	 * @returns whether there was anything to forget
	 */
	forgetEarlier(ids: readonly string[]): boolean {
		const earlier = ids.filter((id) => !this.asked.has(id) && this.memory.get(id) !== undefined);
		if (earlier.length > MOST_READ_AGAIN) return false;
		this.forget(earlier);
		return earlier.length > 0;
	}

	/** Forgets what is known of some, because something about them is about to change. */
	forget(ids: readonly string[]): void {
		for (const id of ids) this.memory.forget(id);
	}

	/**
	 * Asks about one contact, whatever is known already.
	 *
	 * @returns undefined when the vendor answers nothing about this id
	 * @throws NodeApiError when the call fails
	 */
	async readAgain(id: string, itemIndex: number): Promise<ContactCard | undefined> {
		const answers = await this.memory.inTurn(async () => await this.ask([id], itemIndex));
		const person = answers.has(id) ? personIn(id, answers.get(id)) : undefined;
		if (person) this.note(person);
		return person;
	}

	private async askForList(itemIndex: number): Promise<AddressList> {
		const options = callOptions(this.context, itemIndex, LIST.timeout);
		const { data } = await callVendor(
			this.context,
			toCall(LIST, { wId: this.wId }, itemIndex, { timeoutMs: options.timeoutMs }),
		);
		const list = addressListIn(data);
		if (list) {
			this.memory.ids = list;
			return list;
		}
		throw vendorFailure(this.context.getNode(), {
			...EMPTY_ADDRESS_LIST,
			endpoint: LIST.path,
			code: NO_CODE,
			itemIndex,
		});
	}

	private async learn(ids: readonly string[], itemIndex: number): Promise<void> {
		await this.memory.inTurn(async () => {
			// Another item, or another call of a model, may have asked meanwhile.
			const unknown = ids.filter((id) => !this.memory.get(id));
			if (unknown.length === 0) return;
			const answers = await this.ask(unknown, itemIndex);
			for (const id of unknown) this.note(personIn(id, answers.get(id)));
		});
	}

	private note(person: ContactCard): void {
		this.memory.set(person);
		this.asked.add(person.id);
	}

	private async ask(ids: readonly string[], itemIndex: number): Promise<Map<string, unknown>> {
		const pause = this.memory.nextMs - performance.now();
		if (pause > 0) await waitUnlessCancelled(pause, this.context.getExecutionCancelSignal());
		throwIfCancelled(this.context);
		try {
			const { timeoutMs } = callOptions(this.context, itemIndex, DETAILS.timeout);
			const body = { wId: this.wId, wcId: ids.join(',') };
			const { data } = await callVendor(
				this.context,
				toCall(DETAILS, body, itemIndex, { timeoutMs }),
			);
			return answersById(ids, data, DETAILS.batch?.answerNames ?? []);
		} finally {
			const range = MOST_PAUSE_MS - LEAST_PAUSE_MS;
			this.memory.nextMs = performance.now() + LEAST_PAUSE_MS + Math.random() * range;
		}
	}
}

/** One address book for each account and run of a node. */
const books = new WeakMap<IExecuteFunctions, Map<string, Promise<AddressBook>>>();

/**
 * The address book of an account, the same for all items of a run.
 *
 * @param context n8n's functions of the running node
 * @param wId the account, as `buildBody` made it
 */
export async function addressBookOf(
	context: IExecuteFunctions,
	wId: unknown,
): Promise<AddressBook> {
	const ofRun = books.get(context) ?? new Map<string, Promise<AddressBook>>();
	books.set(context, ofRun);
	const key = JSON.stringify(wId);
	const opened = async () => new AddressBook(context, wId, await memoryFor(context, key));
	const book = ofRun.get(key) ?? opened();
	ofRun.set(key, book);
	return await book;
}
