import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { wId } from '../../catalogue/fields';
import { isRecord } from '../../common/records';
import { deliverAll, type Delivered } from '../../execution/deliveries';
import { callOptions } from '../../execution/options/callOptions';
import { buildBody } from '../../execution/values/body';
import { InvalidInput } from '../../execution/values/invalidInput';
import { unwrapLocator } from '../../execution/values/locator';
import { isEmpty, toWire } from '../../execution/values/toWire';
import type { Forwarding, NotForwarded } from '../../received/forwarding';
import { forwardingOf, VOICE } from '../../received/forwarding';
import type { ReceivedMessage } from '../../received/receivedMessage';
import { kindOfMessage } from '../../received/receivedMessage';
import { messageFor } from '../messageSource';
import { withIds } from '../people/names/resolve';
import { pauseBetween } from '../pauseBetween';
import { voiceAgain } from './voice';
import { account, chats, FORWARDED } from '../description/forward';

/** The chosen account; left empty, the one whose message it is. */
function accountOf(given: unknown, { account: receiver }: ReceivedMessage): unknown {
	if (!isEmpty(unwrapLocator(given))) return toWire(account, given);
	if (receiver !== null) return receiver;
	throw new InvalidInput(
		wId,
		'is empty, and the message does not say which account received it',
		'Choose the account, or pass the whole item of the trigger on. Nothing was sent',
	);
}

function isRefused(way: Forwarding | NotForwarded): way is NotForwarded {
	return 'reason' in way;
}

/** What the vendor gets besides account and chat. */
function checkedBody({ operation, values }: Forwarding): Record<string, unknown> {
	const fields = operation.fields.filter(({ name }) => name !== 'wId' && name !== 'wcId');
	return buildBody(fields, (name) => values[name], {});
}

function outputOf({ body, answer, about }: Delivered, fullResponse: boolean): INodeExecutionData {
	const chatId = String(body.wcId);
	if (fullResponse) return { json: { ...(answer.whole as IDataObject), chatId, ...about } };
	const {
		msgId = null,
		newMsgId = null,
		createTime = null,
	} = (isRecord(answer.data) ? answer.data : {}) as IDataObject;
	return { json: { chatId, ...about, msgId, newMsgId, createTime } };
}

/** A received message for other chats, whichever way Eyun has for its kind. See `CompoundRun`. */
export async function runForward(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	const message = messageFor(context, itemIndex);
	const from = accountOf(parameter(account.name), message);
	const asker = { context, wId: from, itemIndex };
	const to = toWire(chats, await withIds(asker, chats, parameter(chats.name)));
	const targets = [...new Set(String(to).split(','))];
	const kind = kindOfMessage(message);
	const way =
		kind === VOICE
			? await voiceAgain(context, message, message.account ?? from, itemIndex)
			: forwardingOf(message);
	if (isRefused(way)) {
		throw new InvalidInput(
			FORWARDED,
			`cannot be forwarded: it ${way.reason}`,
			`${way.cure}. Nothing was sent`,
		);
	}
	const body = checkedBody(way);
	const plan = targets.map((wcId) => ({
		name: `the chat ${wcId}`,
		operation: way.operation,
		body: { wId: from, wcId, ...body },
		about: { kind },
	}));
	const { timeoutMs, fullResponse } = callOptions(context, itemIndex);
	const between = pauseBetween(context);
	const turn = async () => await between.turn();
	const done = await deliverAll(context, itemIndex, plan, { timeoutMs, turn });
	return done.map((delivered) => outputOf(delivered, fullResponse));
}
