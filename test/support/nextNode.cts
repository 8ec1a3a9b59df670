import type { IDataObject, IExecuteFunctions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

export const NEXT = 'Next';

/** A node that notes what its parameter `id`, an expression, gives for each item. */
export function nextNode(noted: IDataObject[]): INodeType {
	return {
		description: {
			displayName: NEXT,
			name: 'next',
			group: ['transform'],
			version: 1,
			description: 'Notes what arrives',
			defaults: { name: NEXT },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [{ displayName: 'ID', name: 'id', type: 'string', default: '' }],
		},
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			noted.push(
				...items.map((_, index) => ({ messageId: this.getNodeParameter('id', index) as string })),
			);
			return [items];
		},
	};
}
