import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord } from '../../common/records';
import { callOperation } from '../../execution/calls/callOperation';
import type { Forwarding, NotForwarded } from '../../received/forwarding';
import { mediaOf } from '../../received/receivedMedia';
import type { ReceivedMessage } from '../../received/receivedMessage';
import { operationOf } from '../../catalogue';

/**
 * Asks Eyun for the address of a received voice message, from where it can be sent again.
 *
 * @param context n8n's functions of the running node
 * @param message a voice message
 * @param wId the account that received it
 * @param itemIndex the input item, counted from 0
 * @throws NodeApiError when Eyun does not have it
 */
export async function voiceAgain(
	context: IExecuteFunctions,
	message: ReceivedMessage,
	wId: unknown,
	itemIndex: number,
): Promise<Forwarding | NotForwarded> {
	const { messageType, data, content } = message;
	const media = mediaOf({ messageType, data });
	const length = isRecord(content) ? content.durationMs : undefined;
	const { msgId, bufId, fromUser, length: bytes } = media?.values ?? {};
	if (![msgId, bufId, fromUser, bytes, length].every(Boolean)) {
		return {
			reason: 'has no length, bufId or duration of a voice message',
			cure: 'Pass the whole item of the trigger on, with data as it came',
		};
	}
	const values = { wId, ...media?.values };
	const get = operationOf('incomingMessage', 'getVoice');
	const { data: answer } = await callOperation(context, get, values, itemIndex);
	const url = isRecord(answer) ? answer.url : undefined;
	if (typeof url !== 'string' || url === '') {
		return { reason: 'has a recording that Eyun does not have', cure: 'Try again later' };
	}
	return { operation: operationOf('message', 'sendVoice'), values: { content: url, length } };
}
