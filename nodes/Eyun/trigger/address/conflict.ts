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
		`Another system receives the callbacks of this Eyun account: ${shown} . Deactivate it first, or set On Conflict to Share, so that both receive them, or to Take Over`,
		{
			description:
				'Eyun pushes to one address for each developer account, so activating this workflow would cut the other one off. With Share this trigger receives every callback and hands it on to the other system. After Take Over the other system gets nothing until this workflow is deactivated',
		},
	);
}
