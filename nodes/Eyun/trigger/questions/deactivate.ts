import type { IHookFunctions } from 'n8n-workflow';

import { toUrl } from '../address/callbackAddress';
import { unregister } from '../address/register';
import type { TriggerState } from '../state/triggerState';
import { tellOfQuestions } from './tell';

/**
 * Takes the address of a trigger back, and gives the questions that it keeps to another active trigger of the same
 * developer account, which gets the answers now. Without another one they wait for this one.
 *
 * @param context n8n's functions of the deactivation, or of the end of a test run
 * @param state of the trigger
 * @returns true, which n8n wants
 */
export async function deactivate(context: IHookFunctions, state: TriggerState): Promise<boolean> {
	const { registrations, questions } = state.shared;
	const ours = context.getMode() === 'manual' ? undefined : registrations.addressOf(state.id);
	const done = await unregister(context, state);
	const { groups } = questions.storedFor(state.id);
	const next = ours && registrations.receiverFor(ours.accountKey);
	if (next === undefined || next.triggerId === state.id) return done;
	for (const put of groups) {
		const keeper = { url: toUrl(next), secret: next.secret };
		const failure = await tellOfQuestions(context, state.shared, keeper, { put });
		if (failure === undefined) continue;
		context.logger.warn(
			'Eyun WeChat Trigger: open questions could not be given to another workflow, which gets the answers now. They outlive no restart of n8n',
			{ reason: failure },
		);
	}
	return done;
}
