import type { INode } from 'n8n-workflow';

/** What n8n puts behind the type of a node that an AI agent uses as a tool. */
const TOOL_TYPE = /Tool$/;

/**
 * Whether a node runs as the tool of an AI agent.
 *
 * @param node the running node
 */
export function isTool(node: INode): boolean {
	return TOOL_TYPE.test(node.type);
}

/**
 * An error as an agent needs it: of an error n8n hands on the message and nothing else.
 *
 * @param message what happened
 * @param advice what to do
 * @param mayBeDone whether it may have been carried out, which an agent must know first
 */
export function forAgent(message: string, advice: string, mayBeDone = false): string {
	const first = mayBeDone ? 'May have been delivered: do not send again. ' : '';
	return `${first}${message.replace(/[.。]$/, '')}. ${advice}`;
}
