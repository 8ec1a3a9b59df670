import type { FunctionsBase } from 'n8n-workflow';

/** What every n8n context of a trigger tells about itself. */
type TriggerContext = Pick<FunctionsBase, 'getNode' | 'getWorkflow'>;

/** n8n copies the whole node each time it is asked for. */
const known = new WeakMap<TriggerContext, string>();

/**
 * Names one trigger node among all of an n8n instance.
 *
 * @param context any n8n context of the node
 */
export function triggerIdOf(context: TriggerContext): string {
	const id = known.get(context) ?? `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
	known.set(context, id);
	return id;
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
		const present = all.get(id);
		if (present !== undefined) return present;
		const made = make();
		all.set(id, made);
		return made;
	};
}
