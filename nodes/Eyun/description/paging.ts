import type { INodeProperties } from 'n8n-workflow';

/** Options that ask for one page as it is: then there is nothing to limit. */
const ONE_PAGE = { '/options.fullResponse': [true], '/options.singlePage': [true] };

/** What users of n8n expect wherever a list is read page by page. */
export const pagingProperties: readonly INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: { hide: ONE_PAGE },
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] }, hide: ONE_PAGE },
	},
];
