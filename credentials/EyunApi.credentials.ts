import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';

import { authenticateRequest } from '../nodes/Eyun/transport/authenticate';
import { openSession } from '../nodes/Eyun/transport/session';

/** Codes of a refusal: 1001 in every example, 10001 in old tables, 401 and 403 by custom. */
const REFUSALS = ['1001', '10001', '401', '403'];

/** Access to one Eyun developer account: a permanent token, or account and password to log in with. */
export class EyunApi implements ICredentialType {
	name = 'eyunApi';

	displayName = 'Eyun API';

	icon: Icon = { light: 'file:../nodes/Eyun/eyun.svg', dark: 'file:../nodes/Eyun/eyun.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-eyun/n8n-nodes-eyun#credential';

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
			default: 'token',
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
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

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
