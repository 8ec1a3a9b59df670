import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { wId } from '../catalogue/fields';
import { parseExact } from '../common/exactJson';
import { isRecord } from '../common/records';
import { buildBody } from '../execution/values/body';
import { InvalidInput } from '../execution/values/invalidInput';
import { unwrapLocator } from '../execution/values/locator';
import { isEmpty } from '../execution/values/toWire';
import { fetchMedia, notConverted, withFile } from '../received/fetchMedia';
import { mediaOf, type ReceivedMedia } from '../received/receivedMedia';
import { AS_RECEIVED, voiceFormatOf, voiceFormatProperty } from '../voice/voiceFormat';
import { timeLimitMs } from './timeLimit';
import { MEDIA_MESSAGE, STOP_WITHOUT_MEDIA } from './description/downloadMedia';

function messageOf(given: unknown): IDataObject {
	const message = typeof given === 'string' ? parsed(given) : given;
	if (isRecord(message)) return message as IDataObject;
	throw new InvalidInput(
		MEDIA_MESSAGE,
		'is not a JSON object',
		'Keep {{ $json }} to use the input item',
	);
}

function parsed(text: string): unknown {
	try {
		return parseExact(text);
	} catch {
		return undefined;
	}
}

/** The chosen account; left empty, the one whose message it is. */
function accountOf(given: unknown, media: ReceivedMedia): unknown {
	const { wId: account } = buildBody(
		[wId],
		() => (isEmpty(unwrapLocator(given)) ? media.wId : given),
		{},
	);
	return account;
}

/** The picture, voice, video, sticker or file of a message, whichever way its kind is to be had. See `CompoundRun`. */
export async function runDownloadMedia(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	const message = messageOf(parameter(MEDIA_MESSAGE.name));
	const media = mediaOf(message);
	if (media === undefined) {
		throw new InvalidInput(
			MEDIA_MESSAGE,
			'is neither a message nor a moment: it has no messageType and no objectDesc',
			"Use the item of the trigger, for example {{ $('Eyun WeChat Trigger').item.json }}",
		);
	}
	const { binary = {} } = context.getInputData()[itemIndex] ?? {};
	if (media === null) {
		if (parameter('noMedia') !== STOP_WITHOUT_MEDIA)
			return [{ json: { ...message, media: null }, binary }];
		throw new InvalidInput(
			MEDIA_MESSAGE,
			`carries nothing to download (message type ${String(message.messageType)})`,
			'Let only images, videos, voice, stickers and files reach this node, or pass other items on',
		);
	}
	const fetched = await fetchMedia({
		context,
		itemIndex,
		wId: accountOf(parameter('wId'), media),
		media,
		limit: timeLimitMs(context, itemIndex),
		voiceFormat: voiceFormatOf(parameter(voiceFormatProperty.name)),
	});
	if (fetched.problem !== undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`${notConverted(fetched.problem)} [item ${itemIndex}]`,
			{
				description: `Set ${voiceFormatProperty.displayName} to ${AS_RECEIVED} to get the file itself`,
				itemIndex,
			},
		);
	}
	const field = String(parameter('binaryPropertyName') || 'data');
	return [withFile({ json: message, binary }, field, media, fetched)];
}
