import type { IExecuteFunctions } from 'n8n-workflow';

import type { PauseRange } from '../pacing/pace';
import { InvalidInput } from '../values/invalidInput';
import { toWire } from '../values/toWire';
import { LONGEST_PAUSE, READS_AT_ONCE, MOST_AT_ONCE } from '../../description/parameters';

/** What the collection Options says about the whole run. */
export interface RunOptions {
	/** How many calls may be under way at the same time. */
	concurrency: number;
	/** How long to wait between two calls; undefined for not at all. */
	pause: PauseRange | undefined;
}

/** The part of the collection Options that is about the whole run, as the editor stores it. */
interface Stored {
	concurrency?: unknown;
	pause?: { values?: { mode?: 'off' | 'advice' | 'range'; min?: unknown; max?: unknown } };
}

function number(name: string, label: string, value: unknown, min: number, max: number): number {
	return toWire({ name, label, type: 'int', min, max }, value) as number;
}

function pauseOf({ pause }: Stored, advice: PauseRange | undefined): PauseRange | undefined {
	const { mode = 'off', min = 0, max = 0 } = pause?.values ?? {};
	if (mode === 'off') return undefined;
	if (mode === 'advice') return advice;
	const range = {
		min: number('min', 'Range From', min, 0, LONGEST_PAUSE),
		max: number('max', 'Range To', max, 0, LONGEST_PAUSE),
	};
	if (range.min <= range.max) return range;
	throw new InvalidInput(
		{ name: 'max', label: 'Range To' },
		`is ${range.max} ms, less than Range From with ${range.min} ms`,
		'Enter the same number or a larger one',
	);
}

/**
 * Reads how the run is to be paced; an expression there is worked out for the first item.
 *
 * @param context n8n's functions of the running node
 * @param operation whether it only reads, and the pause the vendor wants
 * @throws InvalidInput for numbers that make no sense
 */
export function runOptions(
	context: IExecuteFunctions,
	operation: { reads: boolean; pause?: PauseRange },
): RunOptions {
	const stored = context.getNodeParameter('options', 0, {}) as Stored;
	const pause = pauseOf(stored, operation.pause);
	// Who asks for pauses wants to be careful: one call at a time unless Concurrency says otherwise.
	const usual = operation.reads && pause === undefined ? READS_AT_ONCE : 1;
	return {
		concurrency: number('concurrency', 'Concurrency', stored.concurrency ?? usual, 1, MOST_AT_ONCE),
		pause,
	};
}
