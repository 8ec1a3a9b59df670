/** A workflow with an AI agent, as far as the editor needs it: a start, the agent, its model. */
import type { INode } from 'n8n-workflow';
import type { StoredWorkflow, WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import { BY_HAND } from './editor.cts';
import type { Ui } from './ui.cts';

/** The agent's name in the workflow. */
export const AGENT = 'AI Agent';

/** The id of the first of the agent's tools; the others count on. */
const TOOL_ID = 'a5cbb1de-0004-4000-8000-';

/** A node that hangs on the agent as a tool, or on another tool. */
export type ToolNode = Omit<INode, 'id' | 'position'> & { servesTool?: string };

/** Stores an agent with such tools; gives back the workflow and the ids of the tools. */
export async function storeAgent(
	{ stack }: Ui,
	name: string,
	tools: ToolNode[] = [],
): Promise<{ workflow: StoredWorkflow; toolIds: string[] }> {
	const credential = { name: 'OpenAI account', type: 'openAiApi', data: { apiKey: 'none' } };
	const openAiApi = { id: await stack.client.saveCredential(credential), name: credential.name };
	const toolIds = tools.map((_, n) => `${TOOL_ID}${String(n).padStart(12, '0')}`);
	const nodes = [
		{ ...BY_HAND, id: `${TOOL_ID}100000000000`, position: [0, 0] },
		{
			id: `${TOOL_ID}100000000001`,
			name: AGENT,
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: 3.1,
			position: [240, 0],
			parameters: { promptType: 'define', text: 'Answer the customer' },
		},
		{
			id: `${TOOL_ID}100000000002`,
			name: 'Model',
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			position: [160, 180],
			parameters: { model: { __rl: true, mode: 'id', value: 'any' }, options: {} },
			credentials: { openAiApi },
		},
		...tools.map(({ servesTool, ...node }, n) => ({
			...node,
			id: toolIds[n],
			position: servesTool === undefined ? [420, 180] : [420, 380],
		})),
	];
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	const file = {
		name,
		settings: { executionOrder: 'v1' },
		nodes,
		connections: {
			[BY_HAND.name]: to(AGENT, 'main'),
			Model: to(AGENT, 'ai_languageModel'),
			...Object.fromEntries(
				tools.map(({ name: tool, servesTool = AGENT }) => [tool, to(servesTool, 'ai_tool')]),
			),
		},
	} as unknown as WorkflowFile;
	return { workflow: await stack.client.createWorkflow(file), toolIds };
}
