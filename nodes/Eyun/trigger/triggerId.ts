import type { FunctionsBase } from 'n8n-workflow';

/** What every n8n context of a trigger tells about itself. */
type TriggerContext = Pick<FunctionsBase, 'getNode' | 'getWorkflow'>;

/**
 * Names one trigger node among all of an n8n instance.
 *
 * @param context any n8n context of the node
 */
export function triggerIdOf(context: TriggerContext): string {
	return `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
}

/**
 * One of something per trigger node and process: made at first use, kept until the process ends.
 *
 * @param make makes a new one
 * @returns a function that gives the one of the context's node
 */
export function perTrigger<T>(make: () => T): (context: TriggerContext) => T {
	const all = new Map<string, T>();
	return (context) => {
		const id = triggerIdOf(context);
		const known = all.get(id);
		if (known !== undefined) return known;
		const made = make();
		all.set(id, made);
		return made;
	};
}
