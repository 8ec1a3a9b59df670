import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { authenticateRequest } from '../nodes/Eyun/transport/authenticate';
import {
	MOST_MINUTES,
	MOST_PER_DAY,
	MOST_PER_MINUTE,
	USUAL_MINUTES,
} from '../nodes/Eyun/transport/limits/sendLimits';
import { openSession } from '../nodes/Eyun/transport/session';

/** Codes of a refusal: 1001 in every example, 10001 in old tables, 401 and 403 by custom. */
const REFUSALS = ['1001', '10001', '401', '403'];

/** The fields behind the switch Limit Sending. */
const LIMITED = { show: { limitSending: [true] } };

/** Access to one Eyun developer account: a permanent token, or account and password to log in with. */
export class EyunApi implements ICredentialType {
	name = 'eyunApi';

	displayName = 'Eyun API';

	icon: Icon = { light: 'file:../nodes/Eyun/eyun.svg', dark: 'file:../nodes/Eyun/eyun.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-eyun/n8n-nodes-eyun/blob/main/docs/credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://api.example.com:9899',
			description: 'The address of the API from Eyun, with the port if it has one',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Account and Password',
					value: 'account',
					description: 'n8n logs in to Eyun automatically and keeps the token',
				},
				{
					name: 'Authorization Token',
					value: 'token',
					description: 'Paste the permanent token from the answer of the login endpoint',
				},
			],
			default: 'account',
		},
		{
			displayName: 'Authorization Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['token'] } },
			description:
				'The value of "Authorization" in the answer of /member/login. It does not expire',
		},
		{
			// Of an earlier version, which began with the token: n8n does not store what is a default, and
			// drops what is not shown. Nobody sees it; `logsIn` goes by it.
			displayName: 'Authorization Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['account'], account: [''] } },
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['account'] } },
			description: 'The Eyun developer account, usually a phone number',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['account'] } },
			description: 'The password of the developer account',
		},
		{
			// An option of an earlier version. n8n drops what is not declared, so it stays declared, and is
			// shown only where it is set.
			displayName: 'Header Prefix (Earlier Version)',
			name: 'headerPrefix',
			type: 'string',
			default: '',
			placeholder: 'e.g. Bearer',
			description:
				'Text to send in front of the token. Eyun expects the token without it: clear this field unless a proxy of your own needs it.',
			displayOptions: { show: { headerPrefix: [{ _cnd: { exists: true } }] } },
		},
		{
			displayName: 'Limit Sending',
			name: 'limitSending',
			type: 'boolean',
			default: false,
			description:
				'Whether to limit what each WeChat account of this credential sends, over all workflows. WeChat may ban accounts that send too much',
		},
		{
			displayName: 'Messages per Minute',
			name: 'messagesPerMinute',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MOST_PER_MINUTE, numberPrecision: 0 },
			default: 0,
			displayOptions: LIMITED,
			description:
				'How much each WeChat account may send within any 60 seconds: messages, posts, comments, requests and invitations. 0 for no limit',
		},
		{
			displayName: 'Messages per Day',
			name: 'messagesPerDay',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MOST_PER_DAY, numberPrecision: 0 },
			default: 0,
			displayOptions: LIMITED,
			description: 'The same for a calendar day of the time zone. 0 for no limit',
		},
		{
			displayName: 'Quiet From',
			name: 'quietFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 23:00',
			displayOptions: LIMITED,
			description: 'The time of day from which nothing is sent. Leave empty for no quiet hours',
		},
		{
			displayName: 'Quiet Until',
			name: 'quietTo',
			type: 'string',
			default: '',
			placeholder: 'e.g. 07:00',
			displayOptions: LIMITED,
			description:
				'The time of day from which sending goes on, the next day if it is the earlier one',
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Asia/Shanghai',
			displayOptions: LIMITED,
			description: 'The time zone of day and quiet hours. Leave empty for that of the workflow',
		},
		{
			displayName: 'When a Limit Is Reached',
			name: 'whenLimited',
			type: 'options',
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'Fail without sending, and say when the next send is possible',
				},
				{
					name: 'Wait',
					value: 'wait',
					description: 'Wait until sending is possible, and fail if that takes too long',
				},
			],
			default: 'wait',
			displayOptions: LIMITED,
		},
		{
			displayName: 'Longest Wait (Minutes)',
			name: 'longestWait',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MOST_MINUTES, numberPrecision: 0 },
			default: USUAL_MINUTES,
			displayOptions: { show: { limitSending: [true], whenLimited: ['wait'] } },
			description: 'How long one send may wait before it fails',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/** n8n calls this where it has no token, Eyun has refused the one it has, or the user tests the credential. */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<{ sessionToken: string }> {
		return await openSession(this, credentials);
	}

	authenticate = authenticateRequest;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			// Answers for an account without any WeChat too, which /queryLoginWx may not.
			url: '/getReqTimes',
			method: 'POST',
			body: {},
		},
		rules: REFUSALS.flatMap((code) => [code, Number(code)]).map((value) => ({
			type: 'responseSuccessBody' as const,
			properties: {
				key: 'code',
				value,
				message:
					'Eyun does not accept this Authorization token. Copy it again from the answer of /member/login, or choose Account and Password',
			},
		})),
	};
}
