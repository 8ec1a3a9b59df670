import type { INodeProperties } from 'n8n-workflow';

import { chat, longText, wId } from '../../../catalogue/fields';
import type { Field } from '../../../catalogue/types';
import { toProperty } from '../../../description/field';
import { toPropertyForVersions } from '../../../description/versions';
import {
	answeredByProperty,
	answerProperty,
	chatOptions,
	ON_PAGE,
	whereAnswered,
} from './chatProperties';
import { languageField, wordsIn } from './language';
import { limitWaitTime } from './waitTime';

/** Who asks whom; the vendor's own names. */
export const recipient: readonly Field[] = [wId, chat];

/** What is asked; the name that n8n's human review for AI agents fills in. */
export const messageField: Field = longText(
	'message',
	'Message',
	'The question. The node adds below it how to answer: a link, which anybody can use once, or what to reply',
);

/** The response types, by the names of n8n's own nodes. */
export const APPROVAL = 'approval';
export const FREE_TEXT = 'freeText';

/** The choices of `approvalType`. */
const ONE_BUTTON = 'single';
export const TWO_BUTTONS = 'double';

/** What the editor fills in. */
const WORDS = wordsIn('en');

function text(displayName: string, name: string, initial: string): INodeProperties {
	return { displayName, name, type: 'string', default: initial };
}

export const properties: readonly INodeProperties[] = [
	...[...recipient, messageField].flatMap((field) => toPropertyForVersions(field)),
	answerProperty,
	answeredByProperty,
	{
		displayName: 'Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{
				name: 'Approval',
				value: APPROVAL,
				description: 'One or two buttons, or one of two replies',
			},
			{ name: 'Free Text', value: FREE_TEXT, description: 'Any text' },
		],
		default: APPROVAL,
	},
	{
		displayName: 'Approval Options',
		name: 'approvalOptions',
		type: 'fixedCollection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Values',
				name: 'values',
				values: [
					{
						displayName: 'Type of Approval',
						name: 'approvalType',
						type: 'options',
						options: [
							{ name: 'Approve Only', value: ONE_BUTTON },
							{ name: 'Approve and Decline', value: TWO_BUTTONS },
						],
						default: ONE_BUTTON,
					},
					text('Approve Button Label', 'approveLabel', WORDS.approve),
					{
						...text('Decline Button Label', 'disapproveLabel', WORDS.decline),
						displayOptions: { show: { approvalType: [TWO_BUTTONS] } },
					},
				],
			},
		],
		displayOptions: { show: { responseType: [APPROVAL] } },
	},
	limitWaitTime,
	chatOptions,
	{
		displayName: 'Page Options',
		name: 'pageOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			text('Confirmation', 'thanks', WORDS.thanks),
			toProperty(languageField),
			text('Submit Button Label', 'submit', WORDS.submit),
			text('Title', 'title', WORDS.title),
		],
		displayOptions: whereAnswered(ON_PAGE),
	},
];
