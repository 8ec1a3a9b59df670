import {
	anyImage,
	choice,
	contact,
	emptyFirst,
	file,
	id,
	ids,
	int,
	int64,
	longText,
	momentCover,
	momentImage,
	momentVideo,
	named,
	optional,
	positive,
	text,
	url,
	wId,
	zeroFirst,
} from './fields';
import type { Kept } from './tool/types';
import { atMost, CANNOT_BE_UNDONE, friend, momentOf, plainTextOf, told } from './tool/values';
import type { Field, Paging, Resource } from './types';

/** Seconds for answers that wait until the vendor has moved pictures or a video. */
const SLOW_MEDIA_SECONDS = 120;

/** A fresh login may not post yet. */
const ONLINE_FIRST = 'the account must have been online for 3 days';

const momentId = id(
	'id',
	'Moment ID',
	'The ID from the answer of the post operation or from Get Many',
	{
		placeholder: 'e.g. {{ $json.id }}',
	},
);

const postText = longText('content', 'Text', 'The text of the moment. Line breaks are kept');

/** Who sees a moment: everyone, unless one of these is given. */
const visibleTo = optional(
	ids('groupUser', 'Visible To', 'WeChat IDs. Only these contacts see it', {
		several: {
			list: 'contacts',
			label: 'Visible to Contact Names or IDs',
			description: 'Only these contacts see it',
		},
	}),
);
const hiddenFrom = optional(
	ids('blackList', 'Hidden From', 'WeChat IDs. These contacts do not see it', {
		several: {
			list: 'contacts',
			label: 'Hide From Friend Names or IDs',
			description: 'These contacts do not see it',
		},
	}),
);
const audience: readonly Field[] = [
	visibleTo,
	hiddenFrom,
	optional(
		ids(
			'groupUserLabelIds',
			'Visible to Labels',
			'IDs of labels. Only contacts with these labels see it',
			{
				several: {
					list: 'labels',
					label: 'Visible to Label Names or IDs',
					description: 'Only contacts with these labels see it',
				},
			},
		),
	),
	optional(
		ids(
			'blackListLabelIds',
			'Hidden From Labels',
			'IDs of labels. Contacts with these labels do not see it',
			{
				several: {
					list: 'labels',
					label: 'Hide From Label Names or IDs',
					description: 'Contacts with these labels do not see it',
				},
			},
		),
	),
];

/** Where a page of moments starts. */
const page: readonly Field[] = [
	text(
		'firstPageMd5',
		'Page MD5',
		'Empty for the first page, then the last value that was not null',
		emptyFirst,
	),
	int64(
		'maxId',
		'Max ID',
		'0 for the first page, then the ID of the last moment of the page before',
		zeroFirst,
	),
];

/** The MD5 in an answer of /getCircle may be null, and then the last one stays good. */
const paging: Paging = {
	elements: ['sns'],
	next: { firstPageMd5: { answer: 'firstPageMd5', kept: true }, maxId: { lastElement: 'id' } },
};

/** What is worth reading of a moment; its text stands in XML. */
const SHORT_MOMENT: Kept = {
	id: true,
	userName: true,
	nickName: true,
	createTime: true,
	objectDesc: { members: { xml: { element: 'contentDesc' } } },
	likeCount: true,
	commentCount: true,
	snsComments: { members: { commentId: true, userName: true, nickName: true, content: true } },
};

/** peng-you-quan: what friends see of each other. */
export const momentResource: Resource = {
	value: 'moment',
	name: 'Moment',
	chinese: '朋友圈',
	operations: [
		{
			value: 'postText',
			name: 'Post Text',
			action: 'Post text to moments',
			description: `Post a text to Moments; ${ONLINE_FIRST}`,
			path: '/snsSend',
			title: '发送文字朋友圈消息',
			sends: true,
			fields: [wId, postText, ...audience],
		},
		{
			value: 'postImages',
			name: 'Post Images',
			action: 'Post images to moments',
			description: `Post images with a text to Moments; ${ONLINE_FIRST}`,
			path: '/snsSendImage',
			title: '发送图片朋友圈消息',
			sends: true,
			timeout: SLOW_MEDIA_SECONDS,
			fields: [
				wId,
				postText,
				ids('paths', 'Images', 'PNG, at most 3 MB each', {
					separator: ';',
					format: 'url',
					media: momentImage,
				}),
				...audience,
			],
		},
		{
			value: 'postVideo',
			name: 'Post Video',
			action: 'Post video to moments',
			description: `Start posting a video to Moments; then get its result every 2 seconds, or wait for event 30003; ${ONLINE_FIRST}`,
			path: '/asynSnsSendVideo',
			title: '异步发送视频朋友圈',
			sends: true,
			timeout: SLOW_MEDIA_SECONDS,
			fields: [
				wId,
				postText,
				file('videoPath', 'Video', momentVideo, 'At most 20 MB and 30 seconds'),
				file('thumbPath', 'Cover', momentCover, 'The picture shown before playing, at most 2 MB'),
				visibleTo,
				hiddenFrom,
			],
		},
		{
			value: 'getVideoPost',
			name: 'Get Video Post',
			action: 'Get result of posting video to moments',
			description:
				'Get the state of a video that is being posted; type is 0 while it runs, 1 when done, 2 when it did not work',
			path: '/getAsynSnsSendVideoRes',
			title: '获取发送视频朋友圈结果',
			reads: true,
			fields: [id('asynId', 'Post ID', 'The asynId from Post Video')],
		},
		{
			value: 'postLink',
			name: 'Post Link',
			action: 'Post link to moments',
			description: `Post a link card with a text to Moments; ${ONLINE_FIRST}`,
			path: '/snsSendUrl',
			title: '发送链接朋友圈消息',
			sends: true,
			fields: [
				wId,
				postText,
				text('title', 'Title'),
				text('description', 'Description', 'The line below the title'),
				url('url', 'Link URL', 'The page that opens'),
				file('thumbUrl', 'Icon', anyImage, 'The small picture beside the title'),
				...audience,
			],
		},
		{
			value: 'forward',
			name: 'Forward',
			action: 'Forward moment',
			description: `Repost a moment as your own; ${ONLINE_FIRST}`,
			path: '/forwardSns',
			title: '转发朋友圈',
			sends: true,
			fields: [
				wId,
				longText('content', 'Moment XML', 'The objectDesc.xml from Get or Get Many'),
				{ ...visibleTo, name: 'withUserList' },
				hiddenFrom,
			],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many moments',
			description: 'Get many moments of the account and its friends',
			path: '/getCircle',
			title: '获取朋友圈',
			reads: true,
			paging,
			fields: [wId, ...page],
			simplified: SHORT_MOMENT,
			tool: {
				when: 'Read the latest moments (posts) that this WeChat account sees, of itself and its friends. It changes nothing.',
				fills: { limit: atMost },
			},
		},
		{
			value: 'getAllOfContact',
			name: 'Get Many of Contact',
			action: 'Get many moments of contact',
			description: 'Get many moments of one friend',
			path: '/getFriendCircle',
			title: '获取某个好友的朋友圈',
			reads: true,
			paging,
			fields: [wId, contact, ...page],
			simplified: SHORT_MOMENT,
			tool: {
				when: 'Read the latest moments (posts) of one friend of this WeChat account. It changes nothing.',
				fills: { wcId: friend, limit: atMost },
			},
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get moment',
			description: 'Get a moment with its likes and comments',
			path: '/getSnsObject',
			title: '获取某条朋友圈详细内容',
			reads: true,
			fields: [wId, contact, momentId],
			simplified: SHORT_MOMENT,
		},
		{
			value: 'downloadVideo',
			name: 'Download Video',
			action: 'Download video of moment',
			description: 'Get a web address of the video of a moment',
			path: '/downloadSnsVideo',
			title: '下载朋友圈视频',
			reads: true,
			timeout: SLOW_MEDIA_SECONDS,
			fields: [wId, longText('content', 'Moment XML', 'The objectDesc.xml from Get')],
		},
		{
			value: 'like',
			name: 'Like',
			action: 'Like moment',
			path: '/snsPraise',
			title: '朋友圈点赞',
			sends: true,
			fields: [wId, momentId],
			tool: {
				when: `Like a moment (post) of a friend. ${CANNOT_BE_UNDONE}`,
				fills: { id: momentOf },
			},
		},
		{
			value: 'unlike',
			name: 'Unlike',
			action: 'Unlike moment',
			path: '/snsCancelPraise',
			title: '取消点赞',
			fields: [wId, momentId],
		},
		{
			value: 'comment',
			name: 'Comment',
			action: 'Comment on moment',
			path: '/snsComment',
			title: '朋友圈评论',
			sends: true,
			fields: [
				wId,
				momentId,
				longText('content', 'Comment'),
				int('replyCommentId', 'Reply to Comment ID', '0 for the moment itself', {
					sendEmpty: true,
					default: 0,
				}),
			],
			tool: {
				when: `Comment on a moment (post) of a friend. The friend and common friends read it. ${CANNOT_BE_UNDONE}`,
				fills: {
					id: momentOf,
					content: plainTextOf('The comment'),
					replyCommentId: told(
						'The commentId of the comment to answer; 0 to comment on the moment itself',
						{
							type: 'number',
							otherwise: 0,
						},
					),
				},
			},
		},
		{
			value: 'deleteComment',
			name: 'Delete Comment',
			action: 'Delete comment on moment',
			path: '/snsCommentDel',
			title: '删除某条朋友圈的某条评论',
			deletes: true,
			fields: [
				wId,
				momentId,
				positive('commentId', 'Comment ID', 'The commentId in snsComments', {
					placeholder: 'e.g. {{ $json.snsComments[0].commentId }}',
				}),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete moment',
			path: '/deleteSns',
			title: '删除朋友圈',
			deletes: true,
			fields: [wId, momentId],
		},
		{
			value: 'setPrivate',
			name: 'Set Private',
			action: 'Make moment private',
			path: '/snsSetAsPrivacy',
			title: '设置某条朋友圈为隐私',
			fields: [wId, momentId],
		},
		{
			value: 'setPublic',
			name: 'Set Public',
			action: 'Make moment public',
			path: '/snsSetPublic',
			title: '设置某条朋友圈为公开',
			fields: [wId, momentId],
		},
		{
			value: 'setVisibility',
			name: 'Set Visibility',
			action: 'Set who sees moments of account',
			path: '/snsPrivacySettings',
			title: '朋友圈权限设置',
			fields: [
				wId,
				choice(
					'type',
					'Visibility',
					'Set friends and strangers one by one',
					named({
						'Friends: All': 10,
						'Friends: Last 3 Days': 13,
						'Friends: Last 6 Months': 11,
						'Friends: Last Month': 12,
						'Strangers: 10 Moments': 20,
						'Strangers: None': 21,
					}),
				),
			],
		},
	],
};
