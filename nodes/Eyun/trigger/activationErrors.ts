import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { shownAddress } from './callbackAddress';

/** An activation that cannot succeed before the user changes something. */
export function unusable(node: INode, message: string, description: string): NodeOperationError {
	return new NodeOperationError(node, message, { description });
}

/**
 * Says that somebody else receives the callbacks, and what can be done.
 *
 * @param node the trigger
 * @param receiver the whole address that is registered; what may be secret in it is not shown
 */
export function conflict(node: INode, receiver: string): NodeOperationError {
	const shown = shownAddress(receiver);
	return unusable(
		node,
		`Another system or workflow receives the callbacks of this E云 account: ${shown}`,
		`E云 pushes to one address per developer account, so activating this workflow would cut the other one off. Either deactivate the other one first, or set On Conflict to Take Over: then the callbacks come here until this workflow is deactivated, and go to ${shown} again afterwards. To let several workflows react, use one trigger and Execute Workflow`,
	);
}
