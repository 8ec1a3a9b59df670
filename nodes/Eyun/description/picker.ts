import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { Field, Picker } from '../catalogue/types';
import { INSTANCE_ID_MODES } from '../common/wechatIds';

const NAMES_COME_SLOWLY = {
	message:
		'Names load 20 at a time. A search by ID finds it at once, one by name takes up to 10 seconds',
	timeout: 2_000,
};

function mode(
	name: string,
	type: INodePropertyMode['type'],
	displayName: string,
	more: Partial<INodePropertyMode>,
): INodePropertyMode {
	return { displayName, name, type, ...more };
}

const BY_WECHAT_ID = mode('wcId', 'string', 'By WeChat ID', {
	placeholder: 'e.g. wxid_1a2b3c4d5e6f22',
});

/** What can be told before the node runs about an id that is typed in. */
const VALIDATION: Partial<Record<Picker, INodePropertyMode['validation']>> = {
	group: [
		{
			type: 'regex',
			properties: {
				regex: '\\s*\\S+@(im\\.)?chat[rR]oom\\s*',
				errorMessage: 'A group ID ends in @chatroom',
			},
		},
	],
};

function fromEditorsList(picker: Picker): INodePropertyMode {
	const slow = picker === 'chat' || picker === 'contact' || picker === 'group';
	return mode('list', 'list', 'From List', {
		typeOptions: {
			searchListMethod: picker,
			searchable: true,
			...(slow ? { slowLoadNotice: NAMES_COME_SLOWLY } : {}),
		},
	});
}

type Shape = Pick<INodeProperties, 'type' | 'default' | 'modes'>;

function byId(name: string, displayName: string, { placeholder }: Field, picker?: Picker) {
	const validation = picker && VALIDATION[picker];
	return mode(name, 'string', displayName, {
		...(placeholder === undefined ? {} : { placeholder }),
		...(validation ? { validation } : {}),
	});
}

/**
 * The shape of a property that can be chosen from a list, named after its picker (see search/), or
 * filled in as text.
 *
 * @param field the field
 * @param picker the field's `picker`
 */
export function fromList(field: Field, picker: Picker): Shape {
	const byText =
		picker === 'account'
			? [BY_WECHAT_ID, byId(INSTANCE_ID_MODES.now, 'By Instance ID', field)]
			: [byId('id', 'By ID', field, picker)];
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [fromEditorsList(picker), ...byText],
	};
}

/** The shape of an account as it was before version 1.2 of the node: it began as an instance ID. */
export function accountAsBefore(field: Field): Shape {
	const { before } = INSTANCE_ID_MODES;
	return {
		type: 'resourceLocator',
		default: { mode: before, value: '' },
		modes: [fromEditorsList('account'), BY_WECHAT_ID, byId(before, 'By Instance ID', field)],
	};
}
