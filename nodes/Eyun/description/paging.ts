import type { INodeProperties } from 'n8n-workflow';

/** Options that ask for one page as it is: then there is nothing to limit. */
const ONE_PAGE = { '/options.fullResponse': [true], '/options.singlePage': [true] };

/** How many results to return, where that is all there is to choose. */
export const limitProperty: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

/** What users of n8n expect wherever a list is read. */
export const returnAllProperties: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{ ...limitProperty, displayOptions: { show: { returnAll: [false] } } },
];

/** The same for operations that can also return one page as it is. */
export const pagingProperties: readonly INodeProperties[] = returnAllProperties.map((property) => ({
	...property,
	displayOptions: { ...property.displayOptions, hide: ONE_PAGE },
}));
