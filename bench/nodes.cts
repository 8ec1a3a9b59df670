/** Nodes and credentials of the bench's workflows, as the editor makes them. */
import type { INodeParameters } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../scripts/lib/example.cts';
import type { CredentialData } from '../scripts/lib/n8n-client.cts';
import type { BenchNode } from './n8n.cts';

/** A node that has no name or credential yet. */
export type Nameless = Omit<BenchNode, 'name'>;

/** One item for each of the webhook's entries. */
export const SPLIT: BenchNode = {
	name: 'Split Out',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.items', options: {} },
};

/** An id as the editor stores it in a field with a list to choose from. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The node under test. */
export function eyunNode(parameters: INodeParameters): Nameless {
	return { type: 'n8n-nodes-eyun.eyun', typeVersion: 1, parameters };
}

/** Our credential, with the permanent token. */
export function eyunCredential(name: string, baseUrl: string, token: string): CredentialData {
	return { name, type: CREDENTIAL_TYPE, data: { baseUrl, authentication: 'token', token } };
}

/** What users pick for an API that wants a token in a header. */
export function headerCredential(token: string): CredentialData {
	return {
		name: 'Token',
		type: 'httpHeaderAuth',
		data: { name: 'Authorization', value: token },
	};
}

/** An HTTP Request node that posts these fields, as its editor makes it. */
export function httpRequest(url: string, fields: Record<string, string>): Nameless {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: {
			method: 'POST',
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			bodyParameters: {
				parameters: Object.entries(fields).map(([name, value]) => ({ name, value })),
			},
			options: {},
		},
	};
}
