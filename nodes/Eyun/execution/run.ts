import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findOperation } from '../catalogue';
import { findCompound } from '../compound';
import { InvalidInput } from './invalidInput';
import { runVendorOperation } from './vendorOperation';

/** One chosen operation, ready to run for any item. */
interface Task {
	/** It changes nothing at the vendor. */
	reads: boolean;
	run(itemIndex: number): Promise<INodeExecutionData[]>;
}

/**
 * Runs the chosen operation for every input item, one after another so that sends keep their order.
 *
 * @param context n8n's functions of the running node
 * @returns the output items, each paired with its input item
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node is set
 *   to continue; then that item becomes one with `error`
 */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const task = chosenTask(context);
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		try {
			const items = await task.run(itemIndex);
			output.push(...items.map((item) => ({ pairedItem: { item: itemIndex }, ...item })));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context, error, itemIndex);
			output.push(failedItem(context, error, itemIndex));
		}
	}
	return output;
}

function chosenTask(context: IExecuteFunctions): Task {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = findOperation(resource, value);
	if (operation) {
		return {
			reads: operation.reads === true,
			run: async (itemIndex) => await runVendorOperation(context, operation, itemIndex),
		};
	}
	const compound = findCompound(resource, value);
	if (compound) {
		return {
			reads: compound.reads === true,
			run: async (itemIndex) => await compound.run(context, itemIndex),
		};
	}
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation "${value}" in the resource "${resource}"`,
		{ description: 'Choose resource and operation from the lists', itemIndex: 0 },
	);
}

/** Everything that leaves the node is an n8n error that knows its item. */
function toNodeError(context: IExecuteFunctions, error: unknown, itemIndex: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof InvalidInput) {
		return new NodeOperationError(context.getNode(), `${error.message} [item ${itemIndex}]`, {
			description: error.cure,
			itemIndex,
		});
	}
	return new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

/**
 * The item that stands in for a failed one. Its JSON has exactly the two members by which n8n, old
 * and new, tells such an item apart and sends it to the error output; with `item.error` set n8n
 * would throw the advice away.
 */
function failedItem(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const failure = toNodeError(context, error, itemIndex);
	const json: IDataObject = { error: failure.message };
	if (failure.description) json.message = failure.description;
	return { json, pairedItem: { item: itemIndex } };
}
