import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { isGroupId } from '../../common/wechatIds';
import { isRecord } from '../../common/records';
import { deliverAll, type Delivered } from '../../execution/deliveries';
import { callOptions } from '../../execution/options/callOptions';
import { InvalidInput } from '../../execution/values/invalidInput';
import { toWire } from '../../execution/values/toWire';
import type { ReceivedMessage } from '../../received/receivedMessage';
import { kindOfMessage } from '../../received/receivedMessage';
import { plainText } from '../../text/markdown';
import { memberNames } from '../people/groupMembers';
import { messageFor } from '../messageSource';
import { pauseBetween } from '../pauseBetween';
import { planAnswer } from './plan';
import {
	labelOf,
	type ReplyOptions,
	REPLY_OPTIONS,
	SHORTEST_PART,
	splitField,
	textField,
	USUAL,
} from '../description/reply';
import { typeLikeAPerson } from './typing';

const MESSAGE = { name: 'messageSource', label: 'Message to Reply To' };

function optionsOf(context: IExecuteFunctions, itemIndex: number): ReplyOptions {
	const given = context.getNodeParameter(REPLY_OPTIONS, itemIndex, {}) as Partial<ReplyOptions>;
	const isOn = (name: 'mention' | 'plainText' | 'quote' | 'typing'): boolean => {
		const field: Field = { name, label: labelOf(name), type: 'boolean', optional: true };
		return (toWire(field, given[name]) ?? USUAL[name]) as boolean;
	};
	const splitAt = toWire(splitField, given.splitAt ?? USUAL.splitAt) as number;
	if (splitAt === 0 || splitAt >= SHORTEST_PART) {
		return {
			mention: isOn('mention'),
			plainText: isOn('plainText'),
			quote: isOn('quote'),
			typing: isOn('typing'),
			splitAt,
		};
	}
	throw new InvalidInput(
		splitField,
		`must be 0 or at least ${SHORTEST_PART}, not ${splitAt}`,
		'Enter a larger number, or 0 to send the text in one message. Nothing was sent',
	);
}

/** Requests come from an account of WeChat's own, which nobody can write to. */
const FRIEND_REQUEST = 'contact.friendRequest';

function checkOrigin(message: ReceivedMessage): void {
	const { event, chatId, account } = message;
	if (event === FRIEND_REQUEST) {
		throw new InvalidInput(
			MESSAGE,
			'is a friend request, which has no chat yet',
			'Accept it with Contact: Accept Friend Request, then use Send Text. Nothing was sent',
		);
	}
	if (chatId === null) {
		throw new InvalidInput(
			MESSAGE,
			`has no chat to answer into${event === null ? '' : ` (event ${event})`}`,
			'Choose events with a chat in the trigger, such as messages, or use Send Text with a chat of your own. Nothing was sent',
		);
	}
	if (account === null) {
		throw new InvalidInput(
			MESSAGE,
			'does not say which WeChat account received it: it has neither wcId nor wId',
			'Pass the whole item of the trigger on. Nothing was sent',
		);
	}
}

/** What is left to read, as it is sent. */
async function readableText(given: unknown, markdown: boolean): Promise<string> {
	const text = toWire(textField, given) as string;
	const readable = markdown ? await plainText(text) : text;
	if (readable.trim() !== '') return readable;
	throw new InvalidInput(
		textField,
		'holds nothing to read',
		'Check the node before this one: an AI Agent answers in {{ $json.output }}. Nothing was sent',
	);
}

/** What the sender is called in the group; undefined outside, or where the group does not tell. */
async function senderNameIn(
	context: IExecuteFunctions,
	{ account, chatId, senderId, event, self }: ReceivedMessage,
	itemIndex: number,
): Promise<string | undefined> {
	const isMessage = event === null || event.startsWith('message.');
	if (chatId === null || senderId === null || self || !isMessage) return undefined;
	if (!isGroupId(chatId)) return undefined;
	try {
		const names = await memberNames(context, { wId: account, chatRoomId: chatId }, itemIndex);
		return names.get(senderId);
	} catch {
		// An answer without a mention is better than none.
		return undefined;
	}
}

function checkQuotable(message: ReceivedMessage): void {
	if (message.messageId !== null && (message.event === null || kindOfMessage(message) !== null)) {
		return;
	}
	throw new InvalidInput(
		{ name: 'quote', label: 'Quote the Message' },
		'cannot quote what is no message, or has no messageId',
		'Switch the option off for such events. Nothing was sent',
	);
}

function outputOf(done: readonly Delivered[], fullResponse: boolean): INodeExecutionData {
	const parts = done.map(({ about, answer: { whole, data } }): IDataObject => {
		if (fullResponse) return { ...(whole as IDataObject), ...about };
		const {
			msgId = null,
			newMsgId = null,
			createTime = null,
		} = (isRecord(data) ? data : {}) as IDataObject;
		return { msgId, newMsgId, createTime, ...about };
	});
	const { body } = done[0];
	return {
		json: { chatId: String(body.wcId), mentioned: 'at' in body ? [String(body.at)] : [], parts },
	};
}

/** The answer to a received message: where it goes and from whom is in the message. See `CompoundRun`. */
export async function runReply(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const message = messageFor(context, itemIndex);
	checkOrigin(message);
	const options = optionsOf(context, itemIndex);
	const given = context.getNodeParameter(textField.name, itemIndex);
	const text = await readableText(given, options.plainText);
	if (options.quote) checkQuotable(message);
	const senderName =
		options.mention || options.quote ? await senderNameIn(context, message, itemIndex) : undefined;
	const { senderId } = message;
	const mentions = options.mention && !options.quote && senderName !== undefined;
	const plan = planAnswer({
		message,
		text,
		splitAt: options.splitAt,
		quote: options.quote,
		mention: mentions && senderId !== null ? { wcId: senderId, name: senderName } : undefined,
		senderName,
	});
	const { timeoutMs, fullResponse } = callOptions(context, itemIndex);
	const between = pauseBetween(context);
	const done = await deliverAll(context, itemIndex, plan, {
		timeoutMs,
		turn: async ({ about }) => {
			if (options.typing) await typeLikeAPerson(context, String(about.text), Math.random());
			return await between.turn();
		},
	});
	return [outputOf(done, fullResponse)];
}
