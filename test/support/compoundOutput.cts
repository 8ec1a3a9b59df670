/** Holds what operations that are more than one call put out against the schemas that n8n shows. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { compoundOutput } from '../../scripts/lib/compoundOutputs.cts';
import { expectFits } from './fitsSchema.cts';

/** They pass on the item they got, with more. */
const PASSING_ON = ['downloadMedia', 'sendAndWait'];

/**
 * Checks the items of a run.
 *
 * @param parameters of the node
 * @param items what came out
 * @throws what `expect` throws
 */
export function checkCompoundOutput(
	{ resource, operation, options, simplify }: IDataObject,
	items: readonly INodeExecutionData[],
): void {
	const schema = compoundOutput(String(resource), String(operation));
	const isWhole = (options as IDataObject | undefined)?.fullResponse === true;
	if (schema === undefined || isWhole || simplify || PASSING_ON.includes(String(operation))) return;
	// With Continue on Fail an item may be an error.
	for (const { json } of items) if (!('error' in json)) expectFits(schema, json);
}
