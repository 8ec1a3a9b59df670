import { contact, ids, text, wId } from './fields';
import type { Resource } from './types';

/** biao-qian: the labels that contacts are sorted with. */
export const label: Resource = {
	value: 'label',
	name: 'Label',
	module: 'biao-qian',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a label',
			path: '/addContactLabel',
			fields: [wId, text('labelName', 'Label Name')],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete labels',
			path: '/delContactLabel',
			fields: [wId, ids('labelIdList', 'Label IDs', 'The labels to delete, from Label: Get Many')],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many labels',
			path: '/getContactLabelList',
			reads: true,
			fields: [wId],
		},
		{
			value: 'setForContact',
			name: 'Set for Contact',
			action: 'Set the labels of a contact',
			description: 'Replace the labels of a contact: labels left out of the list are taken off',
			path: '/modifyContactLabel',
			fields: [
				wId,
				contact,
				ids(
					'labelIdList',
					'Label IDs',
					'All labels the contact is to have, from Label: Get Many; Contact: Get answers the present ones as labelList',
				),
			],
		},
	],
};
