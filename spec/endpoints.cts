/** The vendor's facts about its endpoints, typed. */
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

/** All 127 operations. */
export const operations = endpointsJson as unknown as Operation[];


/**
 * The vendor's facts behind an operation of the catalogue.
 *
 * @param operation its path names the endpoint, and its `vendorId` where two share the path
 * @returns the endpoint, or undefined when the vendor has none
 */
export function endpointOf(operation: { path: string; vendorId?: string }): Operation | undefined {
	return operations.find((endpoint) => describes(operation, endpoint));
}

/** Whether an operation of the catalogue is about this endpoint. */
export function describes(
	{ path, vendorId }: { path: string; vendorId?: string },
	endpoint: Operation,
): boolean {
	return endpoint.path === path && (vendorId ?? endpoint.operationId) === endpoint.operationId;
}
