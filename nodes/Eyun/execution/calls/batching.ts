import { stringifyExact } from '../../common/exactJson';
import { isRecord } from '../../common/records';

/** What one input item asks for. */
export interface BatchItem {
	itemIndex: number;
	/** The whole request of this item alone. */
	body: Record<string, unknown>;
}

/** One call that serves several input items. */
export interface Batch<W extends BatchItem> {
	/** The different ids asked for, in the order in which they came up. */
	ids: readonly string[];
	/** The items it serves, in their order, each with its own ids. */
	shares: ReadonlyArray<{ item: W; ids: readonly string[] }>;
}

/** How the ids stand in a request. */
export interface BatchRule {
	/** The field that holds the ids, joined by `separator`. */
	field: string;
	separator: string;
	/** How many ids one call takes. */
	size: number;
}

interface OpenBatch<W extends BatchItem> {
	ids: Set<string>;
	shares: Array<{ item: W; ids: readonly string[] }>;
}

/**
 * Puts the items of many items into as few calls as possible. Only items that differ in nothing
 * but their ids share a call; the ids of one item stay together; an id is asked for once.
 *
 * @param items in the order of their items; none has more ids than a call takes
 * @param rule how the ids stand in a request
 * @returns the batches in the order of their first items
 */
export function planBatches<W extends BatchItem>(
	items: readonly W[],
	rule: BatchRule,
): Array<Batch<W>> {
	const plan: Array<OpenBatch<W>> = [];
	const latest = new Map<string, OpenBatch<W>>();
	const holders = new Map<string, OpenBatch<W>>();
	for (const item of items) {
		const { [rule.field]: joined, ...rest } = item.body;
		const kind = stringifyExact(rest);
		const ids = [...new Set(String(joined).split(rule.separator))];
		const keys = ids.map((id) => `${kind} ${id}`);
		let batch = holders.get(keys[0]) ?? latest.get(kind);
		if (batch === undefined || new Set([...batch.ids, ...ids]).size > rule.size) {
			batch = latest.get(kind);
		}
		if (batch === undefined || new Set([...batch.ids, ...ids]).size > rule.size) {
			batch = { ids: new Set(), shares: [] };
			plan.push(batch);
			latest.set(kind, batch);
		}
		for (const id of ids) batch.ids.add(id);
		for (const key of keys) holders.set(key, batch);
		batch.shares.push({ item, ids });
	}
	return plan.map(({ ids, shares }) => ({ ids: [...ids], shares }));
}

/**
 * Finds out which answer belongs to which id. The vendor may answer in another order, leave ids
 * out, or call somebody by another name than the one asked for (an alias): then the place in the
 * list decides, as long as there are as many answers as questions.
 *
 * @param ids the ids of the call
 * @param data the answer's `data`
 * @param names the members of an answer that may hold the id, the surest first
 * @returns the answers by id; an id without an answer is missing
 */
export function answersById(
	ids: readonly string[],
	data: unknown,
	names: readonly string[],
): Map<string, unknown> {
	const answers: unknown[] = Array.isArray(data) ? data : isRecord(data) ? [data] : [];
	const found = new Map<string, unknown>();
	for (const name of names) {
		const named = new Map(answers.map((answer) => [isRecord(answer) && answer[name], answer]));
		for (const id of ids) if (!found.has(id) && named.has(id)) found.set(id, named.get(id));
	}
	if (answers.length !== ids.length) return found;
	const taken = new Set(found.values());
	ids.forEach((id, index) => {
		if (!found.has(id) && !taken.has(answers[index])) found.set(id, answers[index]);
	});
	return found;
}
