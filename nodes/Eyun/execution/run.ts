import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findOperation } from '../catalogue';
import type { Operation } from '../catalogue/types';
import { callVendor } from '../transport/request';
import { buildBody, secretsIn } from './body';
import { InvalidInput } from './invalidInput';
import { toItems } from './output';

interface Options {
	fullResponse?: boolean;
	timeout?: number;
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
	const operation = chosenOperation(context);
	const output: INodeExecutionData[] = [];
	for (let itemIndex = 0; itemIndex < context.getInputData().length; itemIndex++) {
		if (context.getExecutionCancelSignal()?.aborted) break;
		try {
			output.push(...(await runItem(context, operation, itemIndex)));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context, error, itemIndex);
			output.push(failedItem(context, error, itemIndex));
		}
	}
	return output;
}

function chosenOperation(context: IExecuteFunctions): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = findOperation(resource, value);
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation "${value}" in the resource "${resource}"`,
		{ description: 'Choose resource and operation from the lists', itemIndex: 0 },
	);
}

async function runItem(
	context: IExecuteFunctions,
	operation: Operation,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;
	const options = parameter<Options>('options', {});
	const additional = parameter<IDataObject>('additionalFields', {});
	const body = buildBody(operation.fields, (name) => parameter(name, undefined), additional);
	const envelope = await callVendor(context, {
		path: operation.path,
		body,
		reads: operation.reads === true,
		timeoutMs: seconds(options.timeout ?? operation.timeout),
		authenticated: !operation.anonymous,
		alsoSuccess: operation.alsoSuccess && [operation.alsoSuccess.code],
		secrets: secretsIn(operation.fields, body),
		itemIndex,
	});
	return toItems(operation, envelope, itemIndex, options.fullResponse === true);
}

function seconds(value: number | undefined): number | undefined {
	return value === undefined ? undefined : value * 1_000;
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
