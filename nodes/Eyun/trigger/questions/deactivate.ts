import type { IHookFunctions } from 'n8n-workflow';

import { toUrl } from '../address/callbackAddress';
import { unregister } from '../address/register';
import type { TriggerState } from '../state/triggerState';
import { tellOfQuestions } from './tell';

/**
 * Takes the address of a trigger back. Before that the questions that it keeps are given to another active trigger
 * of the same developer account, which gets the answers then. Without another one they wait for this one.
 *
 * @param context n8n's functions of the deactivation, or of the end of a test run
 * @param state of the trigger
 * @returns true, which n8n wants
 */
export async function deactivate(context: IHookFunctions, state: TriggerState): Promise<boolean> {
	if (context.getMode() !== 'manual') await giveAway(context, state);
	return await unregister(context, state);
}

async function giveAway(context: IHookFunctions, { id, shared }: TriggerState): Promise<void> {
	const ours = shared.registrations.of(id, false);
	const next = ours && shared.registrations.besides(ours).at(-1);
	if (next === undefined) return;
	const keeper = { url: toUrl(next), secret: next.secret };
	for (const put of shared.questions.storedFor(id).groups) {
		const failure = await tellOfQuestions(context, shared, keeper, { put });
		if (failure === undefined) continue;
		context.logger.warn(
			'Eyun WeChat Trigger: an open question could not be given to another workflow. After a restart of n8n, its answer comes as a message like any other',
			{ reason: failure },
		);
	}
}
