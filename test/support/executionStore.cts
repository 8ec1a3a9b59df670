/** What becomes of executions in n8n's database. */
import type { INodeExecutionData } from 'n8n-workflow';

/** Keeps one execution for each key, as n8n's database does, or fails where a test wants it. */
export class ExecutionStore {
	/** When set, no execution can be stored. */
	startFailure: Error | undefined;

	/** When set, the next execution that the trigger starts is stored, and cannot be run. */
	failAfterStoring: Error | undefined;

	/** The id of a message whose execution cannot be stored. */
	cannotStore: string | undefined;

	/** How many executions cannot be stored next. */
	failures = 0;

	/** Holds executions back before they are stored, like n8n's concurrency limit. */
	holdBack: Promise<void> | undefined;

	/** Whether an execution that the trigger started is being stored. */
	isStoring = false;

	private readonly keys = new Set<string>();

	/** Forgets the stored executions, as n8n does with old ones. */
	deleteExecutions() {
		this.keys.clear();
	}

	/**
	 * Stores an execution that the trigger starts.
	 *
	 * @param main what it is given
	 * @param key of which the database keeps one
	 * @returns false where it has one with this key
	 * @throws the failure that a test has asked for
	 */
	async add(main: INodeExecutionData[][], key: string | undefined): Promise<boolean> {
		if (this.failures > 0) {
			this.failures--;
			throw new Error('not stored');
		}
		const isPoison = JSON.stringify(main).includes(`"${this.cannotStore}"`);
		const failure = isPoison ? new Error('cannot be stored') : this.startFailure;
		if (failure) throw failure;
		if (key !== undefined && this.keys.has(key)) return false;
		if (key !== undefined) this.keys.add(key);
		this.isStoring = true;
		await this.holdBack;
		this.isStoring = false;
		return true;
	}

	/** Why the execution that was stored last cannot be run; said once. */
	takeFailAfterStoring(): Error | undefined {
		const error = this.failAfterStoring;
		this.failAfterStoring = undefined;
		return error;
	}
}
