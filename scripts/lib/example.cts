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

/** The workflow with this credential chosen in every node of this package. */
export function withCredential(
	workflow: WorkflowFile,
	credential: { id: string; name: string },
): WorkflowFile {
	const nodes = workflow.nodes.map((node) =>
		node.type.startsWith('n8n-nodes-eyun.')
			? { ...node, credentials: { [CREDENTIAL_TYPE]: credential } }
			: node,
	);
	return { ...workflow, nodes };
}
