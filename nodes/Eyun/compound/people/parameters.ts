import type { IExecuteFunctions } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { buildBody } from '../../execution/values/body';
import { InvalidInput } from '../../execution/values/invalidInput';
import { toWire } from '../../execution/values/toWire';
import { NAME } from '../description/people';

/** Reads a parameter of an item, with a value for where there is none. */
export type ReadValue = (name: string, fallback?: unknown) => unknown;

/** The parameters of one item. */
export function parametersOf(context: IExecuteFunctions, itemIndex: number): ReadValue {
	return (name, fallback) => context.getNodeParameter(name, itemIndex, fallback) as unknown;
}

/**
 * Fields of the catalogue's kind, read for one item.
 *
 * @throws InvalidInput for the first that cannot be right
 */
export function readFields(
	fields: readonly Field[],
	parameter: ReadValue,
): Record<string, unknown> {
	return buildBody(fields, (name) => parameter(name), {});
}

/**
 * The name that is looked for.
 *
 * @throws InvalidInput when it is empty
 */
export function nameIn(parameter: ReadValue): string {
	const name = String(toWire(NAME, parameter(NAME.name))).trim();
	if (name !== '') return name;
	throw new InvalidInput(NAME, 'holds only spaces', 'Enter the name, or a part of it');
}
