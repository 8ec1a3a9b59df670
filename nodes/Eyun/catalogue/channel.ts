import {
	anyImage,
	anyVideo,
	choice,
	emptyFirst,
	file,
	id,
	int,
	int64,
	longText,
	named,
	object,
	optional,
	positive,
	text,
	texts,
	url,
	wId,
	zeroFirst,
} from './fields';
import { SHORT_CHANNEL } from './tool/short';
import type { Kept } from './tool/types';
import type { Field, Resource } from './types';

/** Seconds for answers that wait until the vendor has moved a picture or a video. */
const SLOW_IMAGE_SECONDS = 60;
const SLOW_VIDEO_SECONDS = 300;

/** The account's own channel: the vendor calls it me… in some operations and my… in the others. */
const own = (prefix: 'me' | 'my') =>
	id(`${prefix}UserName`, 'Own Channel ID', 'The userName from Get Own');
const role = (prefix: 'me' | 'my') =>
	int(`${prefix}RoleType`, 'Own Role Type', 'The roleType from Get Own', { default: 3 });
const me: readonly Field[] = [own('me'), role('me')];
const my: readonly Field[] = [own('my'), role('my')];

/** Where the table says me… and the example my…, both are sent. */
const meAndMy = me.map((field) => ({ ...field, alsoSentAs: field.name.replace('me', 'my') }));

/** What identifies a video, all from one item of Get Videos. */
const videoId = int64('id', 'Video ID', 'The ID of the video from Get Videos');
const nonceId = id('nonceId', 'Video Nonce ID', 'The objectNonceId of the video');
const objectNonceId = { ...nonceId, name: 'objectNonceId' };
const session = id('sessionBuffer', 'Session Buffer', 'The sessionBuffer of the video');
const author = id(
	'toUserName',
	'Author ID',
	'The userName of the channel that published the video',
);
/** The vendor's example of /finderIdFav leaves nonceId empty, so what acts on a video goes without. */
const liked: readonly Field[] = [
	wId,
	...me,
	videoId,
	{ ...nonceId, ...emptyFirst },
	session,
	author,
];

const channelId = id('userName', 'Channel ID', 'The userName from Search');
const receiver = id('toUserName', 'Receiver ID', 'The userName of the channel to write to');
const messageSession = id('sessionId', 'Session ID', 'The value from Get Message Session');
const channelName = text('nickName', 'Channel Name');
const picture = file('headImgUrl', 'Picture', anyImage, 'The profile picture');
const videoUrl = file('videoUrl', 'Video', anyVideo);

const uploaded = object('videoCdn', 'Uploaded Video', 'The answer of Upload Video', {
	fields: [
		id('fileKey', 'File Key'),
		positive('fileSize', 'File Size (Bytes)', '', { placeholder: 'e.g. 5242880' }),
		url('fileUrl', 'File URL'),
		id('mp4Identify', 'MP4 Identify'),
		id('thumbMd5', 'Thumb MD5'),
		url('thumbUrl', 'Thumb URL'),
	],
});

/** An uploaded video takes the place of both addresses, which are "" then (example of /finderPublish). */
const unlessUploaded = {
	description: 'May be empty when Uploaded Video is given',
	emptyWith: uploaded.name,
};

/** Where a page starts; `answered` is the name of the value in the answer. */
const pageStart = (name: string, label: string, answered = name) =>
	text(name, label, `Empty for the first page, then the last ${answered}`, emptyFirst);

/** A choice that is mostly left as it is. */
const option = (name: string, label: string, initial: number, numbers: Record<string, number>) =>
	choice(name, label, '', named(numbers), { default: initial });

/** A video, with all that the operations on it need. */
const SHORT_VIDEO: Kept = {
	id: true,
	nickName: true,
	videoDetails: { members: { desc: true } },
	createTime: true,
	likeCount: true,
	commentCount: true,
	forwardCount: true,
	userName: true,
	objectNonceId: true,
	sessionBuffer: true,
};

const SHORT_COMMENT: Kept = {
	commentId: true,
	nickName: true,
	content: true,
	createTime: true,
	likeCount: true,
	ipRegion: true,
	userName: true,
	replyCommentId: true,
	replyContent: true,
	replyUserName: true,
};

const SHORT_NOTIFICATION: Kept = {
	nickname: true,
	mentionType: true,
	mentionContent: true,
	description: true,
	refContent: true,
	createtime: true,
	username: true,
	refObjectId: true,
	refObjectNonceId: true,
	refCommentId: true,
};

/** shipinhao: WeChat Channels, the videos of WeChat. */
export const channelResource: Resource = {
	value: 'channel',
	name: 'Channel',
	chinese: '视频号',
	operations: [
		{
			value: 'getOwn',
			name: 'Get Own',
			action: 'Get your own channel',
			description: 'Get your own channel with the IDs that most operations need',
			path: '/finderHome',
			title: '获取个人主页',
			reads: true,
			fields: [wId],
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create channel',
			path: '/createFinder',
			title: '创建视频号',
			timeout: SLOW_IMAGE_SECONDS,
			fields: [wId, channelName, picture],
		},
		{
			value: 'update',
			name: 'Update Profile',
			action: 'Update profile of your channel',
			path: '/modFinderProfile',
			title: '修改视频号资料',
			timeout: SLOW_IMAGE_SECONDS,
			fields: [
				wId,
				...me,
				{ ...channelName, ...emptyFirst },
				{ ...picture, ...emptyFirst },
				longText('signature', 'Bio', '', emptyFirst),
				text('country', 'Country', '', { placeholder: 'e.g. CN', ...emptyFirst }),
				text('province', 'Province', '', emptyFirst),
				text('city', 'City', '', emptyFirst),
				choice('sex', 'Gender', '', named({ Female: 2, Male: 1, Neither: 0 })),
			],
		},
		{
			value: 'getQrCode',
			name: 'Get QR Code',
			action: 'Get QR code of your channel',
			description: 'Get the address that the QR code of your channel holds',
			path: '/finder/getQrCode',
			title: '获取我的视频号二维码',
			reads: true,
			fields: [wId, ...meAndMy],
		},
		{
			value: 'search',
			name: 'Search',
			action: 'Search channels and videos',
			path: '/newSearchFinder',
			title: '搜索视频号',
			reads: true,
			paging: {
				elements: ['authInfos', 'videoInfos'],
				next: {
					page: { plus: 1 },
					offset: { answer: 'offset' },
					cookie: { answer: 'cookie', kept: true },
					searchId: { answer: 'searchId', kept: true },
				},
			},
			fields: [
				wId,
				text('content', 'Search For'),
				option('type', 'Kind', 0, { All: 0, Channels: 1, Videos: 10 }),
				option('filter', 'Filter', 0, { 'No Filter': 0, Latest: 1, 'Liked by Friends': 2 }),
				int('page', 'Page', '1 for the first page', { min: 1, default: 1 }),
				int('offset', 'Offset', '0 for the first page, then the last offset', {
					sendEmpty: true,
					default: 0,
				}),
				optional(pageStart('cookie', 'Cookie')),
				optional(pageStart('searchId', 'Search ID')),
			],
		},
		{
			value: 'getVideos',
			name: 'Get Videos',
			action: 'Get videos of channel',
			path: '/finderUserHome',
			title: '获取用户主页',
			reads: true,
			paging: { elements: ['videoList'], next: { pageCode: { answer: 'pageCode' } } },
			simplified: SHORT_VIDEO,
			fields: [wId, channelId, optional(pageStart('pageCode', 'Page Code'))],
		},
		{
			value: 'follow',
			name: 'Follow or Unfollow',
			action: 'Follow or unfollow channel',
			path: '/finderFollow',
			title: '关注',
			sends: true,
			fields: [wId, ...me, channelId, option('type', 'Action', 1, { Follow: 1, Unfollow: 2 })],
		},
		{
			value: 'getFollowed',
			name: 'Get Followed Channels',
			action: 'Get followed channels',
			path: '/finder/getFollowList',
			title: '获取关注列表',
			reads: true,
			paging: {
				elements: ['contactList'],
				next: { lastBuff: { answer: 'lastBuffer' } },
				moreFlag: 'continueFlag',
			},
			simplified: SHORT_CHANNEL,
			fields: [wId, ...my, optional(pageStart('lastBuff', 'Page Buffer', 'lastBuffer'))],
		},
		{
			value: 'upload',
			name: 'Upload Video',
			action: 'Upload video for your channel',
			description: 'Upload a video once, to publish it later',
			path: '/finderUpload',
			title: '上传视频号视频',
			timeout: SLOW_VIDEO_SECONDS,
			fields: [wId, videoUrl, file('imgUrl', 'Cover', anyImage)],
		},
		{
			value: 'publish',
			name: 'Publish Video',
			action: 'Publish video on your channel',
			path: '/finderPublish',
			title: '发布视频号',
			sends: true,
			timeout: SLOW_VIDEO_SECONDS,
			fields: [
				wId,
				own('my'),
				{ ...videoUrl, ...unlessUploaded },
				{ ...file('videoThumbUrl', 'Cover', anyImage), ...unlessUploaded },
				positive('videoWidth', 'Width (Pixels)', '', { placeholder: 'e.g. 1080' }),
				positive('videoHeight', 'Height (Pixels)', '', { placeholder: 'e.g. 1920' }),
				positive('videoPlayLen', 'Duration (Seconds)', '', { placeholder: 'e.g. 15' }),
				text('title', 'Title'),
				texts('topic', 'Topics'),
				optional(uploaded),
				optional(role('my')),
			],
		},
		{
			value: 'browse',
			name: 'Browse Video',
			action: 'Browse video',
			description: 'Watch a video, so that it counts as a view',
			path: '/finderBrowse',
			title: '浏览',
			fields: [wId, ...my, { ...videoId, name: 'objectId' }, objectNonceId, session],
		},
		{
			value: 'comment',
			name: 'Comment',
			action: 'Add or delete comment on video',
			path: '/finderComment',
			title: '评论',
			sends: true,
			fields: [
				wId,
				...me,
				videoId,
				{ ...objectNonceId, ...emptyFirst },
				session,
				option('type', 'Action', 0, { Add: 0, Delete: 1 }),
				longText('content', 'Comment', 'Also required to delete a comment'),
				optional(int64('refCommentId', 'Comment ID', 'The comment to answer or delete')),
			],
		},
		{
			value: 'getComments',
			name: 'Get Comments',
			action: 'Get comments on video',
			description: 'Get the comments on a video, or the replies to one',
			path: '/finderCommentDetails',
			title: '获取评论列表',
			reads: true,
			paging: { elements: ['commentList'], next: { pageCode: { answer: 'pageCode' } } },
			simplified: SHORT_COMMENT,
			fields: [
				wId,
				videoId,
				nonceId,
				session,
				int64(
					'rootCommentId',
					'Parent Comment ID',
					'The comment whose replies to get, otherwise 0',
					zeroFirst,
				),
				id('refCommentId', 'Reference Comment ID', 'Normally 0', zeroFirst),
				pageStart('pageCode', 'Page Code'),
			],
		},
		{
			value: 'thumbsUp',
			name: 'Give Thumbs Up',
			action: 'Like video with thumbs up or remove it',
			path: '/finderIdFav',
			title: '点赞',
			sends: true,
			fields: [...liked, option('type', 'Action', 1, { Give: 1, 'Take Back': 2 })],
		},
		{
			value: 'heart',
			name: 'Give Heart',
			action: 'Like video or comment with heart or remove it',
			path: '/finderIdLike',
			title: '小红心',
			sends: true,
			fields: [
				...liked,
				option('type', 'Action', 3, {
					'Give to Video': 3,
					'Take Back From Video': 4,
					'Give to Comment': 1,
					'Take Back From Comment': 2,
				}),
				int64('commentId', 'Comment ID', 'From Get Comments; 0 for the video', zeroFirst),
			],
		},
		{
			value: 'getLiked',
			name: 'Get Liked Videos',
			action: 'Get liked and saved videos',
			path: '/finder/getLikeAndFavList',
			title: '获取赞和收藏的视频列表',
			reads: true,
			paging: {
				elements: ['contactList'],
				next: { lastBuffer: { answer: 'lastBuffer' } },
				moreFlag: 'continueFlag',
			},
			simplified: SHORT_CHANNEL,
			fields: [
				wId,
				...my,
				option('flag', 'Kind', 7, { All: 7, Heart: 1, 'Thumbs Up': 2, Favorite: 4 }),
				optional({ ...pageStart('lastBuffer', 'Page Buffer'), alsoSentAs: 'lastBuff' }),
			],
		},
		{
			value: 'getNotifications',
			name: 'Get Notifications',
			action: 'Get notifications of your channel',
			path: '/finder/getMentionList',
			title: '消息列表',
			reads: true,
			paging: { elements: ['list'], next: { lastBuff: { answer: 'lastBuff' } } },
			simplified: SHORT_NOTIFICATION,
			fields: [
				wId,
				...my,
				option('reqScene', 'Kind', 4, { Likes: 3, Comments: 4, Follows: 5 }),
				pageStart('lastBuff', 'Page Buffer'),
			],
		},
		{
			value: 'getMessageSession',
			name: 'Get Message Session',
			action: 'Get session for private messages',
			description: 'Get the session ID that sending private messages to a channel needs',
			path: '/getSessionId',
			title: '获取私信SessionId',
			reads: true,
			fields: [
				wId,
				receiver,
				option('type', 'Write As', 1, { Channel: 1, 'WeChat Account': 2 }),
				{
					...own('my'),
					description: 'The userName from Get Own. Leave empty to write as the WeChat account',
					...emptyFirst,
				},
			],
		},
		{
			value: 'sendText',
			name: 'Send Private Text',
			action: 'Send private text to channel',
			path: '/privateSend',
			title: '私信文字',
			sends: true,
			fields: [wId, receiver, own('my'), messageSession, longText('content', 'Text')],
		},
		{
			value: 'sendImage',
			name: 'Send Private Image',
			action: 'Send private image to channel',
			description: 'Send a private image to a channel that has answered before',
			path: '/privateSendImg',
			title: '私信图片',
			sends: true,
			timeout: SLOW_IMAGE_SECONDS,
			fields: [wId, receiver, messageSession, file('imgUrl', 'Image', anyImage)],
		},
		{
			value: 'getMessageContact',
			name: 'Get Message Contact',
			action: 'Get contact of private messages',
			path: '/finder/getContactDetails',
			title: '获取私信联系人信息',
			reads: true,
			fields: [wId, ...meAndMy, id('contactUserName', 'Contact ID', 'The username of the contact')],
		},
		{
			value: 'logInToAssistant',
			name: 'Log In to Channels Assistant',
			action: 'Log in to channels assistant',
			description: 'Log in to the Channels Assistant website with your account',
			path: '/scanFinderHelper',
			title: '登录视频号助手',
			fields: [
				wId,
				url('url', 'QR Code Content', 'The content of the QR code on channels.weixin.qq.com', {
					placeholder: 'e.g. https://channels.weixin.qq.com/…',
				}),
			],
		},
	],
};
