/** How the checks beside this file reach into n8n's code. */
import { createRequire } from 'node:module';

// Before n8n reads its settings.
process.env.N8N_PROXY_HOPS = '2';

/* What n8n exports here has no types that another package may use. */
export type Loose = any; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Requires what n8n requires. */
export const fromN8n = createRequire(process.argv[2]);
/** A module of n8n's, by its path without ending. */
export const load = (path: string): Loose => fromN8n(`../dist/${path}.js`);

/** One line for contract.cts. */
export interface Told {
	name: string;
	/** Absent when the check passed. */
	error?: string;
}

/** Runs one check, and tells contract.cts what came of it. */
export async function check(name: string, body: () => void | Promise<void>): Promise<void> {
	const told: Told = { name };
	try {
		await body();
	} catch (error) {
		told.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
	}
	console.log(JSON.stringify(told));
}

/** A log, or anything else that is told things and says nothing. */
export const silent: Loose = new Proxy(
	{},
	{ get: (_, name) => (name === 'scoped' ? () => silent : () => {}) },
);
/** n8n's tracing, which goes nowhere. */
export const tracing = {
	startSpan: async (_: unknown, work: (span: Loose) => Promise<unknown>) => await work(silent),
	pickWorkflowAttributes: () => ({}),
	pickNodeAttributes: () => ({}),
};

/** An object of one of n8n's classes without its constructor, with the parts that a check needs. */
export function made(path: string, name: string, parts: object): Loose {
	const type = load(path)[name] as { prototype: object };
	return Object.assign(Object.create(type.prototype) as object, parts);
}

/** The name of the node in question. */
export const NODE = 'Trigger';

/** A workflow with the nodes of these ids, and nothing that could be evaluated. */
export const workflowOf = (...ids: string[]) => ({
	id: 'w',
	name: 'w',
	nodes: Object.fromEntries(ids.map((id) => [id, { id, name: id }])),
	staticData: {},
	getNode: (name: string) => ({ id: name, name }),
	expression: { acquireIsolate: async () => true, releaseIsolate: async () => {} },
});
