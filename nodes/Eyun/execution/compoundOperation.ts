import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { CompoundDescription } from '../description/compound';

/** What a compound operation does. */
export interface CompoundRun {
	/**
	 * Runs it for one item.
	 *
	 * @param context n8n's functions of the running node
	 * @param itemIndex the input item, counted from 0
	 * @returns the output items; `pairedItem` is added where it is missing
	 * @throws InvalidInput, NodeApiError or NodeOperationError
	 */
	run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]>;
	/**
	 * Concludes a run, when no item is being worked on any more.
	 *
	 * @param context n8n's functions of the running node
	 * @param output the output items of each input item, those that stand in for failed ones included
	 * @param succeeded false when the node fails or was canceled
	 * @throws NodeApiError or NodeOperationError
	 */
	conclude?(
		context: IExecuteFunctions,
		output: readonly INodeExecutionData[][],
		succeeded: boolean,
	): Promise<void>;
}

/** A compound operation that can run. */
export interface CompoundOperation extends CompoundDescription, CompoundRun {}
