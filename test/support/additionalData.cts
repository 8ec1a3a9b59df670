import { ExecutionLifecycleHooks } from 'n8n-core';
import type { IWorkflowExecuteAdditionalData } from 'n8n-workflow';

import type { TestCredentials } from './credentials.cts';

/** What n8n knows beside a node when it runs one. */
interface Surroundings {
	/** Where n8n says it is, without a slash at the end. */
	base: string;
	workflowId: string;
	credentials: TestCredentials;
	/** Undefined outside executions. */
	executionId: string | undefined;
}

/** What n8n hands to n8n-core's contexts and engine, as far as our nodes use it. */
export function additionalDataOf({
	base,
	workflowId,
	credentials,
	executionId,
}: Surroundings): IWorkflowExecuteAdditionalData {
	return {
		executionId,
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks('webhook', executionId ?? '0', {
			id: workflowId,
			name: 'test',
			active: true,
			isArchived: false,
			connections: {},
			nodes: [],
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
		}),
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
}
