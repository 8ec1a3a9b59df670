import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Operation } from '../../catalogue/types';
import { callVendor } from '../../transport/client';
import type { Envelope } from '../../transport/envelope';
import { rewrapFailure } from '../../transport/failure';
import { resolveBinaryFields } from '../files/binaryFields';
import { withPicture } from '../files/picture';
import type { CallOptions } from '../options/callOptions';
import { callOptions } from '../options/callOptions';
import type { Pace } from '../pacing/pace';
import { buildBody } from '../values/body';
import type { ResolveNames } from '../values/names';
import { asGiven } from '../values/names';
import { toItems } from '../values/output';
import { limitOf, readElements, USUAL_LIMIT } from './paging';
import { toCall } from './toCall';

/** What one input item asks the vendor for. */
export interface Request {
	itemIndex: number;
	body: Record<string, unknown>;
	options: CallOptions;
	/** How many elements of a paged list to put out; undefined for one page, as it is. */
	limit: number | undefined;
}

/**
 * Reads what an item asks for.
 *
 * @param context n8n's functions of the running node
 * @param operation what to do
 * @param itemIndex the input item, counted from 0
 * @param names looks up people that are given by name; by default nobody is
 * @throws InvalidInput for a value that cannot be sent
 */
export async function readRequest(
	context: IExecuteFunctions,
	operation: Operation,
	itemIndex: number,
	names: ResolveNames = asGiven,
): Promise<Request> {
	const parameter = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, itemIndex, fallback) as T;
	const options = callOptions(context, itemIndex, operation.timeout);
	const additional = operation.fields.some((field) => field.optional)
		? parameter<IDataObject>('additionalFields', {})
		: {};
	// Where a page begins is not shown, and then not there, unless single pages are wanted.
	const given = (name: string) => parameter<unknown>(name, firstPage(operation, name));
	const withIds = await names(context, operation.fields, itemIndex, given);
	const read = await resolveBinaryFields(context, operation.fields, itemIndex, withIds);
	return {
		itemIndex,
		body: buildBody(operation.fields, read, additional),
		options,
		limit:
			operation.paging === undefined || options.singlePage || options.fullResponse
				? undefined
				: limitOf(parameter),
	};
}

/** What stands for the first page in a field that says where a page begins; undefined in others. */
function firstPage({ fields, paging }: Operation, name: string): unknown {
	if (paging === undefined || !Object.hasOwn(paging.next, name)) return undefined;
	return fields.find((field) => field.name === name)?.default ?? null;
}

/**
 * Makes the one call of a request.
 *
 * @param context n8n's functions of the running node
 * @param operation what to do
 * @param request what for; another body in place of its own asks for another page or for more items
 * @throws NodeApiError when the call fails
 */
export async function ask(
	context: IExecuteFunctions,
	operation: Operation,
	{ itemIndex, options }: Pick<Request, 'itemIndex' | 'options'>,
	body: Record<string, unknown>,
): Promise<Envelope> {
	const { timeoutMs } = options;
	return await callVendor(context, toCall(operation, body, itemIndex, { timeoutMs }));
}

/**
 * Runs one operation of the catalogue for one item.
 *
 * @param context n8n's functions of the running node
 * @param operation what to do
 * @param itemIndex the input item, counted from 0
 * @param pace keeps its calls apart from others
 * @param names looks up people that are given by name; by default nobody is
 * @returns the answer as items; undefined when no call was to start any more
 * @throws InvalidInput before anything is sent; NodeApiError when a call fails
 */
export async function runVendorOperation(
	context: IExecuteFunctions,
	operation: Operation,
	itemIndex: number,
	pace: Pace,
	names: ResolveNames = asGiven,
): Promise<INodeExecutionData[] | undefined> {
	const request = await readRequest(context, operation, itemIndex, names);
	if (request.limit !== undefined) return await readPages(context, operation, request, pace);
	if (!(await pace.turn())) return undefined;
	const envelope = await ask(context, operation, request, request.body);
	const items = toItems(operation, envelope, itemIndex, request.options.fullResponse);
	return request.options.downloadPicture
		? await withPicture(context, operation, envelope, items, itemIndex)
		: items;
}

async function readPages(
	context: IExecuteFunctions,
	operation: Operation,
	request: Request,
	pace: Pace,
): Promise<INodeExecutionData[] | undefined> {
	const { paging, fields } = operation;
	if (paging === undefined) return undefined;
	let last: Envelope | undefined;
	const data = await readElements(
		{ paging, fields },
		request.body,
		request.limit ?? USUAL_LIMIT,
		async (body, soFar) => {
			if (!(await pace.turn())) return undefined;
			try {
				last = await ask(context, operation, request, body);
			} catch (error) {
				throw rewrapFailure(context.getNode(), error, ({ message }) => ({
					message: soFar === 0 ? message : `After ${soFar} results: ${message}`,
				}));
			}
			return last;
		},
	);
	return last && toItems(operation, { ...last, data }, request.itemIndex, false);
}
