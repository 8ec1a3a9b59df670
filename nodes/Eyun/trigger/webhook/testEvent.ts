import type { IWebhookResponseData } from 'n8n-workflow';

import { CALLBACK_CHECK } from '../../callbacks/events';
import { forward } from '../address/forward';
import { takeTestEvent } from '../address/testRun';
import { passesFilters } from '../settings/filters';
import type { Received } from './received';

/**
 * Deals with an event of a test run: forwards it, and lets the first wanted one start an
 * execution. Whoever tries things out pushes the same message again, so duplicates count.
 *
 * @param received the event
 * @param body its bytes
 */
export async function receiveTestEvent(
	{ context, state, settings, responder, event }: Received,
	body: Buffer | undefined,
): Promise<IWebhookResponseData> {
	if (event.code !== CALLBACK_CHECK && body) await forward(context, state, body);
	// The active trigger may have found an answer to a question in it.
	const isAnswer = state.shared.questions.isAnswer(event.key.id);
	if (isAnswer || !passesFilters(event.output, settings, event.code)) return responder.accept();
	// Ending the test run takes longer than Eyun should wait.
	responder.acceptNow();
	if (!(await takeTestEvent(context, state))) return responder.accept();
	return responder.accept({ json: event.complete(state.shared.names, settings.sessionPerMember) });
}
