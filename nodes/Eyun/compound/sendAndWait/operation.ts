import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError, SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { isLocalAddress, isOwnMachine } from '../../common/localAddress';
import { operationOf } from '../../execution/calls/callOperation';
import { toCall } from '../../execution/calls/toCall';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { callOptions } from '../../execution/options/callOptions';
import { buildBody } from '../../execution/values/body';
import { callVendor } from '../../transport/client';
import { baseUrlOf } from '../../transport/credentials';
import { APPROVAL, messageField, properties, recipient, TWO_BUTTONS, WORDS } from './properties';
import { type AnswerButton, type Question, storeQuestion } from './question';
import { waitUntil } from './waitTime';

const SEND = operationOf('message', 'sendText');

type Texts = Record<string, string | undefined>;

function choicesOf({ approvalType, approveLabel, disapproveLabel }: Texts): AnswerButton[] {
	const approve = { approved: true, label: approveLabel || WORDS.approve };
	const decline = { approved: false, label: disapproveLabel || WORDS.decline };
	return approvalType === TWO_BUTTONS ? [approve, decline] : [approve];
}

function readQuestion(context: IExecuteFunctions, itemIndex: number, message: string): Question {
	const parameter = (name: string, fallback: unknown) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	const page = parameter('pageOptions', {}) as Texts;
	const approval = parameter('responseType', APPROVAL) === APPROVAL;
	const { values = {} } = parameter('approvalOptions', {}) as { values?: Texts };
	return {
		id: randomUUID(),
		message,
		...(approval ? { choices: choicesOf(values) } : {}),
		title: page.title || WORDS.title,
		submitLabel: page.submit || WORDS.submit,
		thanks: page.thanks || WORDS.thanks,
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

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const input = context.getInputData()[itemIndex];
	const passedOn = [{ ...input, pairedItem: { item: itemIndex } }];
	// An execution waits as a whole, so it asks once. n8n passes all items on when the time is over.
	if (itemIndex > 0) return passedOn;
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	const { message, ...to } = buildBody([...recipient, messageField], parameter, {});
	const until = waitUntil(
		context.getNodeParameter('limitWaitTime', itemIndex, {}),
		context.getTimezone(),
	);
	const question = readQuestion(context, itemIndex, String(message));
	const link = context.getSignedResumeUrl({ question: question.id });
	await refuseUnreachable(context, itemIndex, link);
	const body = { ...to, content: `${question.message}\n\n${link}` };
	const { timeoutMs } = callOptions(context, itemIndex);
	await callVendor(context, toCall(SEND, body, itemIndex, { timeoutMs }));
	storeQuestion(context, question);
	await context.putExecutionToWait(until);
	return passedOn;
}

/** A question to a person in WeChat; the execution goes on with the answer. */
export const sendAndWait: CompoundOperation = {
	resource: 'message',
	value: SEND_AND_WAIT_OPERATION,
	name: 'Send and Wait for Response',
	action: 'Send message and wait for response',
	description: 'Ask a person with a link in a text message, once, for the first item',
	properties,
	run,
};
