import type { IExecuteFunctions } from 'n8n-workflow';

import { waitUnlessCancelled } from '../../execution/pacing/pace';

const BEGIN_MS = 800;
const CHARACTER_MS = 60;
const LONGEST_MS = 8_000;

/** The share of a pause that is left to chance. */
const RANDOM_SHARE = 0.4;

/**
 * Waits about as long as a person would need to type a text, but no longer than the execution lasts.
 *
 * @param context n8n's functions of the running node
 * @param text what is sent next
 * @param random between 0 and 1
 */
export async function typeLikeAPerson(
	context: IExecuteFunctions,
	text: string,
	random: number,
): Promise<void> {
	const full = Math.min(BEGIN_MS + text.length * CHARACTER_MS, LONGEST_MS);
	const pause = Math.round(full * (1 - RANDOM_SHARE * random));
	await waitUnlessCancelled(pause, context.getExecutionCancelSignal());
}
