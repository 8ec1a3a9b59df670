import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { EVENT_OPTIONS } from '../../callbacks/events';

/** The fewest characters of a secret that a user makes up, so that it cannot be tried out. */
export const SHORTEST_OWN_SECRET = 20;

export const DEFAULT_REMEMBERED = 10_000;
export const MAX_REMEMBERED = 50_000;

export const DEFAULT_WATCHDOG_MINUTES = 5;
export const MAX_WATCHDOG_MINUTES = 60;

/** What the vendor gets for everything we took, whether or not it starts an execution (FACTS a.1). */
export const DEFAULT_ANSWER = '{"code":"1000","message":"ok"}';

const CHATS: INodePropertyOptions[] = [
	{ name: 'Private and Group', value: 'both' },
	{ name: 'Private Only', value: 'private' },
	{ name: 'Group Only', value: 'group' },
];

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
 * The parameters as n8n shows them. None takes an expression: n8n would have to start its
 * expression engine for every single callback.
 */
export const TRIGGER_PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: EVENT_OPTIONS,
		default: ['*'],
		description: 'Which events start the workflow. All others are answered and cost no execution.',
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
					'Registers the address with E云 on activation, watches over it, and takes it back on deactivation',
			},
			{
				name: 'Manual',
				value: 'manual',
				description: 'Registers nothing: you paste the address into E云 yourself',
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
				name: 'Stop',
				value: 'stop',
				description: 'Does not activate, and says who receives the callbacks at present',
			},
			{
				name: 'Take Over',
				value: 'takeOver',
				description:
					'Receives the callbacks instead, and gives them back on deactivation. The other system gets nothing meanwhile.',
			},
		],
		default: 'stop',
		description:
			'What to do if another system or workflow receives the callbacks. E云 knows only one address per developer account. Other systems can be seen only if the credential has account and password.',
	},
	{
		displayName:
			'Paste this address into E云: the Production URL under "Webhook URLs" above, followed by ?secret= and the secret below',
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
		description: `At least ${SHORTEST_OWN_SECRET} letters, digits, "-" or "_" that nobody can guess. Callbacks without it are refused.`,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Allowed Sender Addresses',
				name: 'allowedSenders',
				type: 'string',
				noDataExpression: true,
				default: '',
				placeholder: 'e.g. 203.0.113.7, 2001:db8::/32',
				description:
					'IPv4 or IPv6 addresses and ranges that may send callbacks, separated by commas. Behind a reverse proxy set N8N_PROXY_HOPS, or all callbacks seem to come from the proxy.',
			},
			{
				displayName: 'Answer Body',
				name: 'answerBody',
				type: 'string',
				noDataExpression: true,
				default: DEFAULT_ANSWER,
				description: 'What E云 is answered for every callback that was taken',
			},
			{
				displayName: 'Answer When',
				name: 'answerWhen',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Stored',
						value: 'stored',
						description:
							'When n8n has stored the execution: what was answered is not lost if n8n dies',
					},
					{
						name: 'Received',
						value: 'received',
						description:
							'At once. In a burst executions begin when it is over, ten seconds later at most; what has not begun is lost if n8n dies.',
					},
				],
				default: 'stored',
				description: 'When E云 is answered. It waits six seconds at most.',
			},
			{
				displayName: 'Chats',
				name: 'chats',
				type: 'options',
				noDataExpression: true,
				options: CHATS,
				default: 'both',
				description: 'Whether what happens in private chats, in groups, or in both is wanted',
			},
			{
				displayName: 'Download Media',
				name: 'downloadMedia',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether to download the image, voice, video, sticker or file of a message into the binary field "data". A message whose file cannot be had comes without it, with the reason in "media".',
			},
			list(
				'Groups',
				'groups',
				'Only what happens in these groups. Private chats are not affected.',
				'e.g. 12345678901@chatroom',
			),
			{
				displayName: 'Include Own Messages',
				name: 'includeOwnMessages',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether messages that the account itself wrote, on the phone or another device, start the workflow too. A workflow that answers would then answer itself.',
			},
			{
				displayName: 'Maximum Age',
				name: 'maximumAge',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 0 },
				default: 0,
				description:
					'Messages that are older, in seconds, start nothing: E云 may push history again after a reconnect. 0 takes messages of any age.',
			},
			{
				displayName: 'Only When Mentioned',
				name: 'onlyMentioned',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description:
					'Whether group messages start the workflow only if they mention the account or everybody. Private messages are not affected.',
			},
			list(
				'Receiving Accounts',
				'receivingAccounts',
				'Only what these WeChat accounts of yours receive, by WeChat ID (wcId). All accounts if empty.',
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
					'How many messages are remembered so that a repeated one starts nothing. 0 lets repeats through.',
			},
			list(
				'Senders',
				'senders',
				'Only what these people or official accounts wrote or did, by WeChat ID (wcId)',
				'e.g. wxid_abc123',
			),
			list(
				'Text Contains',
				'textContains',
				'Only messages whose text has at least one of these in it, in capital or small letters',
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
					'Only messages whose text matches this regular expression, in RE2 syntax: without lookaround and backreferences, so that no text can make it slow. (?i) at the start ignores case.',
			},
			{
				displayName: 'Watchdog Interval',
				name: 'watchdogMinutes',
				type: 'number',
				noDataExpression: true,
				typeOptions: { minValue: 0, maxValue: MAX_WATCHDOG_MINUTES },
				default: DEFAULT_WATCHDOG_MINUTES,
				description:
					'How many minutes between two looks at E云: which accounts are online, whether the callback address is still in place, and whether pushing has to be resumed. 0 switches it off.',
			},
		],
	},
];
