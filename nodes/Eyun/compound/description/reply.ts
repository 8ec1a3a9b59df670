import type { INodeProperties } from 'n8n-workflow';

import { longText } from '../../catalogue/fields';
import { CANNOT_BE_UNDONE, plainTextOf } from '../../catalogue/tool/values';
import type { Field } from '../../catalogue/types';
import { toProperty } from '../../description/field';
import type { CompoundDescription } from '../../description/compound';
import { messageSource } from './messageSource';

/** What is answered. */
export const textField: Field = longText(
	'text',
	'Text',
	'The answer, for example the field output of an AI Agent',
	{ placeholder: 'e.g. {{ $json.output }}' },
);

/** The collection of everything that works without the user. */
export const REPLY_OPTIONS = 'replyOptions';

/** The option's field, as `toWire` checks it; 0 sends the text in one message. */
export const splitField: Field = {
	name: 'splitAt',
	label: 'Split Long Answers',
	type: 'int',
	min: 0,
	max: 20_000,
};

/** A limit below this would put single words into messages. */
export const SHORTEST_PART = 50;

/** How an answer is made, as the user has set it. */
export interface ReplyOptions {
	plainText: boolean;
	mention: boolean;
	quote: boolean;
	splitAt: number;
	typing: boolean;
}

const options: INodeProperties[] = [
	{
		displayName: 'Markdown to Plain Text',
		name: 'plainText',
		type: 'boolean',
		default: true,
		description:
			'Whether to turn headings, bold, lists, tables and links into plain text, because WeChat shows their marks as they are. On unless switched off.',
	},
	{
		displayName: 'Mention the Asker',
		name: 'mention',
		type: 'boolean',
		default: true,
		description:
			'Whether to put the @name of who wrote the message before the answer, in groups only. On unless switched off. An answer that quotes the message mentions nobody.',
	},
	{
		displayName: 'Quote the Message',
		name: 'quote',
		type: 'boolean',
		default: false,
		description:
			'Whether to show the message above the first part of the answer. Eyun has no endpoint for that: the node sends an app message (POST /sendApplet), which has not been tried with Eyun itself.',
	},
	{
		displayName: splitField.label,
		name: splitField.name,
		type: 'number',
		typeOptions: { minValue: splitField.min, maxValue: splitField.max },
		default: 2000,
		description: `How many characters one message has at most; longer answers are split between paragraphs, lines or sentences. At least ${SHORTEST_PART}, or 0 for one message. Without this option 2000.`,
	},
	{
		displayName: 'Typing Pause',
		name: 'typing',
		type: 'boolean',
		default: false,
		description:
			'Whether to wait before each message about as long as a person would need to type it, up to 8 seconds',
	},
];

/** What holds unless the user says otherwise. */
export const USUAL = Object.fromEntries(
	options.map((option) => [option.name, option.default]),
) as unknown as ReplyOptions;

/** What the editor calls an option. */
export function labelOf(name: keyof ReplyOptions): string {
	return options.find((option) => option.name === name)?.displayName ?? name;
}

const properties: readonly INodeProperties[] = [
	...messageSource('Message to Reply To'),
	{ ...toProperty(textField), hint: 'The answer of an AI Agent is {{ $json.output }}' },
	{
		displayName: 'Reply Options',
		name: REPLY_OPTIONS,
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options,
	},
];

/** The answer to a received message: where it goes and from whom is in the message. */
export const replyToMessage: CompoundDescription = {
	resource: 'message',
	value: 'reply',
	name: 'Reply',
	chinese: '回复消息',
	action: 'Reply to message',
	description:
		'Answer the message that started the workflow, in its chat and from its account, as readable text in as many parts as it needs',
	properties,
	tool: {
		when: `Answer the WeChat message that started this workflow, in its chat. Use it only if the answer is not sent anyway when you have finished. ${CANNOT_BE_UNDONE}`,
		// The item of the trigger, in which n8n puts what the model gives, has a text of its own.
		fills: { text: { ...plainTextOf('The answer'), key: 'answer' } },
	},
};
