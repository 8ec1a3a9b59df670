import type { INodeProperties } from 'n8n-workflow';

import { id, longText, texts } from '../../../catalogue/fields';
import type { Field } from '../../../catalogue/types';
import { toProperty } from '../../../description/field';
import { languageField } from './language';

/** Where the answer is given. */
export const ANSWER = 'answer';
export const ON_PAGE = 'page';
export const IN_CHAT = 'chat';

/** Shows a parameter for one of them only. */
export const whereAnswered = (place: typeof ON_PAGE | typeof IN_CHAT) => ({
	show: { [ANSWER]: [place] },
});

/** Where the answer is given; stored workflows without it have a page. */
export const answerProperty: INodeProperties = {
	displayName: 'Answer',
	name: ANSWER,
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'On a Page',
			value: ON_PAGE,
			description: 'The message has a link to a page. One question, for the first item.',
		},
		{
			name: 'In the Chat',
			value: IN_CHAT,
			description:
				'The next message of the person is the answer, and starts no workflow. Needs an active Eyun WeChat Trigger with the same credential. A question for each item',
		},
	],
	default: ON_PAGE,
};

/** Who may answer. */
export const answeredBy: Field = id(
	'answeredBy',
	'Answered By',
	'The member of the group whose answer counts. Leave empty for anybody in the chat',
	{ picker: 'contact', optional: true, placeholder: 'e.g. {{ $json.senderId }}' },
);

export const answeredByProperty: INodeProperties = {
	...toProperty(answeredBy),
	displayOptions: whereAnswered(IN_CHAT),
};

/** The collection of what is special about an answer in the chat. */
export const CHAT_OPTIONS = 'chatOptions';

export const approveWords = texts(
	'approveWords',
	'Approve Words',
	'What counts as approval, besides 1 and the label of the button, in place of yes, OK, 同意, 好的 and the like',
	{ optional: true },
);
export const declineWords = texts(
	'declineWords',
	'Decline Words',
	'What counts as refusal, besides 2 and the label of the button, in place of no, 不同意, 拒绝 and the like',
	{ optional: true },
);
export const instruction = longText(
	'instruction',
	'How to Answer',
	'The line below the question, in place of "Reply 1 for Approve or 2 for Decline". Leave empty for no line',
	{ optional: true },
);
export const notUnderstood = longText(
	'notUnderstood',
	'Reply If Not Understood',
	'What the person gets, once, for a message that is no answer to an approval. That message also starts the workflows that it would start otherwise',
	{ optional: true },
);
export const toOthers = longText(
	'toOthers',
	'Reply to Others',
	'What anybody else in the group gets, once, who answers or quotes the question. That message also starts the workflows that it would start otherwise',
	{ optional: true },
);

const OPTIONS = [approveWords, declineWords, instruction, languageField, notUnderstood, toOthers];

export const chatOptions: INodeProperties = {
	displayName: 'Chat Options',
	name: CHAT_OPTIONS,
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: OPTIONS.map(toProperty),
	displayOptions: whereAnswered(IN_CHAT),
};
