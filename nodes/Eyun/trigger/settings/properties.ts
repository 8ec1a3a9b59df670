import type { INodeProperties } from 'n8n-workflow';

import { voiceFormatProperty } from '../../voice/voiceFormat';
import { mergeMessages, personTakesOver } from './conversationOptions';
import { EVENT_OPTIONS } from './eventChoices';

/** The last part of every address of this package's triggers. */
export const WEBHOOK_PATH = 'eyun';

/** The fewest characters of a secret that a user makes up, so that it cannot be guessed by trial. */
export const SHORTEST_OWN_SECRET = 20;

export const DEFAULT_REMEMBERED = 10_000;
export const MAX_REMEMBERED = 50_000;

export const DEFAULT_WATCHDOG_MINUTES = 5;
export const MAX_WATCHDOG_MINUTES = 60;

const automatic = { show: { callbackManagement: ['automatic'] } };
const manual = { show: { callbackManagement: ['manual'] } };

/** A list of ids or words, one field each. */
function list(displayName: string, name: string, description: string, placeholder: string) {
	return {
		displayName,
		name,
		type: 'string',
		noDataExpression: true,
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add' },
		default: [],
		placeholder,
		description,
	} satisfies INodeProperties;
}

/**
 * An option of an earlier version. n8n drops what is not declared, in the editor and when it runs, so
 * a workflow for private chats would then answer in groups. Therefore it stays declared, and is shown
 * only where it is set.
 */
function earlier<Property extends INodeProperties>(property: Property): INodeProperties {
	return {
		...property,
		noDataExpression: true,
		displayOptions: { show: { [property.name]: [{ _cnd: { exists: true } }] } },
	};
}

const answerBody = earlier({
	displayName: 'Answer Body (Earlier Version)',
	name: 'answerBody',
	type: 'string',
	default: undefined,
	description: 'The answer to Eyun for every accepted callback. Eyun does not need it: delete it.',
});

const answerWhen = earlier({
	displayName: 'Respond (Earlier Version)',
	name: 'answerWhen',
	type: 'options',
	options: [
		{ name: 'When Stored', value: 'stored' },
		{ name: 'Immediately', value: 'received' },
	],
	default: undefined,
	description:
		'Immediately loses what has not started when n8n crashes. Delete this option, and switch on Several Events per Execution instead, which is fast and loses nothing.',
});

const chats = earlier({
	displayName: 'Chats (Earlier Version)',
	name: 'chats',
	type: 'options',
	options: [
		{ name: 'Private and Group', value: 'both' },
		{ name: 'Private Only', value: 'private' },
		{ name: 'Group Only', value: 'group' },
	],
	default: undefined,
	description:
		'Choose Any Private Message or Any Group Message in Trigger On instead, and delete this option',
});

/**
 * The parameters as n8n shows them. None takes an expression: n8n would have to start its
 * expression engine for every single callback.
 */
export const TRIGGER_PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: EVENT_OPTIONS,
		default: ['*'],
		description:
			'Which events start the workflow. The trigger accepts all others and starts nothing.',
	},
	{
		displayName: 'Callback Management',
		name: 'callbackManagement',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'Registers the address with Eyun on activation, checks it regularly, and removes it on deactivation',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Registers nothing. You enter the address in Eyun yourself.',
			},
		],
		default: 'automatic',
	},
	{
		displayName: 'On Conflict',
		name: 'onConflict',
		type: 'options',
		noDataExpression: true,
		displayOptions: automatic,
		options: [
			{
				name: 'Share',
				value: 'share',
				description:
					'Receives the callbacks, and hands each of them on to the other system, which gets the address back on deactivation',
			},
			{
				name: 'Stop',
				value: 'stop',
				description: 'Does not activate, and shows who receives the callbacks',
			},
			{
				name: 'Take Over',
				value: 'takeOver',
				description:
					'Receives the callbacks instead, and restores the other address on deactivation. Until then the other system, and other workflows of this n8n, get nothing.',
			},
		],
		default: 'stop',
		description:
			'What to do if another system receives the callbacks. Other systems are visible only if the credential has account and password.',
	},
	{
		displayName:
			'Eyun pushes to one address per developer account. The active triggers of this n8n share it by themselves: each gets every event. With another system, "On Conflict" decides.',
		name: 'sharingNotice',
		type: 'notice',
		default: '',
		displayOptions: automatic,
	},
	{
		displayName:
			'Register this address with Eyun: the Production URL under "Webhook URLs" above, followed by ?secret= and the secret below',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: manual,
	},
	{
		displayName: 'Secret',
		name: 'manualSecret',
		type: 'string',
		typeOptions: { password: true },
		noDataExpression: true,
		required: true,
		default: '',
		displayOptions: manual,
		description: `At least ${SHORTEST_OWN_SECRET} letters, digits, "-" or "_" that nobody can guess. The trigger refuses callbacks without it.`,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Allowed Addresses',
				name: 'allowedSenders',
				type: 'string',
				noDataExpression: true,
				default: '',
				placeholder: 'e.g. 203.0.113.7, 2001:db8::/32',
				description:
					'IPv4 or IPv6 addresses and ranges that may send callbacks, separated by commas. Behind a reverse proxy set N8N_PROXY_HOPS, or all callbacks seem to come from the proxy.',
			},
			answerBody,
			answerWhen,
			chats,
			{
				displayName: 'Download Media',
				name: 'downloadMedia',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether to download the image, voice, video, sticker or file of a message into the binary field "data". If the download does not succeed, the message comes without the file and "media" has the reason. Voice messages become WAV unless the option Voice Format says otherwise.',
			},
			list(
				'Groups',
				'groups',
				'Only events of these groups, by ID (the chatId of a group message). Private chats are not affected.',
				'e.g. 12345678901@chatroom',
			),
			{
				displayName: 'Include Own Messages',
				name: 'includeOwnMessages',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether messages that the account sends from the phone or another device start the workflow too. A workflow that answers messages would then answer itself.',
			},
			{
				displayName: 'Look Up Names',
				name: 'lookUpNames',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether to ask Eyun for "senderName" and "chatName" when no message has told them yet, once a day for each. Without it they are null until then.',
			},
			{
				displayName: 'Maximum Age (Seconds)',
				name: 'maximumAge',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'Older messages start nothing: Eyun may push history again after a reconnect. 0 accepts messages of any age.',
			},
			mergeMessages,
			{
				displayName: 'Only When Mentioned',
				name: 'onlyMentioned',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether group messages start the workflow only if they mention the account or everybody. Private messages are not affected.',
			},
			{
				displayName: 'Only When Mentioned: @All',
				name: 'allMentions',
				type: 'boolean',
				noDataExpression: true,
				default: true,
				description:
					'Whether a mention of everybody counts. Switch it off to react to mentions of the account itself only.',
			},
			list(
				'Receiving Accounts',
				'receivingAccounts',
				'Only events that these WeChat accounts of yours receive, by WeChat ID (the wcId of an event). All accounts if empty.',
				'e.g. wxid_abc123',
			),
			{
				displayName: 'Remembered Messages',
				name: 'rememberedMessages',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 0, maxValue: MAX_REMEMBERED },
				default: DEFAULT_REMEMBERED,
				description:
					'How many messages the trigger remembers to recognize duplicates. 0 lets duplicates start the workflow.',
			},
			list(
				'Senders',
				'senders',
				'Only events from these people or official accounts, by WeChat ID (the senderId of a message)',
				'e.g. wxid_abc123',
			),
			{
				displayName: 'Session in Groups',
				name: 'session',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'One for the Group',
						value: 'chat',
						description: 'An AI agent remembers what all members said',
					},
					{
						name: 'One for Each Member',
						value: 'member',
						description: 'An AI agent talks to each member for themselves',
					},
				],
				default: 'chat',
				description: 'What "sessionId" stands for, by which the memory of an AI agent is kept',
			},
			{
				displayName: 'Several Events per Execution',
				name: 'severalEvents',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether events that come while n8n stores an execution go together into the next one, as several items. Each is answered when it is stored. Nodes after the trigger must take several items.',
			},
			list(
				'Text Contains',
				'textContains',
				'Only messages that contain at least one of these texts, in upper or lower case',
				'e.g. price',
			),
			{
				displayName: 'Text Matches',
				name: 'textMatches',
				type: 'string',
				noDataExpression: true,
				default: '',
				placeholder: 'e.g. ^(?i)order\\s+\\d+',
				description:
					'Only messages whose text matches this regular expression, in RE2 syntax: no lookaround and no backreferences, so that no text can slow it down. (?i) at the start ignores case.',
			},
			{ ...voiceFormatProperty, noDataExpression: true },
			{
				displayName: 'Watchdog Interval (Minutes)',
				name: 'watchdogMinutes',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 0, maxValue: MAX_WATCHDOG_MINUTES },
				default: DEFAULT_WATCHDOG_MINUTES,
				description:
					'The time between two checks of which accounts are online, whether the callback address is still registered, and whether Eyun has stopped pushing. 0 turns the checks off.',
			},
			personTakesOver,
		],
	},
];
