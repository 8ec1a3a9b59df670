import type { ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import { staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { seeToGroup } from './handOn';

/**
 * Has what this process knows of questions stored in n8n's static data before the webhook answers.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 */
export async function keepQuestions(
	context: IWebhookFunctions,
	state: TriggerState,
): Promise<void> {
	const { questions } = state.shared;
	await state.durable.write(context, (data) => {
		data.questions = questions.storedFor(state.id);
	});
}

/**
 * Does something when n8n has stored what was kept, and answered.
 *
 * @param context n8n's functions of the webhook
 * @param work what to do
 */
export function afterAnswer(context: IWebhookFunctions, work: () => void): void {
	const response = context.getResponseObject();
	if (response.writableFinished || response.destroyed) return work();
	response.once('close', work);
}

/**
 * Takes up the questions that a trigger has kept: from before a restart, or of other processes.
 *
 * @param context n8n's functions of the trigger or of a webhook
 * @param state of the trigger
 */
export function takeUpQuestions(
	context: ITriggerFunctions | IWebhookFunctions,
	state: TriggerState,
): void {
	const { questions: kept } = staticDataOf(context);
	if (kept === undefined || (state.durable.isActive && kept.groups.length === 0)) return;
	const { questions: book } = state.shared;
	for (const { id } of book.restore(state.id, kept)) {
		const group = book.group(id);
		if (group !== undefined) seeToGroup(context, state, group, true);
	}
}
