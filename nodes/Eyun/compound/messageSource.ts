import type { IExecuteFunctions } from 'n8n-workflow';

import { parseExact } from '../common/exactJson';
import { isTool } from '../common/agent';
import { InvalidInput } from '../execution/values/invalidInput';
import type { ReceivedMessage } from '../received/receivedMessage';
import { receivedMessageOf } from '../received/receivedMessage';
import { triggerItemOf } from './triggerItem';
import { MESSAGE_SOURCE, FROM_ITEM, ITEM_MESSAGE } from './description/messageSource';

/** How to name the trigger's item where n8n cannot find it. */
const BY_HAND = `choose From This Item and enter {{ $('Eyun WeChat Trigger').first().json }} as Message`;

/**
 * Reads which message an item is about.
 *
 * @param context n8n's functions of the running node
 * @param itemIndex the input item, counted from 0
 * @throws InvalidInput when there is none, with what to do
 */
export function messageFor(context: IExecuteFunctions, itemIndex: number): ReceivedMessage {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	if (parameter(MESSAGE_SOURCE) === FROM_ITEM) return fromParameter(parameter(ITEM_MESSAGE.name));
	const found = triggerItemOf(context, itemIndex);
	if ('item' in found) {
		const message = receivedMessageOf(found.item);
		if (message !== undefined) return message;
	}
	// Where a workflow is called by another, the trigger's item comes as its input.
	const own = receivedMessageOf(context.getInputData()[itemIndex]?.json);
	if (own?.event != null) return own;
	throw notFound(context, 'reason' in found ? found.reason : 'noTrigger');
}

function fromParameter(given: unknown): ReceivedMessage {
	const message = receivedMessageOf(typeof given === 'string' ? parsed(given) : given);
	if (message !== undefined) return message;
	throw new InvalidInput(
		ITEM_MESSAGE,
		'is neither an item of the trigger nor a callback: it has no event, chatId or messageType',
		`Use the item of the trigger, for example {{ $('Eyun WeChat Trigger').item.json }}. Nothing was sent`,
	);
}

function notFound(context: IExecuteFunctions, reason: 'noTrigger' | 'notLinked'): InvalidInput {
	const field = { name: MESSAGE_SOURCE, label: 'From the Trigger' };
	if (reason === 'notLinked') {
		return new InvalidInput(
			field,
			'finds no message: a node in between does not say which item its items come from, and the trigger has several',
			'Use Loop Over Items before that node, or choose From This Item and pass the fields of the trigger on in the item. Nothing was sent',
		);
	}
	return new InvalidInput(
		field,
		isTool(context.getNode())
			? 'finds no message: a tool of an AI agent does not stand behind the trigger'
			: 'finds no message: no Eyun WeChat Trigger before this node has started this workflow',
		`Connect this node behind the trigger, or ${BY_HAND}. Nothing was sent`,
	);
}

function parsed(text: string): unknown {
	try {
		return parseExact(text);
	} catch {
		return undefined;
	}
}
