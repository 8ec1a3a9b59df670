/** Moment module. Ids are unsigned 64-bit and quoted, on both ways (spec/FACTS.md: Key shapes; Anomalies, Structure). */
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { md5 } from '../ids.cts';
import { jobAnswer, startJob } from '../jobs.cts';
import type { JsonObject } from '../json.cts';
import { momentXml } from '../seed.cts';
import { nowSeconds, type World } from '../world.cts';
import type { Hosted, Moment } from '../world-types.cts';

/** Posts on one page. Assumed, vendor undocumented. */
const PAGE = 10;

/** A post as /getSnsObject, /getFriendCircle and /forwardSns show it. */
function view(world: World, moment: Moment): JsonObject {
	const { id, author, createTime, xml, likes, comments } = moment;
	return {
		id: String(id),
		userName: author,
		nickName: world.nickName(author),
		createTime,
		objectDesc: { xml, len: Buffer.byteLength(xml) },
		likeCount: likes.length,
		snsLikes: likes.map((like) => ({
			userName: like.wcId,
			nickName: world.nickName(like.wcId),
			type: 1,
			createTime: like.createTime,
		})),
		commentCount: comments.length,
		snsComments: comments.map((comment) => ({
			userName: comment.author,
			nickName: world.nickName(comment.author),
			type: 2,
			createTime: comment.createTime,
			commentId: comment.commentId,
			replyCommentId: comment.replyCommentId,
			deleteFlag: 0,
			isNotRichText: 1,
			content: comment.content,
		})),
	};
}

function visible(me: Hosted, moment: Moment): boolean {
	if (moment.author === me.wcId) return true;
	if (moment.private || !me.friends.has(moment.author)) return false;
	if (moment.hiddenFrom.includes(me.wcId)) return false;
	return moment.visibleTo.length === 0 || moment.visibleTo.includes(me.wcId);
}

/** The post of the request, if the caller may see it. Throws VendorFailure. */
function momentOf({ world, me, body }: Call): Moment {
	const found = world.moments.get(body.wide('id'));
	if (!found || !visible(me, found)) {
		throw new VendorFailure(`${ASSUMED.notFound}: id ${body.text('id')}`);
	}
	return found;
}

function ownMoment(call: Call): Moment {
	const moment = momentOf(call);
	if (moment.author !== call.me.wcId) throw new VendorFailure(`${ASSUMED.notFound}: id`);
	return moment;
}

/**
 * A page: newest first, after maxId (0: from the top). firstPageMd5 comes with page 1 and is null on
 * the others, hence the vendor's "the last non-null value" (spec/FACTS.md: Parameters). Assumed: an md5 that does not fit
 * is ignored, except in strict mode.
 */
function page(call: Call, all: Moment[]): { moments: Moment[]; firstPageMd5: string | null } {
	const sorted = all.sort((a, b) => (a.id < b.id ? 1 : -1));
	const maxId = call.body.wide('maxId');
	const first = sorted.slice(0, PAGE);
	const hash = md5(first.map((moment) => String(moment.id)).join()).slice(0, 16);
	if (maxId === 0n) return { moments: first, firstPageMd5: hash };
	if (call.sim.options.strict && call.body.text('firstPageMd5') !== hash) {
		throw new VendorFailure('firstPageMd5 应为最近一次返回的非空值');
	}
	const rest = sorted.filter((moment) => moment.id < maxId);
	return { moments: rest.slice(0, PAGE), firstPageMd5: null };
}

const getCircle: Handler = (call) => {
	const { world, me } = call;
	const seen = [...world.moments.values()].filter((moment) => visible(me, moment));
	const { moments, firstPageMd5 } = page(call, seen);
	const sns = moments.map((moment) => ({
		...view(world, moment),
		likeFlag: moment.likes.some((like) => like.wcId === me.wcId) ? 1 : 0,
	}));
	return { sns, firstPageMd5 };
};

const getFriendCircle: Handler = (call) => {
	const { world, me, body } = call;
	const wcId = body.text('wcId');
	if (wcId !== me.wcId) world.friend(me, wcId);
	const theirs = [...world.moments.values()].filter(
		(moment) => moment.author === wcId && visible(me, moment),
	);
	const { moments, firstPageMd5 } = page(call, theirs);
	return { sns: moments.map((moment) => view(world, moment)), firstPageMd5 };
};

/** Labels count as the friends who carry them. */
function peopleOf({ me, body }: Call, names: string, labels?: string): string[] {
	const labelIds = labels === undefined ? [] : body.list(labels).map(Number);
	const byLabel = [...me.friends.values()]
		.filter((friend) => labelIds.some((id) => friend.labels.has(id)))
		.map((friend) => friend.wcId);
	return [...new Set([...body.list(names), ...byLabel])];
}

function publish(call: Call, kind: Moment['kind'], xml?: string): Moment {
	const id = call.world.momentIds.next();
	const createTime = nowSeconds();
	const text = kind === 'forward' ? '' : call.body.text('content');
	const forwarded = kind === 'forward';
	const moment: Moment = {
		id,
		author: call.me.wcId,
		createTime,
		text,
		kind,
		xml: xml ?? momentXml(id, call.me.wcId, createTime, text),
		private: false,
		visibleTo: forwarded
			? peopleOf(call, 'withUserList')
			: peopleOf(call, 'groupUser', 'groupUserLabelIds'),
		hiddenFrom: forwarded
			? peopleOf(call, 'blackList')
			: peopleOf(call, 'blackList', 'blackListLabelIds'),
		likes: [],
		comments: [],
	};
	call.world.moments.set(id, moment);
	return moment;
}

/** /snsSend answers flat; its objectDesc is the text (spec/FACTS.md: Key shapes). */
function flat({ id, author, createTime, text }: Moment): JsonObject {
	return { id: String(id), userName: author, createTime, objectDesc: text };
}

/** /snsSendImage and /snsSendUrl nest the post under object (spec/FACTS.md: Anomalies, Structure). */
function nested(moment: Moment): JsonObject {
	return { status: 1, object: { ...flat(moment), objectDesc: moment.xml } };
}

const snsSendImage: Handler = (call) => {
	const paths = call.body.text('paths').split(';');
	if (paths.some((path) => !/^https?:\/\//.test(path.trim()))) {
		throw new VendorFailure('paths 应为图片url，多个用;分隔');
	}
	return nested(publish(call, 'image'));
};

const forwardSns: Handler = (call) => {
	const moment = publish(call, 'forward', call.body.text('content'));
	return view(call.world, moment);
};

const asynSnsSendVideo: Handler = (call) => {
	const job = startJob(call.sim, call.me, 'snsVideo', () => flat(publish(call, 'video')));
	return { asynId: job.id };
};

const getAsynSnsSendVideoRes: Handler = ({ world, account, body }) => {
	const job = world.jobs.get(body.text('asynId'));
	if (job?.kind !== 'snsVideo' || job.account !== account.account) {
		throw new VendorFailure(`${ASSUMED.notFound}: asynId`);
	}
	return jobAnswer(job);
};

const downloadSnsVideo: Handler = ({ body, media }) => ({
	videoUrl: media.url('video', `${md5(body.text('content'))}.mp4`),
});

const getSnsObject: Handler = (call) => {
	const moment = momentOf(call);
	if (moment.author !== call.body.text('wcId')) {
		throw new VendorFailure(`${ASSUMED.notFound}: id ${call.body.text('id')}`);
	}
	return view(call.world, moment);
};

const snsPraise: Handler = (call) => {
	const { likes } = momentOf(call);
	const { wcId } = call.me;
	if (!likes.some((like) => like.wcId === wcId)) likes.push({ wcId, createTime: nowSeconds() });
	return null;
};

const snsCancelPraise: Handler = (call) => {
	const moment = momentOf(call);
	moment.likes = moment.likes.filter((like) => like.wcId !== call.me.wcId);
	return null;
};

const snsComment: Handler = (call) => {
	const { comments } = momentOf(call);
	const replyCommentId = call.body.int('replyCommentId');
	if (replyCommentId !== 0 && !comments.some((entry) => entry.commentId === replyCommentId)) {
		throw new VendorFailure(`${ASSUMED.notFound}: replyCommentId ${String(replyCommentId)}`);
	}
	comments.push({
		commentId: call.world.next('comment'),
		replyCommentId,
		author: call.me.wcId,
		content: call.body.text('content'),
		createTime: nowSeconds(),
	});
	return null;
};

/** Own comments, and every comment on an own post. */
const snsCommentDel: Handler = (call) => {
	const moment = momentOf(call);
	const commentId = call.body.int('commentId');
	const found = moment.comments.find((entry) => entry.commentId === commentId);
	if (!found || ![found.author, moment.author].includes(call.me.wcId)) {
		throw new VendorFailure(`${ASSUMED.notFound}: commentId ${String(commentId)}`);
	}
	moment.comments = moment.comments.filter((entry) => entry !== found);
	return null;
};

const deleteSns: Handler = (call) => {
	call.world.moments.delete(ownMoment(call).id);
	return null;
};

function setPrivate(isPrivate: boolean): Handler {
	return (call) => {
		ownMoment(call).private = isPrivate;
		return null;
	};
}

const snsPrivacySettings: Handler = ({ me, body }) => {
	const type = body.int('type');
	if (type >= 20) me.momentsPrivacy.strangers = type;
	else me.momentsPrivacy.friends = type;
	return null;
};

export const momentHandlers: Handlers = {
	'/getCircle': getCircle,
	'/getFriendCircle': getFriendCircle,
	'/getSnsObject': getSnsObject,
	'/snsSend': (call) => flat(publish(call, 'text')),
	'/snsSendImage': snsSendImage,
	'/snsSendUrl': (call) => nested(publish(call, 'url')),
	'/forwardSns': forwardSns,
	'/asynSnsSendVideo': asynSnsSendVideo,
	'/getAsynSnsSendVideoRes': getAsynSnsSendVideoRes,
	'/downloadSnsVideo': downloadSnsVideo,
	'/snsPraise': snsPraise,
	'/snsCancelPraise': snsCancelPraise,
	'/snsComment': snsComment,
	'/snsCommentDel': snsCommentDel,
	'/deleteSns': deleteSns,
	'/snsSetAsPrivacy': setPrivate(true),
	'/snsSetPublic': setPrivate(false),
	'/snsPrivacySettings': snsPrivacySettings,
};
