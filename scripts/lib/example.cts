/** The importable workflows in `examples/`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowFile } from './n8n-client.cts';
import { REPOSITORY } from './package.cts';

export const CREDENTIAL_TYPE = 'eyunApi';

/** Reads `examples/<name>.json`. */
export async function example(name: string): Promise<WorkflowFile> {
	const text = await readFile(join(REPOSITORY, 'examples', `${name}.json`), 'utf8');
	// Not its id, which n8n's command line wants: whoever renamed the workflow has it already.
	const { name: title, nodes, connections, settings } = JSON.parse(text) as WorkflowFile;
	return { name: title, nodes, connections, settings };
}

/** Stored credentials, by their types. */
export type ChosenCredentials = Record<string, { id: string; name: string }>;

/** Which credential a node of an example takes. */
const CREDENTIAL_OF: ReadonlyArray<[nodes: RegExp, credential: string]> = [
	[/^n8n-nodes-eyun\./, CREDENTIAL_TYPE],
	[/\.lmChatOpenAi$/, 'openAiApi'],
];

/**
 * Chooses credentials in the nodes of an example, as its user does.
 *
 * @param workflow the example
 * @param credentials what there is to choose; nodes that take something else stay as they are
 */
export function withCredentials(
	workflow: WorkflowFile,
	credentials: ChosenCredentials,
): WorkflowFile {
	const nodes = workflow.nodes.map((node) => {
		const [, type = ''] = CREDENTIAL_OF.find(([pattern]) => pattern.test(node.type)) ?? [];
		const chosen = credentials[type];
		return chosen === undefined ? node : { ...node, credentials: { [type]: chosen } };
	});
	return { ...workflow, nodes };
}
