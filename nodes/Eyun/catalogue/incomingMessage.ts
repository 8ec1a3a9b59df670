import { callbackXml, choice, id, msgId, optional, positive, url, wId } from './fields';
import type { Field, Resource } from './types';

/** What identifies a received medium: all three values stand in the trigger's item. */
function received(kind: string): Field[] {
	return [wId, msgId, callbackXml(`The XML of the ${kind} callback`)];
}

/** xiao-xi-jie-shou: media of received messages, and the address that callbacks go to. */
export const incomingMessageResource: Resource = {
	value: 'incomingMessage',
	name: 'Incoming Message',
	chinese: '收到的消息',
	operations: [
		{
			value: 'getImage',
			name: 'Get Image',
			action: 'Get image of message',
			description: 'Get a web address, valid for 7 days, of a received image',
			path: '/getMsgImg',
			title: '下载图片',
			reads: true,
			fields: [
				...received('image'),
				optional(
					choice(
						'type',
						'Quality',
						'If one quality fails, try the other',
						[
							{ name: 'High', value: 1 },
							{ name: 'Normal', value: 0 },
						],
						{ default: 0 },
					),
				),
			],
		},
		{
			value: 'getVoice',
			name: 'Get Voice',
			action: 'Get voice recording of message',
			path: '/getMsgVoice',
			title: '下载消息中的语音',
			reads: true,
			fields: [
				wId,
				msgId,
				positive('length', 'Size (Bytes)', 'The length in the callback', {
					placeholder: 'e.g. {{ $json.data.length }}',
				}),
				id('bufId', 'Buffer ID', 'The bufId of the callback', {
					placeholder: 'e.g. {{ $json.data.bufId }}',
				}),
				id('fromUser', 'Sender', 'WeChat ID of the sender', {
					placeholder: 'e.g. {{ $json.senderId }}',
				}),
			],
		},
		{
			value: 'getFile',
			name: 'Get File',
			action: 'Get file of message',
			path: '/getMsgFile',
			title: '下载文件',
			reads: true,
			fields: received('file'),
		},
		{
			value: 'getSticker',
			name: 'Get Sticker',
			action: 'Get sticker of message',
			path: '/getMsgEmoji',
			title: '下载消息中的动图',
			reads: true,
			fields: received('sticker'),
		},
		{
			value: 'startVideoDownload',
			name: 'Start Video Download',
			action: 'Start downloading video of message',
			description:
				'Start a download in Eyun; then get its result every 2 seconds, or wait for event 30002',
			path: '/asynGetMsgVideo',
			title: '异步下载消息中的视频',
			fields: received('video'),
		},
		{
			value: 'getVideoDownload',
			name: 'Get Video Download',
			action: 'Get result of video download',
			description:
				'Get the state of a download; type is 0 while it runs, 1 when done, 2 when it did not work',
			path: '/getMsgVideoRes',
			title: '获取异步下载视频消息结果',
			reads: true,
			fields: [id('id', 'Download ID', 'The ID from Start Video Download')],
		},
		{
			value: 'setCallbackAddress',
			name: 'Set Callback Address',
			action: 'Set address that receives callbacks',
			description:
				'Set the one address of the developer account that receives all callbacks, which the trigger node does automatically',
			path: '/setHttpCallbackUrl',
			title: '设置消息接收地址',
			fields: [
				url('httpUrl', 'Callback URL', 'A public address that answers within 6 seconds', {
					placeholder: 'e.g. https://example.com/callback',
				}),
				choice(
					'type',
					'Format',
					'',
					[
						{
							name: 'Optimized',
							value: 2,
							description: 'Text codes such as 60001, the format that the trigger node reads best',
						},
						{ name: 'Original', value: 1, description: 'The old numeric codes 0 to 17' },
					],
					{ default: 2 },
				),
			],
		},
		{
			value: 'cancelCallbackAddress',
			name: 'Cancel Callback Address',
			action: 'Cancel address that receives callbacks',
			description: 'Stop all callbacks of the developer account',
			path: '/cancelHttpCallbackUrl',
			title: '取消消息接收',
			fields: [],
		},
	],
};
