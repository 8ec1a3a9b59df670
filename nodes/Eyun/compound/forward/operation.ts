import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { ids, optional, wId } from '../../catalogue/fields';
import { CANNOT_BE_UNDONE, GROUPS_REACH_MANY, toChats } from '../../catalogue/tool/values';
import type { Field } from '../../catalogue/types';
import { isRecord } from '../../common/records';
import { toProperty } from '../../description/field';
import { toPropertyForVersions } from '../../description/versions';
import type { CompoundOperation } from '../../execution/compoundOperation';
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
import { messageFor, messageSource } from '../messageSource';
import { withIds } from '../people/names/resolve';
import { pauseBetween } from '../pauseBetween';
import { voiceAgain } from './voice';

const MESSAGE = { name: 'messageSource', label: 'Message to Forward' };

const account: Field = {
	...optional(wId),
	description: 'The account that forwards. Left empty, it is the one that received the message',
};

const chats: Field = ids(
	'wcId',
	'Chats',
	'The friends, groups (…@chatroom) or WeCom contacts (…@openim) that receive it',
	{ picker: 'chat', placeholder: 'e.g. wxid_1a2b3c4d5e6f22,12345678901@chatroom' },
);

const properties: readonly INodeProperties[] = [
	...messageSource(MESSAGE.label),
	...toPropertyForVersions(account),
	toProperty(chats),
];

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

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
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
			MESSAGE,
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

/** A received message for other chats, whichever way Eyun has for its kind. */
export const forwardMessage: CompoundOperation = {
	resource: 'message',
	value: 'forward',
	name: 'Forward',
	chinese: '转发消息',
	action: 'Forward message',
	description:
		'Send a received message of any kind on to one or several chats, without downloading and uploading it',
	properties,
	tool: {
		when: `Forward the WeChat message that started this workflow to other chats, whatever it is: text, picture, file, voice. ${CANNOT_BE_UNDONE} ${GROUPS_REACH_MANY}`,
		fills: { wcId: toChats },
	},
	run,
};
