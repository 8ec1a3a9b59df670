/** The `emit` that n8n gives a trigger, in the ways of its versions. */
import type { INodeExecutionData, IRun, ITriggerFunctions } from 'n8n-workflow';

type Emit = ITriggerFunctions['emit'];

/** An `emit` of an n8n below 2.35, which tells of no failure: with a key (from about 2.20), or without one. */
export type OlderEmit = 'with key' | 'without key';

/** The process of n8n that an `emit` belongs to. */
export interface EmittingProcess {
	/** Whether it has crashed, so that nothing comes of an `emit` any more. */
	isDead(): boolean;
	/** Starts an execution; throws when n8n cannot. */
	start(data: INodeExecutionData[][], key?: string): Promise<IRun | undefined>;
	/** Is given what goes on after `emit` has returned. */
	note(work: Promise<void>): void;
}

/**
 * An `emit` of n8n.
 *
 * @param older undefined for the present one
 */
export function emitOf(
	older: OlderEmit | undefined,
	{ isDead, start, note }: EmittingProcess,
): Emit {
	if (older === undefined) {
		return (data, _response, done, key) => {
			if (!isDead()) note(settleDonePromise(start(data, key), done));
		};
	}
	// As n8n 2.20 and 2.0 (active-workflow-manager.js): nothing is heard of a failure.
	const keyed: Emit = (data, _response, done, key) => {
		if (isDead()) return;
		const run = start(data, key);
		note(
			run.then(
				(ended) => done?.resolve(ended as IRun),
				() => {},
			),
		);
	};
	return older === 'with key' ? keyed : (data, response, done) => keyed(data, response, done);
}

/** As in n8n (trigger-execution-context.factory.js), which the trigger recognizes by this name. */
async function settleDonePromise(run: Promise<IRun | undefined>, done: Parameters<Emit>[2]) {
	await run.then(
		(ended) => done?.resolve(ended as IRun),
		(error: Error) => done?.reject(error),
	);
}
