import type { IExecuteFunctions } from 'n8n-workflow';

import type { BatchShape, Operation } from '../../catalogue/types';
import { stringifyExact } from '../../common/exactJson';
import { NO_CODE, vendorFailure } from '../../transport/failure';
import type { Pace } from '../pacing/pace';
import type { ItemOutcome, Unit } from '../pacing/unit';
import type { ResolveNames } from '../values/names';
import { toItems } from '../values/output';
import type { Batch, BatchRule } from './batching';
import { answersById, planBatches } from './batching';
import type { Request } from './vendorOperation';
import { ask, readRequest, runVendorOperation } from './vendorOperation';

type BatchedOperation = Operation & { batch: BatchShape };

function isBatched(operation: Operation): operation is BatchedOperation {
	return operation.batch !== undefined;
}

/**
 * Divides the input among calls: items with ids share a call where the operation takes several,
 * any other item has its own.
 *
 * @param context n8n's functions of the running node
 * @param operation what to do
 * @param pace keeps the calls apart
 * @param names looks up people that are given by name
 * @returns the units in the order in which they should start
 */
export async function vendorUnits(
	context: IExecuteFunctions,
	operation: Operation,
	pace: Pace,
	names: ResolveNames,
): Promise<Unit[]> {
	const indexes = context.getInputData().map((_, itemIndex) => itemIndex);
	if (isBatched(operation)) return await batchedUnits(context, operation, indexes, pace, names);
	return indexes.map((itemIndex) => ({
		items: [itemIndex],
		run: async () => {
			const items = await runVendorOperation(context, operation, itemIndex, pace, names);
			return items === undefined ? [] : [{ items }];
		},
	}));
}

async function batchedUnits(
	context: IExecuteFunctions,
	operation: BatchedOperation,
	indexes: readonly number[],
	pace: Pace,
	names: ResolveNames,
): Promise<Unit[]> {
	const units: Unit[] = [];
	const alike = new Map<string, Request[]>();
	for (const itemIndex of indexes) {
		try {
			const request = await readRequest(context, operation, itemIndex, names);
			const { options } = request;
			// Whoever wants an answer as it is gets one of his own; other time limits need other calls.
			const asIs = options.fullResponse || indexes.length === 1;
			if (asIs) units.push(singleUnit(context, operation, request, pace));
			else groupOf(alike, stringifyExact(options)).push(request);
		} catch (error) {
			units.push({ items: [itemIndex], run: async () => [{ error }] });
		}
	}
	for (const requests of alike.values()) {
		for (const batch of planBatches(requests, ruleOf(operation))) {
			units.push(batchUnit(context, operation, batch, pace));
		}
	}
	return units.sort((one, other) => one.items[0] - other.items[0]);
}

function ruleOf({ fields, batch }: BatchedOperation): BatchRule {
	const field = fields.find(({ name }) => name === batch.field);
	return { field: batch.field, separator: field?.separator ?? ',', size: field?.maxItems ?? 1 };
}

function batchUnit(
	context: IExecuteFunctions,
	operation: BatchedOperation,
	{ ids, shares }: Batch<Request>,
	pace: Pace,
): Unit {
	const [first] = shares;
	const { field, separator } = ruleOf(operation);
	const run = async (): Promise<ItemOutcome[]> => {
		if (!(await pace.turn())) return [];
		const body = { ...first.item.body, [field]: ids.join(separator) };
		const envelope = await ask(context, operation, first.item, body);
		const answers = answersById(ids, envelope.data, operation.batch.answerNames);
		return shares.map(({ item: { itemIndex }, ids: own }) => {
			const data = own.filter((id) => answers.has(id)).map((id) => answers.get(id));
			return data.length > 0
				? { items: toItems(operation, { ...envelope, data }, itemIndex, false) }
				: { error: noAnswer(context, operation, own, itemIndex) };
		});
	};
	return { items: shares.map(({ item }) => item.itemIndex), run };
}

/** A call for one item whose answer is all its own, so that nothing has to be told apart. */
function singleUnit(
	context: IExecuteFunctions,
	operation: BatchedOperation,
	{ itemIndex, body, options }: Request,
	pace: Pace,
): Unit {
	const run = async (): Promise<ItemOutcome[]> => {
		if (!(await pace.turn())) return [];
		const envelope = await ask(context, operation, { itemIndex, options }, body);
		const items = toItems(operation, envelope, itemIndex, options.fullResponse);
		if (items.length > 0) return [{ items }];
		const ids = String(body[operation.batch.field]);
		return [{ error: noAnswer(context, operation, [ids], itemIndex) }];
	};
	return { items: [itemIndex], run };
}

function groupOf<Key, Entry>(groups: Map<Key, Entry[]>, key: Key): Entry[] {
	const group = groups.get(key) ?? [];
	groups.set(key, group);
	return group;
}

function noAnswer(
	context: IExecuteFunctions,
	{ path }: Operation,
	ids: readonly string[],
	itemIndex: number,
) {
	return vendorFailure(context.getNode(), {
		message: `Eyun returned nothing for ${ids.join(', ')}`,
		advice: 'Check the ID: the account may not know anybody with this ID',
		endpoint: path,
		code: NO_CODE,
		itemIndex,
	});
}
