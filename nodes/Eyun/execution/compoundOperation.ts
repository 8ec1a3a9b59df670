import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Kept, ToolUse } from '../catalogue/tool/types';

/**
 * An operation that is more than one call to the vendor, or none of its endpoints: waiting for a
 * login, downloading a received file, asking a person. It stands in the same lists as the
 * catalogue's operations, but is written out instead of derived.
 */
export interface CompoundOperation {
	/** The value of the resource it stands in. */
	resource: string;
	/** The value of n8n's `operation` parameter, unique within the resource. */
	value: string;
	/** The name in the operation list, in Title Case. */
	name: string;
	/** What users call it in Chinese. */
	chinese: string;
	/** What it does, in sentence case. */
	action: string;
	/** One sentence that says what it saves the user. */
	description: string;
	/** Its parameters, without display rules. */
	properties: readonly INodeProperties[];
	/** It changes nothing, so several items may run at the same time. */
	reads?: true;
	/** Options that make no difference to it, so that the editor does not show them. */
	ignores?: ReadonlyArray<'fullResponse' | 'timeout'>;
	/** What is left of each item with Simplify. */
	simplified?: Kept;
	/** What it is as a tool of an AI agent; without it, it makes none. */
	tool?: ToolUse;
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

/** The compound operations of a node; the node file hands them in, so that nothing below knows one. */
export interface Compounds {
	/** In the order of their resources. */
	operations: readonly CompoundOperation[];
	/** Resources that hold compound operations only. */
	resources: ReadonlyArray<{ value: string; name: string; chinese: string }>;
}
