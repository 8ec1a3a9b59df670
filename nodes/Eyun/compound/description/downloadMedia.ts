import type { INodeProperties } from 'n8n-workflow';

import { optional, wId } from '../../catalogue/fields';
import { toPropertyForVersions } from '../../description/versions';
import type { CompoundDescription } from '../../description/compound';
import { voiceFormatProperty } from '../../voice/voiceFormat';
import { timeLimit } from './timeLimit';

/** Which message. */
export const MEDIA_MESSAGE = { name: 'message', label: 'Message' };
const USUAL_SECONDS = 120;

const PASS_ON = 'passOn';
export const STOP_WITHOUT_MEDIA = 'stop';

const properties: INodeProperties[] = [
	{
		displayName: MEDIA_MESSAGE.label,
		name: MEDIA_MESSAGE.name,
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
			{ name: 'Stop With an Error', value: STOP_WITHOUT_MEDIA },
		],
		default: PASS_ON,
	},
	timeLimit(
		USUAL_SECONDS,
		'How long Eyun may take to provide the file; videos and files take a while',
	),
];

/** The picture, voice, video, sticker or file of a message, whichever way its kind is to be had. */
export const downloadMedia: CompoundDescription = {
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
};
