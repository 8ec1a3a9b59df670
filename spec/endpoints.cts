/** The vendor's facts about its endpoints, typed. */
import type { CatalogueFacts } from './catalogueFacts.cts';
import { catalogueFacts } from './catalogueFacts.cts';
import endpointsJson from './endpoints.json';

export type ParameterType =
	'string' | 'int' | 'long' | 'bigint' | 'boolean' | 'string[]' | 'object' | 'byte[]';

/** One request parameter of spec/endpoints.json. Nested ones are named parent.child. */
export interface Parameter {
	name: string;
	type: ParameterType;
	required: boolean;
	/** Documented values with their meaning; for ids and paging only the first-page value. */
	values?: Record<string, string>;
}

/** One operation of spec/endpoints.json. */
export interface Operation {
	operationId: string;
	module: string;
	title: string;
	path: string;
	authorization: boolean;
	params: Parameter[];
}

/** All of the vendor's operations. */
export const operations = endpointsJson as unknown as Operation[];

/**
 * The vendor's facts behind an operation of the catalogue.
 *
 * @param operation of the catalogue; its path names the endpoint, and its value where several share the path
 * @returns the endpoint, or undefined when the vendor has none
 */
export function endpointOf(operation: Named): Operation | undefined {
	return operations.find((endpoint) => describes(operation, endpoint, catalogueFacts));
}

/** What names an operation of the catalogue among those of one path. */
export interface Named {
	path: string;
	value: string;
}

/** Whether an operation of the catalogue is about this endpoint. */
export function describes(
	{ path, value }: Named,
	endpoint: Operation,
	{ sharedPaths }: Pick<CatalogueFacts, 'sharedPaths'>,
): boolean {
	if (endpoint.path !== path) return false;
	const shared = sharedPaths[path];
	return shared === undefined || shared[value] === endpoint.operationId;
}
