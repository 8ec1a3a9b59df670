import type { INodeProperties } from 'n8n-workflow';

import { contact, id, int, longText, text, wId as account } from '../../catalogue/fields';
import {
	CANNOT_BE_UNDONE,
	friend,
	labelNames,
	plainTextOf,
	told,
} from '../../catalogue/tool/values';
import type { Field } from '../../catalogue/types';
import { toProperty } from '../../description/field';
import { toPropertyForVersions } from '../../description/versions';
import type { CompoundDescription } from '../../description/compound';
import { labelsProperty, propertiesFor, ACCOUNT } from './people';
import { operationOf } from '../../catalogue';

const FIELDS = [account, contact];

/** Whether a label that the account does not have is made. */
export const CREATE_MISSING = {
	name: 'createMissing',
	label: 'Create Missing Labels',
	type: 'boolean',
} as const;

/** Whether a label that the account does not have is made. */
export const createMissingProperty: INodeProperties = {
	displayName: CREATE_MISSING.label,
	name: CREATE_MISSING.name,
	type: 'boolean',
	default: false,
	description: 'Whether to create labels that the account does not have yet, by the given names',
};

/** What accepts a friend request. */
export const ACCEPT = operationOf('contact', 'acceptRequest');

/** What names the request. */
export const FRIEND_REQUEST = ACCEPT.fields.filter(({ name }) => name !== ACCOUNT.name);

/** Who asks. */
export const REQUESTER: Field = {
	...id('wcId', 'WeChat ID', 'Who asks, for the steps after the acceptance'),
	optional: true,
};

/** The steps after the acceptance. */
export const REMARK: Field = { ...text('remark', 'Remark'), optional: true };
export const FIRST_MESSAGE: Field = { ...longText('message', 'First Message'), optional: true };

/** How long to wait before each step. */
export const USUAL_PAUSE_SECONDS = 3;
export const STEP_PAUSE: Field = {
	...int('pause', 'Pause (Seconds)'),
	optional: true,
	min: 0,
	max: 300,
	default: USUAL_PAUSE_SECONDS,
};

/** What the trigger outputs for a friend request, as an expression. */
function fromTrigger({ label, name, description }: Field, member: string): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'string',
		default: `={{ $json.content.${member} }}`,
		description,
	};
}

const properties: INodeProperties[] = [
	...toPropertyForVersions(ACCOUNT),
	...FRIEND_REQUEST.map((field) => ({
		...fromTrigger(field, field.name === 'type' ? 'scene' : field.name),
		required: true,
	})),
	fromTrigger(REQUESTER, 'wcId'),
	{
		displayName: 'Steps After the Acceptance',
		name: 'steps',
		type: 'collection',
		placeholder: 'Add step',
		default: {},
		options: [
			createMissingProperty,
			{ ...toProperty(FIRST_MESSAGE), description: 'The text to send to the new friend' },
			labelsProperty('Labels for the new friend'),
			{
				...toProperty(STEP_PAUSE),
				description: `How long to wait before each step. Without this option ${USUAL_PAUSE_SECONDS}, because WeChat takes a moment and blocks accounts that act too fast.`,
			},
			{ ...toProperty(REMARK), description: 'Shown instead of the name of the friend' },
		],
	},
];

/** A new friend in one step: accepted once, then named, labelled and greeted. */
export const acceptAndGreet: CompoundDescription = {
	resource: 'contact',
	value: 'acceptAndGreet',
	name: 'Accept and Greet',
	chinese: '通过好友请求并打招呼',
	action: 'Accept friend request and greet friend',
	description:
		'Accept a friend request from the trigger, then set remark and labels and send a first message',
	properties,
	tool: {
		when: `Accept the friend request that started this workflow, and greet the new friend. Use it only for a request that you were told to accept. ${CANNOT_BE_UNDONE}`,
		fills: {
			'steps.message': {
				...plainTextOf('The first message to the new friend; leave it out for none'),
				otherwise: '',
			},
			'steps.remark': told(
				'The name under which the account sees the new friend; leave it out for none',
				{
					otherwise: '',
				},
			),
		},
	},
	ignores: ['fullResponse'],
};

/** Labels in addition to those that a contact has, where the vendor can only set all of them. */
export const addLabels: CompoundDescription = {
	resource: 'contact',
	value: 'addLabels',
	name: 'Add Labels',
	chinese: '添加标签',
	action: 'Add labels to contact',
	description: 'Add labels to those that a friend has already, by name or ID',
	properties: [
		...propertiesFor(...FIELDS),
		{ ...labelsProperty(), required: true },
		createMissingProperty,
	],
	tool: {
		when: 'Add labels to a friend of this WeChat account, beside those that the friend has. The friend does not see it.',
		fills: { wcId: friend, labels: labelNames },
	},
	ignores: ['fullResponse'],
};

/** Some labels less, where the vendor can only set all of them. */
export const removeLabels: CompoundDescription = {
	resource: 'contact',
	value: 'removeLabels',
	name: 'Remove Labels',
	chinese: '移除标签',
	action: 'Remove labels from contact',
	description: 'Remove labels from a friend, by name or ID; its other labels stay',
	properties: [...propertiesFor(...FIELDS), { ...labelsProperty(), required: true }],
	tool: {
		when: 'Take labels off a friend of this WeChat account. Other labels stay, and the friend does not see it.',
		fills: { wcId: friend, labels: labelNames },
	},
	ignores: ['fullResponse'],
};
