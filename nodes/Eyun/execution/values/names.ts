import type { IExecuteFunctions } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import type { ReadParameter } from './body';

/**
 * Puts ids in the place of names in the fields that say who somebody is.
 *
 * @param context n8n's functions of the running node
 * @param fields the operation's fields
 * @param itemIndex the input item, counted from 0
 * @param read reads a parameter as it was given
 * @returns reads the same parameters, with ids in place of names
 * @throws InvalidInput when a name does not fit exactly one; NodeApiError when a call for it fails
 */
export type ResolveNames = (
	context: IExecuteFunctions,
	fields: readonly Field[],
	itemIndex: number,
	read: ReadParameter,
) => Promise<ReadParameter>;

/** Takes everything as it is given: names go out as they are, and the vendor refuses them. */
export const asGiven: ResolveNames = async (_context, _fields, _itemIndex, read) => read;
