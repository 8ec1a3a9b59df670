import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import { callVendor } from '../transport/request';
import { buildBody, secretsIn } from './body';
import { callOptions } from './nodeOptions';
import { toItems } from './output';

/**
 * Runs one operation of the catalogue for one item.
 *
 * @param context n8n's functions of the running node
 * @param operation what to do
 * @param itemIndex the input item, counted from 0
 * @returns the answer as items
 * @throws InvalidInput before anything is sent; NodeApiError when the call fails
 */
export async function runVendorOperation(
	context: IExecuteFunctions,
	operation: Operation,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;
	const options = callOptions(context, itemIndex, operation.timeout);
	const additional = parameter<IDataObject>('additionalFields', {});
	const body = buildBody(operation.fields, (name) => parameter(name, undefined), additional);
	const envelope = await callVendor(context, {
		path: operation.path,
		body,
		reads: operation.reads === true,
		timeoutMs: options.timeoutMs,
		authenticated: !operation.anonymous,
		alsoSuccess: operation.alsoSuccess && [operation.alsoSuccess.code],
		secrets: secretsIn(operation.fields, body),
		itemIndex,
	});
	return toItems(operation, envelope, itemIndex, options.fullResponse);
}
