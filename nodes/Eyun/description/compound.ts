import type { INodeProperties } from 'n8n-workflow';

import type { Kept, ToolUse } from '../catalogue/tool/types';

/**
 * An operation that is more than one call to the vendor, or none of its endpoints: waiting for a
 * login, downloading a received file, asking a person. It stands in the same lists as the
 * catalogue's operations, but is written out instead of derived. This is what n8n knows of it when it
 * starts; what it does is loaded when a node runs.
 */
export interface CompoundDescription {
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
}

/** The compound operations of a node; the node file hands them in, so that nothing below knows one. */
export interface Compounds {
	/** In the order of their resources. */
	operations: readonly CompoundDescription[];
	/** Resources that hold compound operations only. */
	resources: ReadonlyArray<{ value: string; name: string; chinese: string }>;
}
