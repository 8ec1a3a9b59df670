import type { INodeProperties } from 'n8n-workflow';

/** Options for conversations: messages that belong together, and a person who takes over. */

/** In seconds. */
export const DEFAULT_SILENCE = 5;
export const LONGEST_SILENCE = 60;
export const DEFAULT_LONGEST_WAIT = 30;
export const LONGEST_WAIT = 600;

export const DEFAULT_PAUSE_MINUTES = 30;
export const LONGEST_PAUSE_MINUTES = 7 * 24 * 60;

function seconds(
	displayName: string,
	name: string,
	value: number,
	most: number,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		noDataExpression: true,
		typeOptions: { minValue: 1, maxValue: most },
		default: value,
		description,
	};
}

/** Messages of one person in quick succession become one event. */
export const mergeMessages: INodeProperties = {
	displayName: 'Merge Messages',
	name: 'merge',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add times',
	default: { values: {} },
	description:
		'Messages that one person writes in one chat in quick succession start one execution: "chatInput" has the words of all, "messages" each of them',
	options: [
		{
			displayName: 'Times',
			name: 'values',
			values: [
				seconds(
					'Silence (Seconds)',
					'silence',
					DEFAULT_SILENCE,
					LONGEST_SILENCE,
					'How many seconds without another message the trigger waits for',
				),
				seconds(
					'Longest Wait (Seconds)',
					'longest',
					DEFAULT_LONGEST_WAIT,
					LONGEST_WAIT,
					'How many seconds after the first message it waits at most',
				),
			],
		},
	],
};

function words(
	displayName: string,
	name: string,
	placeholder: string,
	description: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		noDataExpression: true,
		default: '',
		placeholder,
		description,
	};
}

/** A person takes over. */
export const personTakesOver: INodeProperties = {
	displayName: 'When the Owner Writes',
	name: 'takeover',
	type: 'fixedCollection',
	noDataExpression: true,
	placeholder: 'Add pause',
	default: { values: {} },
	description:
		'When the account writes in a chat from the phone or another device, that chat starts nothing for a while. To get what the owner writes, choose the event "Owner: Wrote in a Chat".',
	options: [
		{
			displayName: 'Pause',
			name: 'values',
			values: [
				{
					displayName: 'Pause (Minutes)',
					name: 'minutes',
					type: 'number',
					noDataExpression: true,
					typeOptions: { minValue: 0, maxValue: LONGEST_PAUSE_MINUTES },
					default: DEFAULT_PAUSE_MINUTES,
					description:
						'How long the chat starts nothing after each message of the owner. 0 if only the words below count.',
				},
				words(
					'Words to Pause',
					'pauseWords',
					'e.g. 我来, human',
					'Messages of the owner, separated by commas, that pause the chat until one of the words below resumes it',
				),
				words(
					'Words to Resume',
					'resumeWords',
					'e.g. 你来, bot',
					'Messages of the owner, separated by commas, that end the pause of the chat at once',
				),
			],
		},
	],
};
