import { contact, labels, text, wId } from './fields';
import type { Resource } from './types';

/** biao-qian: the labels that contacts are sorted with. */
export const labelResource: Resource = {
	value: 'label',
	name: 'Label',
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
			fields: [wId, labels('The label to delete, or several by their IDs')],
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
				labels(
					'The only label the contact is to have, or all of them by their IDs; Contact: Get answers the present ones as labelList',
				),
			],
		},
	],
};
