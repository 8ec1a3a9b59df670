import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { findOperation } from '../catalogue';
import { forAgent, isTool } from '../common/agent';
import { rewrapFailure } from '../transport/failure';
import { vendorUnits } from './calls/vendorUnits';
import type { Kept } from '../catalogue/tool/types';
import type { CompoundOperation } from './compoundOperation';
import type { RunOptions } from './options/runOptions';
import { runOptions } from './options/runOptions';
import { simplified } from './options/simplify';
import type { PauseRange } from './pacing/pace';
import { Pace } from './pacing/pace';
import type { ItemOutcome, Unit } from './pacing/unit';
import { runInOrder } from './pacing/unit';
import { EarlierTries } from './earlierTries';
import { InvalidInput } from './values/invalidInput';
import type { ResolveNames } from './values/names';

/** One chosen operation, ready to run. */
interface Task {
	/** It changes nothing at the vendor. */
	reads: boolean;
	/** The pause that the vendor wants between two calls. */
	pause?: PauseRange;
	/** What Simplify leaves of its items. */
	simplified?: Kept;
	/** Called when no unit runs any more. */
	conclude?: CompoundOperation['conclude'];
	/** Divides the input, in the order in which the parts should start. */
	units(pace: Pace): Promise<Unit[]>;
}

/**
 * Runs the chosen operation for all input items. What changes something runs one after another so
 * that sends keep their order, unless the user says otherwise; what only reads runs several at a
 * time. The output is always in the order of the input.
 *
 * @param context n8n's functions of the running node
 * @param compounds the operations that are not in the catalogue
 * @param names looks up people that are given by name
 * @returns the output items, each paired with its input item
 * @throws NodeApiError or NodeOperationError for the first item that fails, unless the node is set
 *   to continue; then that item becomes one with `error`. After a failure no further call starts
 */
export async function runOperation(
	context: IExecuteFunctions,
	compounds: readonly CompoundOperation[],
	names: ResolveNames,
): Promise<INodeExecutionData[]> {
	const task = chosenTask(context, compounds, names);
	const { concurrency, pause } = optionsOf(context, task);
	const goesOn = context.continueOnFail();
	const cancelled = context.getExecutionCancelSignal();
	const output: INodeExecutionData[][] = [];
	const failures: Array<{ itemIndex: number; error: unknown }> = [];
	const stopped = () => failures.length > 0 || cancelled?.aborted === true;
	const earlier = new EarlierTries(context, task.reads);
	const units = await task.units(new Pace(pause, cancelled, stopped));
	const runUnit = async (index: number) => {
		const { items } = units[index];
		const outcomes = await earlier.or(units[index], outcomesOf);
		outcomes.forEach((outcome, place) => {
			const itemIndex = items[place];
			if ('items' in outcome) {
				const items = simplified(context, task.simplified, outcome.items, itemIndex);
				output[itemIndex] = paired(items, itemIndex);
			} else if (goesOn) output[itemIndex] = [failedItem(context, outcome.error, itemIndex)];
			else failures.push({ itemIndex, error: outcome.error });
		});
	};
	await runInOrder(units.length, concurrency, runUnit, stopped);
	await task.conclude?.(context, output, !stopped());
	if (failures.length > 0) {
		const [{ error, itemIndex }] = failures.sort((a, b) => a.itemIndex - b.itemIndex);
		throw toNodeError(context, error, itemIndex);
	}
	return output.flat();
}

function optionsOf(context: IExecuteFunctions, task: Task): RunOptions {
	try {
		return runOptions(context, task);
	} catch (error) {
		throw toNodeError(context, error, 0);
	}
}

async function outcomesOf(unit: Unit): Promise<ItemOutcome[]> {
	try {
		return await unit.run();
	} catch (error) {
		return unit.items.map(() => ({ error }));
	}
}

function paired(items: INodeExecutionData[], item: number): INodeExecutionData[] {
	return items.map((entry) => ({ pairedItem: { item }, ...entry }));
}

function chosenTask(
	context: IExecuteFunctions,
	compounds: readonly CompoundOperation[],
	names: ResolveNames,
): Task {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operation = findOperation(resource, value);
	if (operation) {
		return {
			reads: operation.reads === true,
			pause: operation.pause,
			simplified: operation.simplified,
			units: async (pace) => await vendorUnits(context, operation, pace, names),
		};
	}
	const compound = compounds.find((entry) => entry.resource === resource && entry.value === value);
	if (compound) {
		return {
			reads: compound.reads === true,
			simplified: compound.simplified,
			conclude: compound.conclude,
			units: async (pace) => compoundUnits(context, compound, pace),
		};
	}
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation "${value}" in the resource "${resource}"`,
		{ description: 'Choose resource and operation from the lists', itemIndex: 0 },
	);
}

function compoundUnits(
	context: IExecuteFunctions,
	compound: CompoundOperation,
	pace: Pace,
): Unit[] {
	return context.getInputData().map((_, itemIndex) => ({
		items: [itemIndex],
		run: async () =>
			(await pace.turn()) ? [{ items: await compound.run(context, itemIndex) }] : [],
	}));
}

/** Everything that leaves the node is an n8n error that knows its item. */
function toNodeError(context: IExecuteFunctions, error: unknown, itemIndex: number) {
	if (error instanceof NodeOperationError) return error;
	// Items that share a call share its failure, each under its own number.
	if (error instanceof NodeApiError) {
		return error.context.itemIndex === itemIndex
			? error
			: rewrapFailure(context.getNode(), error, () => ({ itemIndex }));
	}
	if (error instanceof InvalidInput) {
		const { message, cure } = error;
		const node = context.getNode();
		const shown = isTool(node) ? forAgent(message, cure) : `${message} [item ${itemIndex}]`;
		return new NodeOperationError(node, shown, { description: cure, itemIndex });
	}
	return new NodeOperationError(context.getNode(), error as Error, { itemIndex });
}

/**
 * The item that stands in for a failed one. Its JSON has exactly the two members by which n8n, old
 * and new, tells such an item apart and sends it to the error output; with `item.error` set n8n
 * would throw the advice away.
 */
function failedItem(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const failure = toNodeError(context, error, itemIndex);
	const json: IDataObject = { error: failure.message };
	if (failure.description) json.message = failure.description;
	return { json, pairedItem: { item: itemIndex } };
}
