import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { isLocalAddress, isOwnMachine } from '../../common/localAddress';
import { answerSignedLinksOnly, refuseOlderN8n } from '../../common/n8n/olderN8n';
import { toCall } from '../../execution/calls/toCall';
import type { CompoundRun } from '../../execution/compoundOperation';
import { callOptions } from '../../execution/options/callOptions';
import { buildBody } from '../../execution/values/body';
import { callVendor } from '../../transport/client';
import { baseUrlOf } from '../../transport/credentials';
import type { ProcessState } from '../../trigger/state/triggerState';
import { ChatAsker } from './askInChat';
import { ANSWER, IN_CHAT, ON_PAGE } from '../description/sendAndWait/chatProperties';
import type { Asked } from './chatQuestion';
import { type ApprovalTexts, choicesOf } from './choices';
import { languageField, languageOf, textOr } from '../description/sendAndWait/language';
import { APPROVAL, messageField, recipient } from '../description/sendAndWait/properties';
import { type Question, storeQuestion } from './question';
import { readableMessage } from './toolInput';
import { waitUntil } from './waitTime';
import { operationOf } from '../../catalogue';

const SEND = operationOf('message', 'sendText');

function readQuestion(context: IExecuteFunctions, itemIndex: number, message: string): Question {
	const parameter = (name: string, fallback: unknown) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	const page = parameter('pageOptions', {}) as Record<string, string | undefined>;
	const approval = parameter('responseType', APPROVAL) === APPROVAL;
	const { values = {} } = parameter('approvalOptions', {}) as { values?: ApprovalTexts };
	const language = languageOf(page[languageField.name], message);
	return {
		id: randomUUID(),
		message,
		language,
		...(approval ? { choices: choicesOf(values, language) } : {}),
		title: textOr(page.title, 'title', language),
		submitLabel: textOr(page.submit, 'submit', language),
		thanks: textOr(page.thanks, 'thanks', language),
	};
}

/** A link to this machine is of no use on a phone, unless the whole world is on this machine. */
async function refuseUnreachable(context: IExecuteFunctions, itemIndex: number, link: string) {
	if (!isOwnMachine(link) || isLocalAddress(await baseUrlOf(context))) return;
	throw new NodeOperationError(
		context.getNode(),
		`Nobody can open the link: only the machine of n8n knows ${new URL(link).origin} [item ${itemIndex}]`,
		{
			description:
				'Set the environment variable WEBHOOK_URL of n8n to an address that phones can reach. Nothing was sent',
			itemIndex,
		},
	);
}

async function askOnPage(
	context: IExecuteFunctions,
	itemIndex: number,
	{ wId, chat, message, until }: Asked,
): Promise<void> {
	const question = readQuestion(context, itemIndex, message);
	const link = context.getSignedResumeUrl({ question: question.id });
	await refuseUnreachable(context, itemIndex, link);
	const body = { wId, wcId: chat, content: `${question.message}\n\n${link}` };
	const { timeoutMs } = callOptions(context, itemIndex);
	await callVendor(context, toCall(SEND, body, itemIndex, { timeoutMs }));
	storeQuestion(context, question);
	answerSignedLinksOnly(context);
	await context.putExecutionToWait(until);
}

function readAsked(context: IExecuteFunctions, itemIndex: number): Asked {
	const parameter = (name: string): unknown =>
		name === messageField.name
			? readableMessage(context, itemIndex)
			: context.getNodeParameter(name, itemIndex);
	const { wId, wcId, message } = buildBody([...recipient, messageField], parameter, {});
	const until = waitUntil(
		context.getNodeParameter('limitWaitTime', itemIndex, {}),
		context.getTimezone(),
	);
	return { wId, chat: String(wcId), message: String(message), until };
}

/**
 * A question to a person in WeChat; the execution goes on with the answer.
 *
 * @param shared what the nodes of this process share
 */
export function sendAndWaitIn(shared: ProcessState): CompoundRun {
	const asker = new ChatAsker(shared);
	const isInChat = (context: IExecuteFunctions) =>
		context.getNodeParameter(ANSWER, 0, ON_PAGE) === IN_CHAT;
	return {
		async run(context, itemIndex) {
			refuseOlderN8n(context);
			const input = context.getInputData()[itemIndex];
			const passedOn = [{ ...input, pairedItem: { item: itemIndex } }];
			if (isInChat(context)) {
				await asker.ask(context, itemIndex, readAsked(context, itemIndex));
			} else if (itemIndex === 0) {
				// A page asks once: n8n lets an execution wait as a whole.
				await askOnPage(context, itemIndex, readAsked(context, itemIndex));
			}
			return passedOn;
		},
		async conclude(context, output, succeeded) {
			if (isInChat(context)) await asker.conclude(context, output, succeeded);
		},
	};
}
