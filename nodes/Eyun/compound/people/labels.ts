import type { IExecuteFunctions } from 'n8n-workflow';

import { isTool } from '../../common/agent';
import { isRecord } from '../../common/records';
import { callOperation } from '../../execution/calls/callOperation';
import { InvalidInput } from '../../execution/values/invalidInput';
import { toWire } from '../../execution/values/toWire';
import { peopleGiven } from './names/given';
import { operationOf } from '../../catalogue';
import { LABELS } from '../description/people';

const LIST = operationOf('label', 'getAll');
const CREATE = operationOf('label', 'create');

/**
 * The labels that a parameter holds; a model gives them in whatever form it likes.
 *
 * @param context n8n's functions of the running node
 * @param value as n8n gives it
 * @returns names and ids, one at least
 * @throws InvalidInput when there are none
 */
export function labelsGiven(context: IExecuteFunctions, value: unknown): string[] {
	const given = isTool(context.getNode()) ? peopleGiven(LABELS, value) : value;
	return toWire(LABELS, given) as string[];
}

/** The labels of one account in one run of a node. */
class LabelBook {
	private readonly names = new Map<string, string>();

	private asked: Promise<void> | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly wId: unknown,
	) {}

	/** Asks for the labels, once in a run. */
	async load(itemIndex: number): Promise<void> {
		if (this.asked !== undefined) return await this.asked;
		this.asked = this.ask(itemIndex);
		this.asked.catch(() => (this.asked = undefined));
		await this.asked;
	}

	/** What a label is called; its id where the account has no such label any more. */
	nameOf(id: string): string {
		return this.names.get(id) ?? id;
	}

	/** The label with this id, or with this name. */
	find(nameOrId: string): string | undefined {
		if (this.names.has(nameOrId)) return nameOrId;
		const all = [...this.names];
		const named = (wanted: (name: string) => boolean) => all.find(([, name]) => wanted(name))?.[0];
		const lower = nameOrId.toLowerCase();
		return named((name) => name === nameOrId) ?? named((name) => name.toLowerCase() === lower);
	}

	/** Makes a label. */
	async create(labelName: string, itemIndex: number): Promise<string> {
		const { wId, context } = this;
		const { data } = await callOperation(context, CREATE, { wId, labelName }, itemIndex);
		const id = isRecord(data) ? idOf(data.labelId) : undefined;
		if (id !== undefined) this.names.set(id, labelName);
		else await this.ask(itemIndex);
		const made = this.find(labelName);
		if (made !== undefined) return made;
		throw new InvalidInput(
			LABELS,
			`: Eyun created "${labelName}", but does not list it`,
			'Look at the labels with Label: Get Many',
		);
	}

	private async ask(itemIndex: number): Promise<void> {
		const { data } = await callOperation(this.context, LIST, { wId: this.wId }, itemIndex);
		this.names.clear();
		for (const { labelId, labelName } of Array.isArray(data) ? data.filter(isRecord) : []) {
			const id = idOf(labelId);
			if (id !== undefined) this.names.set(id, String(labelName));
		}
	}
}

export type { LabelBook };

function idOf(value: unknown): string | undefined {
	return typeof value === 'number' || (typeof value === 'string' && value !== '')
		? String(value)
		: undefined;
}

const books = new WeakMap<IExecuteFunctions, Map<string, LabelBook>>();

/**
 * The labels of an account, asked for once in a run.
 *
 * @param context n8n's functions of the running node
 * @param wId the account, as `buildBody` made it
 * @param itemIndex the input item it is for
 * @throws NodeApiError when the call fails
 */
export async function labelBookOf(
	context: IExecuteFunctions,
	wId: unknown,
	itemIndex: number,
): Promise<LabelBook> {
	const ofRun = books.get(context) ?? new Map<string, LabelBook>();
	books.set(context, ofRun);
	const key = JSON.stringify(wId);
	const book = ofRun.get(key) ?? new LabelBook(context, wId);
	ofRun.set(key, book);
	await book.load(itemIndex);
	return book;
}

/**
 * The ids of labels that were given by name or id.
 *
 * @param book the labels of the account
 * @param given names and ids
 * @param cure what to do about a name that no label has
 * @throws InvalidInput when the account has no such label
 */
export function labelIdsOf(book: LabelBook, given: readonly string[], cure: string): string[] {
	const unknown = given.filter((nameOrId) => book.find(nameOrId) === undefined);
	if (unknown.length > 0) {
		throw new InvalidInput(LABELS, `names no label of the account: ${unknown.join(', ')}`, cure);
	}
	return [...new Set(given.map((nameOrId) => book.find(nameOrId) ?? nameOrId))];
}
