import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../catalogue/types';
import { callVendor } from '../../transport/client';
import type { Envelope } from '../../transport/envelope';
import { buildBody } from '../values/body';
import { toCall } from './toCall';

/**
 * Calls an operation of the catalogue with values that do not come from its own parameters.
 *
 * @param context n8n's functions of the running node
 * @param operation what to do
 * @param values for its fields, by name; `wId` as `buildBody` gave it
 * @param itemIndex the input item, counted from 0
 * @throws InvalidInput before anything is sent; NodeApiError when the call fails
 */
export async function callOperation(
	context: IExecuteFunctions,
	operation: Operation,
	{ wId, ...values }: Record<string, unknown>,
	itemIndex: number,
): Promise<Envelope> {
	const fields = operation.fields.filter(({ name }) => name !== 'wId');
	const body = buildBody(fields, (name) => values[name], values);
	const whole = wId === undefined ? body : { wId, ...body };
	return await callVendor(context, toCall(operation, whole, itemIndex));
}
