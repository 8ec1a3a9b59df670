import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** The oldest n8n that the nodes are made for, and tested with; docs/versions.md says what differs there. */
export const OLDEST_N8N = '1.123';

/**
 * Refuses an n8n that lacks what the nodes call. It looks for the function that came last of all.
 *
 * @param context n8n's functions of the node
 * @throws NodeOperationError that says which n8n is needed
 */
export function refuseOlderN8n(context: { getNode(): INode }): void {
	if ('getSignedResumeUrl' in context) return;
	throw new NodeOperationError(
		context.getNode(),
		`This n8n is too old for this node: it needs n8n ${OLDEST_N8N} or newer`,
		{ description: 'Update n8n, then try again' },
	);
}

/**
 * Refuses a trigger whose callbacks n8n would answer with 404. n8n's command line imports nodes without a
 * webhook ID, and its API did so up to about 2.20. The address then holds the name of the node, and n8n
 * does not find it when the name has anything that addresses write otherwise, such as a space.
 *
 * @param context n8n's functions of the activation
 * @throws NodeOperationError that says how the node gets an address
 */
export function refuseUnservedAddress(context: { getNode(): INode }): void {
	const node = context.getNode();
	if (node.webhookId !== undefined || encodeURIComponent(node.name) === node.name) return;
	throw new NodeOperationError(
		node,
		'n8n would not find the webhook of this trigger, because the workflow was not imported in the editor: rename the trigger to one word of Latin letters, or import the workflow in the editor',
	);
}

/**
 * Lets n8n answer only signed links of an execution that is about to wait. From 2.14 on it does so
 * unasked, and has no such function any more.
 *
 * @param context n8n's functions of the node that waits
 */
export function answerSignedLinksOnly(context: IExecuteFunctions): void {
	const older: IExecuteFunctions & { setSignatureValidationRequired?(): void } = context;
	older.setSignatureValidationRequired?.();
}
