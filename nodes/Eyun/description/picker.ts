import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { Field, Picker } from '../catalogue/types';

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

/**
 * The shape of a property that can be chosen from a list, named after its picker (see search/), or
 * filled in as text. An account starts with its instance ID, which is what plain text means.
 *
 * @param field the field
 * @param picker the field's `picker`
 */
export function fromList(
	{ placeholder }: Field,
	picker: Picker,
): Pick<INodeProperties, 'type' | 'default' | 'modes'> {
	const isAccount = picker === 'account';
	const byId = mode('id', 'string', isAccount ? 'By Instance ID' : 'By ID', {
		...(placeholder === undefined ? {} : { placeholder }),
		...(VALIDATION[picker] ? { validation: VALIDATION[picker] } : {}),
	});
	return {
		type: 'resourceLocator',
		default: { mode: isAccount ? 'id' : 'list', value: '' },
		modes: [fromEditorsList(picker), ...(isAccount ? [BY_WECHAT_ID] : []), byId],
	};
}
