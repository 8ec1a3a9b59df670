import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { optional, wId } from '../catalogue/fields';
import { parseExact } from '../common/exactJson';
import { isRecord } from '../common/records';
import { toPropertyForVersions } from '../description/versions';
import type { CompoundOperation } from '../execution/compoundOperation';
import { buildBody } from '../execution/values/body';
import { InvalidInput } from '../execution/values/invalidInput';
import { unwrapLocator } from '../execution/values/locator';
import { isEmpty } from '../execution/values/toWire';
import { fetchMedia, notConverted, withFile } from '../received/fetchMedia';
import { mediaOf, type ReceivedMedia } from '../received/receivedMedia';
import { AS_RECEIVED, voiceFormatOf, voiceFormatProperty } from '../voice/voiceFormat';
import { timeLimit, timeLimitMs } from './timeLimit';

const MESSAGE = { name: 'message', label: 'Message' };
const USUAL_SECONDS = 120;

const PASS_ON = 'passOn';
const STOP = 'stop';

const properties: INodeProperties[] = [
	{
		displayName: MESSAGE.label,
		name: MESSAGE.name,
		type: 'json',
		default: '={{ $json }}',
		required: true,
		description:
			'An item of the trigger, a callback as Eyun sends it, or a moment from Moment: Get or Get Many',
	},
	// Left empty, it is the account whose message it is.
	...toPropertyForVersions(optional(wId), '={{ $json.wId }}'),
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the output binary field to put the file in',
	},
	voiceFormatProperty,
	{
		displayName: 'If There Is Nothing to Download',
		name: 'noMedia',
		type: 'options',
		options: [
			{
				name: 'Pass the Item On',
				value: PASS_ON,
				description: 'Texts and the like pass without a file, with media set to null',
			},
			{ name: 'Stop With an Error', value: STOP },
		],
		default: PASS_ON,
	},
	timeLimit(
		USUAL_SECONDS,
		'How long Eyun may take to provide the file; videos and files take a while',
	),
];

function messageOf(given: unknown): IDataObject {
	const message = typeof given === 'string' ? parsed(given) : given;
	if (isRecord(message)) return message as IDataObject;
	throw new InvalidInput(MESSAGE, 'is not a JSON object', 'Keep {{ $json }} to use the input item');
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

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	const message = messageOf(parameter(MESSAGE.name));
	const media = mediaOf(message);
	if (media === undefined) {
		throw new InvalidInput(
			MESSAGE,
			'is neither a message nor a moment: it has no messageType and no objectDesc',
			"Use the item of the trigger, for example {{ $('Eyun WeChat Trigger').item.json }}",
		);
	}
	const { binary = {} } = context.getInputData()[itemIndex] ?? {};
	if (media === null) {
		if (parameter('noMedia') !== STOP) return [{ json: { ...message, media: null }, binary }];
		throw new InvalidInput(
			MESSAGE,
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

/** The picture, voice, video, sticker or file of a message, whichever way its kind is to be had. */
export const downloadMedia: CompoundOperation = {
	resource: 'incomingMessage',
	value: 'downloadMedia',
	name: 'Download Media',
	chinese: '下载消息中的文件',
	action: 'Download media of message',
	description:
		'Download the image, video, voice, sticker or file of a message, or the video of a moment, as binary data',
	properties,
	reads: true,
	ignores: ['fullResponse', 'timeout'],
	run,
};
