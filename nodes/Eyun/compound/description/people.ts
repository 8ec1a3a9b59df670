import type { INodeProperties } from 'n8n-workflow';

import { group, text, wId } from '../../catalogue/fields';
import { atMost, inGroup, told } from '../../catalogue/tool/values';
import type { Field } from '../../catalogue/types';
import { toProperty } from '../../description/field';
import { limitProperty, returnAllProperties } from '../../description/paging';
import { severalFrom } from '../../description/several';
import { toPropertyForVersions } from '../../description/versions';
import type { CompoundDescription } from '../../description/compound';
import { SHORT_CONTACT, SLOW, SHORT_GROUP } from './short';

/** The account whose address list is read. */
export const ACCOUNT: Field = wId;

/** What somebody is called. */
export const NAME: Field = text('name', 'Name');

export const IF_NONE: Field = { name: 'ifNone', label: 'If None Is Found', type: 'string' };
export const IF_SEVERAL: Field = {
	name: 'ifSeveral',
	label: 'If Several Are Found',
	type: 'string',
};

/** A part of a name. */
export const NAME_FILTER: Field = { ...text('name', 'Name'), optional: true };

/**
 * The collection of filters.
 *
 * @param name the filter by name
 * @param others further filters
 */
export function filtersProperty(name: Field, ...others: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [...others, toProperty(name)],
	};
}

/** Labels by name or id, as this package reads them. */
export const LABELS: Field = { name: 'labels', label: 'Label Names or IDs', type: 'array' };

/**
 * The parameter in which labels are chosen.
 *
 * @param about what is special about these labels, as a sentence without its period
 */
export function labelsProperty(about?: string): INodeProperties {
	const { name, label } = LABELS;
	return severalFrom(name, { list: 'labels', label, description: about });
}

/**
 * The properties for fields of the catalogue's kind.
 *
 * @param fields in the order to show them
 */
export function propertiesFor(...fields: readonly Field[]): INodeProperties[] {
	return fields.flatMap((field) => toPropertyForVersions(field));
}

/**
 * The parameters that say what is looked for, and what to do with what is found.
 *
 * @param name the property of the name
 */
export function findProperties(name: INodeProperties): INodeProperties[] {
	return [
		name,
		{
			displayName: IF_SEVERAL.label,
			name: IF_SEVERAL.name,
			type: 'options',
			options: [
				{
					name: 'Return All',
					value: 'all',
					description: 'Those with exactly this name first, then those whose name contains it',
				},
				{
					name: 'Return the Best Match',
					value: 'best',
					description: 'The first with exactly this name, else the first whose name contains it',
				},
				{
					name: 'Stop with an Error',
					value: 'error',
					description: 'Unless exactly one has exactly this name',
				},
			],
			default: 'all',
		},
		{ ...limitProperty, displayOptions: { show: { [IF_SEVERAL.name]: ['all'] } } },
		{
			displayName: IF_NONE.label,
			name: IF_NONE.name,
			type: 'options',
			options: [
				{ name: 'Stop with an Error', value: 'error' },
				{ name: 'Return Nothing', value: 'nothing' },
			],
			default: 'error',
		},
	];
}

const FRIEND_FILTER = {
	...NAME_FILTER,
	description: 'Only friends whose remark, nickname or WeChat number contains this text',
};

/** The friends of an account, which the vendor gives as ids only. */
export const getManyContacts: CompoundDescription = {
	resource: 'contact',
	value: 'getAll',
	name: 'Get Many',
	chinese: '获取好友列表',
	action: 'Get many contacts',
	description:
		'Get friends with their names and labels; reads 20 per request with pauses, so 5,000 friends take 2 to 3 minutes',
	properties: [
		...propertiesFor(ACCOUNT),
		...returnAllProperties,
		filtersProperty(
			FRIEND_FILTER,
			labelsProperty('Only friends with at least one of these labels'),
		),
	],
	reads: true,
	simplified: SHORT_CONTACT,
	tool: {
		when: `List friends of this WeChat account with names, IDs and labels, all or those with a certain name or label. ${SLOW} It changes nothing.`,
		fills: {
			limit: atMost,
			'filters.name': told('Only friends whose name contains this; leave it out for all', {
				otherwise: '',
			}),
			'filters.labels': told(
				'Only friends with at least one of these labels, by name, separated by commas; leave it out for all',
				{ otherwise: '' },
			),
		},
	},
	ignores: ['fullResponse'],
};

const [friendName] = propertiesFor({
	...NAME,
	description:
		'The remark, nickname or WeChat number of a friend, or a part of it. Upper and lower case make no difference',
	placeholder: 'e.g. Nathan',
});

/** From a name to the WeChat ID that every other operation wants. */
export const findContact: CompoundDescription = {
	resource: 'contact',
	value: 'findByName',
	name: 'Find by Name',
	chinese: '按名字查找好友',
	action: 'Find contacts by name',
	description:
		'Find friends by remark, nickname or WeChat number, exact matches first; reads 20 friends per request with pauses, so 5,000 friends take 2 to 3 minutes',
	properties: [...propertiesFor(ACCOUNT), ...findProperties(friendName)],
	reads: true,
	simplified: SHORT_CONTACT,
	tool: {
		when: `Find out who a friend of this WeChat account is, and the ID, from a name or a part of it. Use it before sending to somebody whose exact name is not known. ${SLOW} It changes nothing.`,
		fills: { name: told('The remark, nickname or WeChat number of the friend, or a part of it') },
	},
	ignores: ['fullResponse'],
};

const GROUP_FILTER = {
	...NAME_FILTER,
	description: 'Only groups whose name or remark contains this text',
};

/** The groups of an account, which the vendor gives as ids only. */
export const getManyGroups: CompoundDescription = {
	resource: 'group',
	value: 'getAll',
	name: 'Get Many',
	chinese: '获取群列表',
	action: 'Get many groups',
	description: 'Get the groups saved to contacts with their names; WeChat lists no other groups',
	properties: [...propertiesFor(ACCOUNT), ...returnAllProperties, filtersProperty(GROUP_FILTER)],
	reads: true,
	simplified: SHORT_GROUP,
	tool: {
		when: 'List the saved groups of this WeChat account with names and IDs, all or those with a certain name. It changes nothing.',
		fills: {
			limit: atMost,
			'filters.name': told('Only groups whose name contains this; leave it out for all', {
				otherwise: '',
			}),
		},
	},
	ignores: ['fullResponse'],
};

const [groupName] = propertiesFor({
	...NAME,
	description:
		'The name of a group or its remark, or a part of it. Upper and lower case make no difference',
	placeholder: 'e.g. Project',
});

/** From a name to the ID of a group. */
export const findGroup: CompoundDescription = {
	resource: 'group',
	value: 'findByName',
	name: 'Find by Name',
	chinese: '按名字查找群',
	action: 'Find groups by name',
	description: 'Find groups saved to contacts by name or remark, exact matches first',
	properties: [...propertiesFor(ACCOUNT), ...findProperties(groupName)],
	reads: true,
	simplified: SHORT_GROUP,
	tool: {
		when: 'Find a saved group of this WeChat account, and its ID, from its name or a part of it. Use it before sending to a group whose exact name is not known. It changes nothing.',
		fills: { name: told('The name or remark of the group, or a part of it') },
	},
	ignores: ['fullResponse'],
};

const [memberName] = propertiesFor({
	...NAME,
	description:
		'The name of a member in this group or the nickname, or a part of it. Upper and lower case make no difference',
	placeholder: 'e.g. Nathan',
});

/** From a name to the WeChat ID of a member. */
export const findMember: CompoundDescription = {
	resource: 'group',
	value: 'findMember',
	name: 'Find Member by Name',
	chinese: '按名字查找群成员',
	action: 'Find members of group by name',
	description:
		'Find members of a group by their name in the group or nickname, exact matches first',
	properties: [...propertiesFor(ACCOUNT, group), ...findProperties(memberName)],
	reads: true,
	tool: {
		when: 'Find a member of a group of this WeChat account, and the ID, from a name or a part of it. It changes nothing.',
		fills: {
			chatRoomId: inGroup,
			name: told('The name in the group or the nickname of the member, or a part of it'),
		},
	},
	ignores: ['fullResponse'],
};
