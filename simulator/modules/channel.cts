/** Channel module: users, following, lists, private messages. */
import type { Call, Handler, Handlers } from '../call.cts';
import { contactView, privateContactView, privateName, userView } from '../channel-views.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { channelUserName, hex, newMessageId } from '../ids.cts';
import type { JsonObject } from '../json.cts';
import { pageOf } from '../paging.cts';
import { sampleAnswer } from '../spec.cts';
import { nowSeconds } from '../world.cts';
import type { ChannelSession, ChannelUser } from '../world-types.cts';

/** Makes sure that the caller speaks as itself: the userName of /finderHome. Throws VendorFailure. */
export function requireOwnName({ me, body }: Call, field: string): void {
	if (me.channel.userName === '' || body.text(field) !== me.channel.userName) {
		throw new VendorFailure(`${field} 不是自己的视频号用户编码`);
	}
}

/** The Channels user that a field names. Throws VendorFailure. */
export function channelUser({ world, body }: Call, field: string): ChannelUser {
	const found = world.channelUsers.get(body.text(field));
	if (!found) throw new VendorFailure(`${ASSUMED.notFound}: ${field}`);
	return found;
}

/** Assumed, vendor undocumented: a second one takes the place of the first. */
const createFinder: Handler = ({ world, me, body }) => {
	const nickName = body.text('nickName');
	const userName = channelUserName(`${me.wcId}:${nickName}`);
	const headImage = body.text('headImgUrl');
	const place = { country: 'CN', province: '', city: '', sex: 0 };
	world.channelUsers.set(userName, { userName, nickName, signature: '', headImage, ...place });
	me.channel.userName = userName;
	return null;
};

const finderHome: Handler = ({ world, media, me }) => {
	const own = world.channelUsers.get(me.channel.userName);
	if (!own) throw new VendorFailure('未创建视频号');
	const head = media.url('head', `${me.wcId}.png`);
	return {
		userName: own.userName,
		aliasInfo: [
			{ nickName: me.nickName, headImgUrl: head, roleType: 1 },
			{ nickName: own.nickName, headImgUrl: own.headImage || head, roleType: 3 },
		],
		currentAliasRoleType: 3,
		finderList: [Buffer.from(own.userName).toString('base64')],
		showInWxFinderUsername: own.userName,
	};
};

const modFinderProfile: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	const { body } = call;
	Object.assign(channelUser(call, 'meUserName'), {
		nickName: body.text('nickName'),
		signature: body.text('signature'),
		headImage: body.text('headImgUrl'),
		country: body.text('country'),
		province: body.text('province'),
		city: body.text('city'),
		sex: body.int('sex'),
	});
	return null;
};

const finderFollow: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	const user = channelUser(call, 'userName');
	const { follows } = call.me.channel;
	if (call.body.int('type') === 1) follows.set(user.userName, nowSeconds());
	else follows.delete(user.userName);
	return userView(call.media, user);
};

function contactList(
	call: Call,
	kind: string,
	given: string,
	rows: [userName: string, time: number][],
): JsonObject {
	const { entries, next, more } = pageOf(rows, kind, given);
	return {
		contactList: entries.flatMap(([userName, time]) => {
			const user = call.world.channelUsers.get(userName);
			return user ? [contactView(call.media, user, time)] : [];
		}),
		lastBuffer: next,
		followCount: rows.length,
		continueFlag: more ? 1 : 0,
	};
}

const getFollowList: Handler = (call) => {
	requireOwnName(call, 'myUserName');
	const rows = [...call.me.channel.follows];
	return contactList(call, 'follow', call.body.text('lastBuff'), rows);
};

/**
 * flag is a bit mask: 1 hearts, 2 thumbs, 4 favorites. The vendor's example shows contacts, so the
 * shape of a liked video is unknown (spec/FACTS.md: Anomalies, Return table); the authors of the videos are answered.
 */
const getLikeAndFavList: Handler = (call) => {
	requireOwnName(call, 'myUserName');
	const flag = call.body.int('flag');
	const { liked, thumbed } = call.me.channel;
	const ids = new Set([...(flag & 1 ? liked : []), ...(flag & 2 ? thumbed : [])]);
	const rows = [...ids].flatMap((id): [string, number][] => {
		const video = call.world.channelVideos.get(id);
		return video ? [[video.author, video.createTime]] : [];
	});
	return contactList(call, 'likes', call.body.text('lastBuffer'), rows);
};

/** The vendor's sample, as often as there are notifications. Assumed: after the last page lastBuff stays. */
const getMentionList: Handler = (call) => {
	requireOwnName(call, 'myUserName');
	const [sample] = (sampleAnswer('/finder/getMentionList').data as { list: JsonObject[] }).list;
	const all = Array.from({ length: call.me.channel.mentions }, (_, number) => ({
		...sample,
		svrMentionId: 45 - number,
	}));
	const { entries, next } = pageOf(all, 'mentions', call.body.text('lastBuff'));
	return { lastBuff: next, list: entries };
};

const getQrCode: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	return { qrUrl: `https://weixin.qq.com/f/${hex(22)}` };
};

/** type 1: as Channels user, which myUserName must name; type 2: as WeChat user, it must be empty. */
const getSessionId: Handler = (call) => {
	const { body, me } = call;
	if (body.int('type') === 1) requireOwnName(call, 'myUserName');
	else if (body.text('myUserName') !== '') throw new VendorFailure('type为2时 myUserName 应为空');
	const { userName } = channelUser(call, 'toUserName');
	const { sessions } = me.channel;
	const known = [...sessions.values()].find((session) => session.toUserName === userName);
	const sessionId = known?.sessionId ?? `${hex(64)}@findermsg`;
	if (!known) {
		const session = { sessionId, toUserName: userName, peerAnswered: false, messages: [] };
		sessions.set(sessionId, session);
	}
	return { sessionId, enableAction: 0, toUsername: userName };
};

function sessionOf({ me, body }: Call): ChannelSession {
	const session = me.channel.sessions.get(body.text('sessionId'));
	if (session?.toUserName !== body.text('toUserName')) {
		throw new VendorFailure(`${ASSUMED.notFound}: sessionId`);
	}
	return session;
}

const privateSend: Handler = (call) => {
	const newMsgId = newMessageId();
	const content = call.body.text('content');
	sessionOf(call).messages.push({ newMsgId, content, image: false });
	return { newMsgId };
};

/** Pictures only after the other side has answered (spec/FACTS.md: Errors and limits; control.channelReply). */
const privateSendImg: Handler = (call) => {
	const session = sessionOf(call);
	if (!session.peerAnswered) throw new VendorFailure('对方回复前不能发送图片');
	const newMsgId = newMessageId();
	session.messages.push({ newMsgId, content: call.body.text('imgUrl'), image: true });
	return { newMsgId };
};

/** By the name in the conversation (fv1_…) or the Channels user name. */
const getContactDetails: Handler = (call) => {
	requireOwnName(call, 'meUserName');
	const wanted = call.body.text('contactUserName');
	const session = [...call.me.channel.sessions.values()].find(({ sessionId, toUserName }) =>
		[privateName(sessionId), toUserName].includes(wanted),
	);
	const user = call.world.channelUsers.get(session?.toUserName ?? '');
	if (!session || !user) throw new VendorFailure(`${ASSUMED.notFound}: contactUserName`);
	return [privateContactView(call.media, user, session.sessionId)];
};

/** What /finderPublish takes as videoCdn. */
const finderUpload: Handler = ({ media }) => {
	const name = hex(32);
	return {
		fileUrl: media.url('video', `${name}.mp4`),
		thumbUrl: media.url('image', `${name}.png`),
		mp4Identify: hex(32),
		fileSize: 1_315_979,
		thumbMd5: hex(32),
		fileKey: `finder_upload_${name}`,
	};
};

/** The vendor's sample with our own names in it. */
const scanFinderHelper: Handler = ({ me, world }) => {
	const data = sampleAnswer('/scanFinderHelper').data as JsonObject;
	const row = (data.finderList as JsonObject[])[0];
	const finderUsername = me.channel.userName;
	const nickname = world.channelUsers.get(finderUsername)?.nickName ?? '';
	const finderList = [{ ...row, finderUsername, nickname }];
	return { ...data, finderList };
};

export const channelHandlers: Handlers = {
	'/createFinder': createFinder,
	'/finderHome': finderHome,
	'/modFinderProfile': modFinderProfile,
	'/finderFollow': finderFollow,
	'/finderUpload': finderUpload,
	'/scanFinderHelper': scanFinderHelper,
	'/finder/getFollowList': getFollowList,
	'/finder/getLikeAndFavList': getLikeAndFavList,
	'/finder/getMentionList': getMentionList,
	'/finder/getQrCode': getQrCode,
	'/finder/getContactDetails': getContactDetails,
	'/getSessionId': getSessionId,
	'/privateSend': privateSend,
	'/privateSendImg': privateSendImg,
};
