/** Example requests of the Channel module. */
import type { Prepare } from './examples.cts';
import type { JsonObject } from './json.cts';
import type { Simulator } from './server.cts';
import type { ChannelSession, ChannelVideo, Hosted } from './world-types.cts';

function me(sim: Simulator): Hosted {
	const found = sim.world.hosted.get(sim.defaults.wcId);
	if (!found) throw new Error('The default account is gone');
	return found;
}

function video(sim: Simulator): ChannelVideo {
	const found = sim.world.channelVideos.values().next().value;
	if (!found) throw new Error('No video');
	return found;
}

/** The private conversation whose other side has answered. */
function session(sim: Simulator): ChannelSession {
	const found = me(sim).channel.sessions.values().next().value;
	if (!found) throw new Error('No session');
	return found;
}

/** Everything about one video, and who we are. */
const aboutVideo: Prepare = (sim): JsonObject => {
	const { id, objectNonceId, sessionBuffer, author, comments } = video(sim);
	return {
		...own(sim),
		id,
		objectId: id,
		objectNonceId,
		nonceId: objectNonceId,
		sessionBuffer,
		toUserName: author,
		userName: author,
		commentId: 0,
		rootCommentId: 0,
		// A negative 64-bit number.
		refCommentId: comments[0].commentId,
		pageCode: '',
		type: 1,
	};
};

function own(sim: Simulator): JsonObject {
	const { userName } = me(sim).channel;
	return { meUserName: userName, myUserName: userName, meRoleType: 3, myRoleType: 3 };
}

const ownOnly: Prepare = (sim) => ({ ...own(sim), lastBuff: '', lastBuffer: '' });

const aboutSession: Prepare = (sim): JsonObject => {
	const { sessionId, toUserName } = session(sim);
	return { ...own(sim), sessionId, toUserName, contactUserName: toUserName };
};

export const channelExamples: Record<string, Prepare> = {
	shipinhao_finderBrowse: aboutVideo,
	shipinhao_finderComment: async (sim) => ({ ...(await aboutVideo(sim)), type: 0 }),
	shipinhao_finderCommentDetails: async (sim) => ({
		...(await aboutVideo(sim)),
		refCommentId: '0',
	}),
	shipinhao_finderFollow: aboutVideo,
	shipinhao_finderIdFav: aboutVideo,
	shipinhao_finderIdLike: async (sim) => ({ ...(await aboutVideo(sim)), type: 3 }),
	shipinhao_finderUserHome: aboutVideo,
	shipinhao_finderPublish: (sim) => ({
		...own(sim),
		videoWidth: 1920,
		videoHeight: 1080,
		videoPlayLen: 11,
		topic: ['话题'],
		videoCdn: {
			fileUrl: 'https://example.com/video.mp4',
			thumbUrl: 'https://example.com/picture.png',
			mp4Identify: '5118be81f2de929d3c79fc8777732b43',
			fileSize: 1_315_979,
			thumbMd5: 'cc9a86fb446c70f5ed6c16ca7754f4c1',
			fileKey: 'finder_upload_6764713041',
		},
	}),
	shipinhao_getContactDetails: aboutSession,
	shipinhao_getSessionId: aboutSession,
	shipinhao_privateSend: aboutSession,
	shipinhao_privateSendImg: aboutSession,
	shipinhao_getFollowList: ownOnly,
	shipinhao_getLikeAndFavList: (sim) => ({ ...own(sim), lastBuffer: '', flag: 7 }),
	shipinhao_getMentionList: (sim) => ({ ...own(sim), lastBuff: '', reqScene: 3 }),
	shipinhao_getQrCode: ownOnly,
	shipinhao_modFinderProfile: (sim) => ({
		...own(sim),
		signature: '简介',
		country: 'CN',
		province: 'Jiangsu',
		city: 'Nanjing',
		sex: 1,
	}),
	shipinhao_searchFinder: () => ({
		content: '中国',
		type: 0,
		filter: 0,
		page: 1,
		offset: 0,
		cookie: '',
		searchId: '',
	}),
};
