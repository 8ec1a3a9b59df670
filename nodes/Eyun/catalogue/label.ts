import { contact, labels, text, wId } from './fields';
import type { Resource } from './types';

/** biao-qian: the labels that contacts are sorted with. */
export const labelResource: Resource = {
	value: 'label',
	name: 'Label',
	chinese: '标签',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create label',
			path: '/addContactLabel',
			title: '创建标签',
			fields: [wId, text('labelName', 'Label Name')],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete labels',
			path: '/delContactLabel',
			title: '删除联系人标签',
			deletes: true,
			fields: [wId, labels('The label to delete, or several by their IDs')],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many labels',
			path: '/getContactLabelList',
			title: '获取标签列表',
			reads: true,
			fields: [wId],
			tool: {
				when: 'List the labels that this WeChat account sorts its friends with. It changes nothing.',
				fills: {},
			},
		},
		{
			value: 'setForContact',
			name: 'Set for Contact',
			action: 'Set labels of contact',
			description: 'Replace the labels of a contact; labels that are not in the list are removed',
			path: '/modifyContactLabel',
			title: '修改联系人标签',
			fields: [
				wId,
				contact,
				labels(
					'The only label of the contact, or the IDs of all its labels. Contact: Get returns the current ones as labelList',
				),
			],
		},
	],
};
