/** How the vendor shows Channels users, videos and comments (spec/responses.json). */
import { contactCredential } from './ids.cts';
import type { JsonObject } from './json.cts';
import type { Media } from './media.cts';
import type { World } from './world.cts';
import type { ChannelComment, ChannelUser, ChannelVideo } from './world-types.cts';

function picture(media: Media, user: ChannelUser): string {
	return user.headImage || media.url('head', `${user.userName.slice(0, 40)}.png`);
}

/** finderUser of a video, userInfo of a home page, answer of /finderFollow. */
export function userView(media: Media, user: ChannelUser): JsonObject {
	const { userName, nickName, signature, country, province, city, sex } = user;
	return {
		userName,
		nickName,
		headUrl: picture(media, user),
		signature,
		authInfo: null,
		extInfo: { country, province, city, sex },
		userMode: 2,
		bindInfo: '',
	};
}

/** A row of /finder/getFollowList and /finder/getLikeAndFavList; names in small letters there. */
export function contactView(media: Media, user: ChannelUser, followTime: number): JsonObject {
	const { userName, nickName, signature, country, province, city, sex } = user;
	return {
		clubInfo: {},
		spamStatus: 0,
		signature,
		headUrl: picture(media, user),
		authInfo: {},
		extInfo: { country, province, city, sex },
		coverImgUrl: '',
		extFlag: 262_156,
		followTime,
		liveCoverImgUrl: '',
		nickname: nickName,
		followFlag: 1,
		liveStatus: 2,
		username: userName,
		status: 0,
	};
}

/** A video of a home page; its id is a bare unsigned 64-bit number. */
export function videoView(world: World, media: Media, video: ChannelVideo): JsonObject {
	const user = world.channelUsers.get(video.author);
	return {
		id: video.id,
		nickName: user?.nickName ?? '',
		userName: video.author,
		createTime: video.createTime,
		forwardCount: video.forwardCount,
		likeCount: video.likeCount,
		commentCount: video.comments.length,
		friendLikeCount: 0,
		objectNonceId: video.objectNonceId,
		sessionBuffer: video.sessionBuffer,
		favCount: video.favCount,
		urlValidTime: 172_800,
		finderUser: user ? userView(media, user) : null,
		videoDetails: {
			desc: video.description,
			mediaType: 4,
			mediaList: [
				{
					url: media.url('video', `${String(video.id)}.mp4`),
					thumbUrl: media.url('image', `${String(video.id)}.png`),
					mediaType: 4,
					videoPlayLen: 11,
					width: 1920,
					height: 1080,
					fileSize: 100_000,
				},
			],
			location: null,
			finderTopicInfo: '',
			commentList: null,
		},
		commentList: video.comments.slice(0, 1).map((comment) => commentView(media, comment)),
	};
}

/** A comment; its id is a bare signed 64-bit number, often negative. */
export function commentView(media: Media, comment: ChannelComment): JsonObject {
	const headUrl = media.url('head', `${comment.author.slice(0, 40)}.png`);
	return {
		userName: comment.author,
		nickName: comment.nickName,
		content: comment.content,
		commentId: comment.commentId,
		replyCommentId: comment.replyTo === 0n ? null : comment.replyTo,
		headUrl,
		createTime: comment.createTime,
		likeCount: comment.likeCount,
		ipRegion: '江苏',
		replyContent: null,
		replyUserName: null,
		finderAuthorVo: { userName: comment.author, nickName: comment.nickName, headUrl },
	};
}

/** A video as a search result; its id is text there (docId). */
export function searchView(world: World, media: Media, video: ChannelVideo): JsonObject {
	const id = String(video.id);
	const image = media.url('image', `${id}.png`);
	return {
		items: [
			{
				dateTime: '3天前',
				docId: id,
				duration: '00:11',
				image,
				imageData: { height: 1080, width: 1920, url: image },
				likeNum: String(video.likeCount),
				pubTime: video.createTime,
				reportId: `${id}:feed:0`,
				showType: null,
				source: {
					iconUrl: '',
					mark: null,
					title: world.channelUsers.get(video.author)?.nickName ?? '',
				},
				jumpInfo: {
					extInfo: JSON.stringify({ feedNonceId: video.objectNonceId }),
					feedId: id,
					jumpType: 9,
				},
				title: video.description,
				videoUrl: media.url('video', `${id}.mp4`),
			},
		],
		boxId: `0x80000000000-1-${id}`,
		type: 86,
		subType: 1,
		totalCount: world.channelVideos.size,
	};
}

/** The other side of a private conversation (/finder/getContactDetails). */
export function privateContactView(media: Media, user: ChannelUser, sessionId: string): JsonObject {
	const { userName, nickName, signature, country, province, city, sex } = user;
	return {
		wxUsernameV5: contactCredential('v5', userName),
		signature,
		nickname: nickName,
		headUrl: picture(media, user),
		msgInfo: { sessionId, msgUsername: privateName(sessionId) },
		username: privateName(sessionId),
		extInfo: { country, province, city, sex },
	};
}

/** The name of the other side in a private conversation, e.g. fv1_…@findermsgstranger. */
export function privateName(sessionId: string): string {
	return `fv1_${sessionId.replace('@findermsg', '')}@findermsgstranger`;
}
