import type { INodeTypeDescription, IWebhookDescription } from 'n8n-workflow';
import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';

function webhookFor(httpMethod: 'GET' | 'POST'): IWebhookDescription {
	return {
		name: 'default',
		httpMethod,
		path: '={{ $nodeId }}',
		isFullPath: true,
		restartWebhook: true,
		responseMode: 'onReceived',
		// Empty, n8n answers with what `answerQuestion` returns.
		responseData: '',
	};
}

/** Where the link leads; n8n checks its signature and that the execution waits at this node. */
export const sendAndWaitWebhooks: NonNullable<INodeTypeDescription['webhooks']> = [
	webhookFor('GET'),
	webhookFor('POST'),
];

/** What the editor says at the node while it waits. */
export const WAITING_TOOLTIP = `={{ $parameter["operation"] === "${SEND_AND_WAIT_OPERATION}" ? "The execution continues when the person has answered" : "" }}`;
