import type { FunctionsBase } from 'n8n-workflow';

/** What every n8n context of a trigger tells about itself. */
export type NodeContext = Pick<FunctionsBase, 'getNode' | 'getWorkflow'>;

/**
 * Names one trigger node among all of an n8n instance.
 *
 * @param context any n8n context of the node
 */
export function triggerIdOf(context: NodeContext): string {
	return `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
}
