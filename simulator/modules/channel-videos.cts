/** Channel module: videos, comments, hearts and thumbs, search. */
import type { Call, Handler, Handlers } from '../call.cts';
import { commentView, searchView, userView, videoView } from '../channel-views.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { md5 } from '../ids.cts';
import { pageOf } from '../paging.cts';
import { addVideo } from '../seed.cts';
import { nowSeconds } from '../world.cts';
import type { ChannelComment, ChannelVideo } from '../world-types.cts';
import { channelUser, requireOwnName } from './channel.cts';

/** Results on a page of a search, as in the vendor's example (offset 8). */
const SEARCH_PAGE = 8;

/** The video that an id names exactly, with its nonce. Throws VendorFailure. */
function videoOf({ world, body }: Call, idField: string, nonceField: string): ChannelVideo {
	const id = body.wide(idField);
	const found = world.channelVideos.get(id);
	if (!found) throw new VendorFailure(`${ASSUMED.notFound}: ${idField} ${String(id)}`);
	if (found.objectNonceId !== body.text(nonceField)) {
		throw new VendorFailure(`${ASSUMED.notFound}: ${nonceField}`);
	}
	return found;
}

function commentOf(video: ChannelVideo, commentId: bigint): ChannelComment {
	const found = video.comments.find((comment) => comment.commentId === commentId);
	if (!found) throw new VendorFailure(`${ASSUMED.notFound}: commentId ${String(commentId)}`);
	return found;
}

/** Assumed, vendor undocumented: pageCode is "" after the last page. */
const finderUserHome: Handler = (call) => {
	const user = channelUser(call, 'userName');
	const videos = [...call.world.channelVideos.values()]
		.filter((video) => video.author === user.userName)
		.sort((a, b) => (a.id < b.id ? 1 : -1));
	const { entries, next, more } = pageOf(videos, 'home', call.body.text('pageCode'));
	return {
		videoList: entries.map((video) => videoView(call.world, call.media, video)),
		userInfo: userView(call.media, user),
		pageCode: more ? next : '',
		friendFollowCount: 0,
	};
};

const finderBrowse: Handler = (call) => {
	requireOwnName(call, 'myUserName');
	call.me.channel.browsed.add(videoOf(call, 'objectId', 'objectNonceId').id);
	return null;
};

/**
 * type 0 writes a comment (an answer with refCommentId), 1 deletes one. Which field names the comment
 * to delete is not documented: assumed refCommentId.
 */
const finderComment: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	const video = videoOf(call, 'id', 'objectNonceId');
	const reference = call.body.wide('refCommentId');
	if (call.body.int('type') === 1) return deleteComment(call, video, reference);
	const replied = reference === 0n ? undefined : commentOf(video, reference);
	const { userName } = call.me.channel;
	video.comments.push({
		commentId: -(call.world.channelIds.next() - 10_000_000_000_000_000_000n),
		rootCommentId: replied ? replied.rootCommentId || replied.commentId : 0n,
		replyTo: reference,
		author: userName,
		nickName: call.world.channelUsers.get(userName)?.nickName ?? '',
		content: call.body.text('content'),
		createTime: nowSeconds(),
		likeCount: 0,
	});
	return null;
};

function deleteComment(call: Call, video: ChannelVideo, commentId: bigint): null {
	const found = commentOf(video, commentId);
	if (![found.author, video.author].includes(call.me.channel.userName)) {
		throw new VendorFailure(`${ASSUMED.notFound}: commentId ${String(commentId)}`);
	}
	video.comments = video.comments.filter((comment) => comment !== found);
	return null;
}

const finderCommentDetails: Handler = (call) => {
	const video = videoOf(call, 'id', 'nonceId');
	const root = call.body.wide('rootCommentId');
	const wanted = video.comments.filter((comment) => comment.rootCommentId === root);
	const { entries, next, more } = pageOf(wanted, 'comments', call.body.text('pageCode'));
	return {
		videoDetails: null,
		commentList: entries.map((comment) => commentView(call.media, comment)),
		pageCode: more ? next : '',
		commentCount: video.comments.length,
		likeCount: video.likeCount,
		forwardCount: video.forwardCount,
		favCount: video.favCount,
	};
};

/** Puts an id into a set or takes it out; the step is how the count changes. */
function toggle(set: Set<bigint>, id: bigint, on: boolean): number {
	if (on === set.has(id)) return 0;
	if (on) set.add(id);
	else set.delete(id);
	return on ? 1 : -1;
}

function requireAuthor({ body }: Call, video: ChannelVideo): void {
	if (body.text('toUserName') !== video.author) {
		throw new VendorFailure('toUserName 不是作者的用户编码');
	}
}

/** 点赞, the thumb (spec/FACTS.md: Anomalies, Structure); the vendor's success text says 失败. */
const finderIdFav: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	const video = videoOf(call, 'id', 'nonceId');
	requireAuthor(call, video);
	video.favCount += toggle(call.me.channel.thumbed, video.id, call.body.int('type') === 1);
	return null;
};

/** 小红心, the heart: 3 and 4 on the video, 1 and 2 on a comment. */
const finderIdLike: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	const video = videoOf(call, 'id', 'nonceId');
	requireAuthor(call, video);
	const type = call.body.int('type');
	const { liked, likedComments } = call.me.channel;
	if (type >= 3) {
		video.likeCount += toggle(liked, video.id, type === 3);
	} else {
		const comment = commentOf(video, call.body.wide('commentId'));
		comment.likeCount += toggle(likedComments, comment.commentId, type === 1);
	}
	return null;
};

const finderPublish: Handler = (call) => {
	requireOwnName(call, 'myUserName');
	const topics = call.body.list('topic').map((topic) => `#${topic}`);
	addVideo(call.world, call.me.channel.userName, [call.body.text('title'), ...topics].join(' '));
	return null;
};

/** The number a search gets; the same words always get the same one. */
function searchIdOf(words: string): string {
	return String(BigInt(`0x${md5(words).slice(0, 15)}`));
}

/**
 * Users (type 0, 1) and videos (type 0, 10) whose name or text has the words in it. Further pages take
 * offset, cookie and searchId of the page before. The shape of a found user is not documented (the
 * example's list is empty): assumed as in /finderFollow. The filter orders, it leaves nothing out.
 */
const newSearchFinder: Handler = (call) => {
	const { world, media, body } = call;
	const words = body.text('content');
	const searchId = searchIdOf(words);
	const offset = body.int('offset');
	if (offset !== 0 && (body.text('searchId') !== searchId || body.text('cookie') === '')) {
		throw new VendorFailure('cookie、searchId 应为上一页返回的值');
	}
	const type = body.int('type');
	const users = [...world.channelUsers.values()].filter((user) => user.nickName.includes(words));
	const found = [...world.channelVideos.values()]
		.filter((video) => video.description.includes(words))
		.sort((a, b) => (a.id < b.id ? 1 : -1));
	const videos = type === 1 ? [] : found.slice(offset, offset + SEARCH_PAGE);
	return {
		cookie: JSON.stringify({ doc_offset: offset, query: words, scene: 123 }),
		searchId,
		offset: offset + videos.length,
		authInfos: type === 10 || offset > 0 ? [] : users.map((user) => userView(media, user)),
		videoInfos: videos.map((video) => searchView(world, media, video)),
	};
};

export const channelVideoHandlers: Handlers = {
	'/finderUserHome': finderUserHome,
	'/finderBrowse': finderBrowse,
	'/finderComment': finderComment,
	'/finderCommentDetails': finderCommentDetails,
	'/finderIdFav': finderIdFav,
	'/finderIdLike': finderIdLike,
	'/finderPublish': finderPublish,
	'/newSearchFinder': newSearchFinder,
};
