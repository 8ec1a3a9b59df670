import type { IWebhookFunctions } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import type { ChatQuestion } from '../../questions/question';
import { Account } from '../../transport/accounts';
import { callVendor } from '../../transport/client';
import type { TriggerState } from '../state/triggerState';

/**
 * Tells somebody that what was said is no answer: once for each person and question, in the background.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param question that is not answered by it
 * @param said the message
 * @param text what to say
 */
export function replyTo(
	context: IWebhookFunctions,
	{ shared }: TriggerState,
	question: ChatQuestion,
	{ wcId, wId, chatId, senderId }: TriggerOutput,
	text: string,
): void {
	if (!shared.questions.isFirstReply(question, senderId ?? '')) return;
	const call = {
		path: '/sendText',
		body: { wId: wcId === null ? wId : new Account(wcId), wcId: chatId, content: text },
		reads: false,
		sends: true,
	};
	shared.questions.once(`${question.id}|${senderId ?? ''}`, async () => {
		try {
			await callVendor(context, call);
		} catch (error) {
			context.logger.warn(
				'Eyun WeChat Trigger: the reply to a message that is no answer to the question was not sent',
				{ reason: reasonOf(error) },
			);
		}
	});
}
