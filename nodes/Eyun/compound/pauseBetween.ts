import type { IExecuteFunctions } from 'n8n-workflow';

import { runOptions } from '../execution/options/runOptions';
import { Pace } from '../execution/pacing/pace';

/**
 * Keeps the sends for one item apart, by the option Pause Between Calls that keeps items apart. The first
 * one does not wait.
 *
 * @param context n8n's functions of the running node
 */
export function pauseBetween(context: IExecuteFunctions): Pace {
	const { pause } = runOptions(context, { reads: false });
	const cancelled = context.getExecutionCancelSignal();
	return new Pace(pause, cancelled, () => cancelled?.aborted === true);
}
