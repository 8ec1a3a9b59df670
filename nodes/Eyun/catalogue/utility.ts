import {
	anyImage,
	anyVideo,
	choice,
	file,
	id,
	named,
	positive,
	proxyIp,
	proxyPassword,
	proxyUser,
	text,
	wId,
} from './fields';
import type { Resource } from './types';

/** Seconds for answers that wait until the vendor has moved a file. */
const SLOW_FILE_SECONDS = 120;

const account = id('wcId', 'WeChat ID', 'The WeChat account in Eyun, logged in or not', {
	placeholder: 'e.g. wxid_abc123',
});

/** te-shu: the CDN of WeChat, and what the vendor knows about the account's use. */
export const utilityResource: Resource = {
	value: 'utility',
	name: 'Utility',
	chinese: '工具',
	operations: [
		{
			value: 'downloadFile',
			name: 'Download File',
			action: 'Download file from CDN of WeChat',
			description: 'Get a web address of a file that a callback XML refers to',
			path: '/cdnDownFile',
			title: 'CDN资源下载',
			reads: true,
			timeout: SLOW_FILE_SECONDS,
			fields: [
				wId,
				id('cdnUrl', 'CDN ID', 'The CDN URL in the callback XML, which is not a web address'),
				id('aeskey', 'AES Key', 'The aeskey in the callback XML'),
				choice(
					'fileType',
					'File Type',
					'If one fails, try another one',
					named({
						File: 5,
						Image: 2,
						'Image, High Definition': 1,
						'Image, Thumbnail': 3,
						Video: 4,
					}),
				),
				text('fileName', 'File Name', 'With extension', { placeholder: 'e.g. test.png' }),
				positive('totalSize', 'File Size (Bytes)', 'The length in the callback XML', {
					placeholder: 'e.g. 123456',
				}),
			],
		},
		{
			value: 'uploadImage',
			name: 'Upload Image',
			action: 'Upload image to CDN of WeChat',
			description:
				'Upload an image once and get the values that the XML of messages needs to refer to it',
			path: '/uploadCdnImage',
			title: 'CDN图片上传',
			timeout: SLOW_FILE_SECONDS,
			fields: [wId, file('content', 'Image', anyImage)],
		},
		{
			value: 'uploadVideo',
			name: 'Upload Video',
			action: 'Upload video to CDN of WeChat',
			description:
				'Upload a video once and get the values that the XML of messages needs to refer to it',
			path: '/sendCdnVideo',
			title: 'CDN视频上传',
			timeout: SLOW_FILE_SECONDS,
			fields: [wId, file('path', 'Video', anyVideo), file('thumbPath', 'Cover', anyImage)],
		},
		{
			value: 'getCallCounts',
			name: 'Get Call Counts',
			action: 'Get number of API calls',
			description: 'Get the number of API calls of every WeChat account',
			path: '/getReqTimes',
			title: '查询接口调用次数',
			reads: true,
			fields: [],
		},
		{
			value: 'getTraffic',
			name: 'Get Traffic',
			action: 'Get data traffic',
			description: 'Get the data traffic of every WeChat account, in bytes',
			path: '/getUserFlow',
			title: '查询使用流量',
			reads: true,
			fields: [],
		},
		{
			// Not marked as reading: asking again would break the vendor's limit.
			value: 'getOfflineReason',
			name: 'Get Offline Reason',
			action: 'Get reason why account is offline',
			description:
				'Get the reason why an account is offline (null while it is online); ask at most once in 12 hours',
			path: '/offlineReason',
			title: '查询掉线原因',
			fields: [account],
		},
		{
			value: 'setProxy',
			name: 'Set Proxy',
			action: 'Set proxy of account',
			path: '/setproxy',
			title: '动态设置代理IP',
			fields: [account, proxyIp, proxyUser, proxyPassword],
		},
	],
};
