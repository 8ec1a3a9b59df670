/** The workflows of queue mode's checks: the trigger, and behind it a call of a server of ours. */
import type { INodeParameters } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { WorkflowFile } from '../../scripts/lib/n8n-client.cts';

/** What differs between them. */
export interface CallingWorkflow {
	name: string;
	/** The trigger's, by which n8n's database knows what it remembers. */
	triggerId: string;
	/** The part of the trigger's address that is its own. */
	webhookId: string;
	/** Of the trigger. */
	parameters: INodeParameters;
	credential: { id: string; name: string };
	/** Where the second node sends, for each item, what `body` says: an expression that gives JSON. */
	url: string;
	body: string;
}

/** One of them, as n8n imports it. */
export function callingWorkflow(made: CallingWorkflow): WorkflowFile {
	return {
		name: made.name,
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: made.triggerId,
				name: 'Eyun WeChat Trigger',
				type: 'n8n-nodes-eyun.eyunTrigger',
				typeVersion: 1.1,
				position: [0, 0],
				webhookId: made.webhookId,
				parameters: made.parameters,
				credentials: { [CREDENTIAL_TYPE]: made.credential },
			},
			{
				id: `${made.triggerId}-downstream`,
				name: 'Downstream',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [220, 0],
				parameters: {
					method: 'POST',
					url: made.url,
					sendBody: true,
					specifyBody: 'json',
					jsonBody: made.body,
				},
			},
		],
		connections: {
			'Eyun WeChat Trigger': { main: [[{ node: 'Downstream', type: 'main', index: 0 }]] },
		},
	};
}
