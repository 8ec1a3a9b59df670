import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { shownAddress } from './callbackAddress';

/**
 * Says that somebody else receives the callbacks, and what can be done.
 *
 * @param node the trigger
 * @param receiver the whole address that is registered; what may be secret in it is not shown
 */
export function conflict(node: INode, receiver: string): NodeOperationError {
	const shown = shownAddress(receiver);
	return new NodeOperationError(
		node,
		// All in the message: where activations go on in the background, n8n shows nothing else.
		`Another system or workflow receives the callbacks of this Eyun account: ${shown} . Deactivate it first, or set On Conflict to Take Over to receive them here until this workflow is deactivated`,
		{
			description:
				'Eyun pushes to one address for each developer account, so activating this workflow would cut the other one off. After Take Over the callbacks go back to the other one when this workflow is deactivated. To let several workflows react, use one trigger and Execute Workflow',
		},
	);
}
