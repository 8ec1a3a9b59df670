/**
 * A request that succeeds, for each operation: what tests that go through all of them need.
 * Some operations need something to have happened before (a message to revoke, a request to accept);
 * that is done here.
 */
import { channelExamples } from './examples-channel.cts';
import { groupExamples } from './examples-group.cts';
import {
	formatExact,
	isJsonObject,
	numberText,
	parseExact,
	type Json,
	type JsonObject,
} from './json.cts';
import { operations, type Operation } from '../spec/endpoints.cts';
import type { Simulator } from './server.cts';
import { pathRules } from './spec.cts';

/** Makes the values of an operation that differ from the common ones, preparing the world for them. */
export type Prepare = (sim: Simulator) => JsonObject | Promise<JsonObject>;

export interface ExampleRequest {
	operationId: string;
	path: string;
	/** Required parameters only. 64-bit integers are bigint. */
	smallest: JsonObject;
	/** Every parameter of the table. */
	fullest: JsonObject;
}

const XML = '<msg><img aeskey="1a8e3941" length="84321"/></msg>';
const PICTURE = 'https://example.com/picture.png';

/** Values by parameter name, good for most operations. */
function commonValues(sim: Simulator): JsonObject {
	const { wId, friend, group, account, password } = sim.defaults;
	return {
		wId,
		wcId: friend,
		account,
		password,
		chatRoomId: group,
		content: '你好',
		userList: 'wxid_wangfang0001',
		nickName: '小助手',
		labelName: '新标签',
		labelIdList: '1',
		remark: '备注',
		reason: '朋友介绍',
		title: '标题',
		description: '描述',
		displayName: '京东',
		url: 'https://example.com/',
		path: 'https://example.com/file.mp4',
		thumbPath: PICTURE,
		thumbUrl: PICTURE,
		iconUrl: PICTURE,
		imgUrl: PICTURE,
		headImgUrl: PICTURE,
		videoPath: 'https://example.com/video.mp4',
		videoUrl: 'https://example.com/video.mp4',
		videoThumbUrl: PICTURE,
		paths: `${PICTURE};${PICTURE}`,
		fileName: 'test.png',
		groupUser: friend,
		blackList: 'azhichao',
		withUserList: friend,
		groupUserLabelIds: '2',
		blackListLabelIds: '1',
		firstPageMd5: '',
		maxId: 0,
		msgId: 2_562_652_205,
		proxy: 2,
		proxyIp: '127.0.0.1:1080',
		proxyUser: 'user',
		proxyPassword: 'proxy-password',
		ttuid: 'ttuid-1',
		aid: 'aid-1',
		deviceType: 'ipad',
		verifyCode: '123456',
		appId: 'wx1234567890abcdef',
		pagePath: 'pages/index/index.html',
		userName: 'gh_3dfda90e39d6@app',
		sendWcId: friend,
		topic: '新群',
		length: 3083,
		bufId: '577212',
		fromUser: friend,
		totalSize: 10_000,
		cdnUrl: '30570201000',
		aeskey: '1a8e3941e3cc233e6f151430088eec6e',
		imageMd5: 'fe0f5bf7a6e734f10f4c94c1afe8c0e9',
		imgSize: '12345',
		nameCardId: 'azhichao',
		autoCheck: false,
		verify: '我是小助手',
		memberWcId: 'wxid_stranger00001',
		type: 1,
	};
}

/** Calls the simulator's own API with the default token; gives back the envelope's data, exact. */
export async function call(sim: Simulator, path: string, body: JsonObject): Promise<Json> {
	const takesWid = pathRules.get(path)?.params.some((param) => param.name === 'wId');
	const wId = takesWid ? sim.defaults.wId : undefined;
	const response = await fetch(sim.url + path, {
		method: 'POST',
		headers: { Authorization: sim.defaults.token, 'Content-Type': 'application/json' },
		body: formatExact({ wId, ...body }),
	});
	const envelope = parseExact(await response.text());
	if (!isJsonObject(envelope) || envelope.code !== '1000') {
		throw new Error(`${path} answered ${JSON.stringify(envelope)}`);
	}
	return envelope.data ?? null;
}

async function object(sim: Simulator, path: string, body: JsonObject): Promise<JsonObject> {
	const data = await call(sim, path, body);
	if (!isJsonObject(data)) throw new Error(`${path} answered no object`);
	return data;
}

let made = 0;

/** Makes a person; friends of the hosted account unless told otherwise. */
function newPerson(sim: Simulator, friend: boolean): string {
	made += 1;
	const wcId = `wxid_example${String(made).padStart(6, '0')}`;
	sim.control.friend({ wcId, nickName: '新人', alias: `example${String(made)}`, friend });
	return wcId;
}

async function newMoment(sim: Simulator): Promise<string> {
	return String((await object(sim, '/snsSend', { content: '新的一条' })).id);
}

/** Everything about one own post. */
const ownMoment: Prepare = async (sim) => ({ id: await newMoment(sim), wcId: sim.defaults.wcId });

const newLabel: Prepare = async (sim) => {
	made += 1;
	const { labelId } = await object(sim, '/addContactLabel', { labelName: `例${String(made)}` });
	return { labelIdList: String(numberText(labelId)) };
};

const byOperation: Record<string, Prepare> = {
	...channelExamples,
	...groupExamples,
	biao_qian_delContactLabel: newLabel,
	biao_qian_modifyContactLabel: newLabel,
	deng_lu_er_ci_deng_lu: (sim) => ({ wcId: sim.control.host({ wcId: newHost() }).wcId }),
	deng_lu_huo_qu_wei_xin_er_wei_ma2: () => ({ wcId: '' }),
	deng_lu_zhang_hao_mi_ma_deng_lu: async (sim) => {
		const wcId = newHost();
		const account = { account: wcId, password: 'wechat-secret' };
		sim.control.host({ wcId, wAccount: wcId, password: 'wechat-secret' });
		const { wId } = await object(sim, '/loginByAccountAndPassword', {
			...account,
			wId: '',
			proxy: 2,
		});
		return { ...account, wId, wcId };
	},
	deng_lu_zhi_xing_wei_xin_deng_lu: async (sim) => {
		const request = { wcId: newHost(), deviceType: 'ipad', proxy: 2 };
		const { wId } = await object(sim, '/iPadLogin', request);
		sim.control.scan({ wId: String(wId), step: 'confirm' });
		return { wId };
	},
	hao_you_cao_zuo_acceptUser: async (sim) => {
		const { v1, v2, scene } = await sim.control.friendRequest({});
		return { v1, v2, type: scene };
	},
	hao_you_cao_zuo_addFriend: async (sim) => {
		const wcId = newPerson(sim, false);
		const { v1, v2 } = await object(sim, '/searchUser', {
			wcId: sim.world.people.get(wcId)?.alias,
		});
		return { v1, v2, type: 3 };
	},
	hao_you_cao_zuo_getOpenImContact: () => ({ wcId: '25984982670495377@openim' }),
	hao_you_cao_zuo_serchUser: () => ({ wcId: 'keke2020' }),
	hao_you_cao_zuo_setTop: () => ({ operType: 1 }),
	hao_you_cao_zuo_shan_chu_hao_you: (sim) => ({ wcId: newPerson(sim, true) }),
	hao_you_cao_zuo_userPrivacySettings: () => ({ privacyType: 4, switchType: 2 }),
	peng_you_quan_deleteSns: ownMoment,
	peng_you_quan_getSnsObject: ownMoment,
	peng_you_quan_snsCancelPraise: ownMoment,
	peng_you_quan_snsPraise: ownMoment,
	peng_you_quan_snsSetAsPrivacy: ownMoment,
	peng_you_quan_snsSetPublic: ownMoment,
	peng_you_quan_snsComment: async (sim) => ({ id: await newMoment(sim), replyCommentId: 0 }),
	peng_you_quan_snsCommentDel: async (sim) => {
		const id = await newMoment(sim);
		await call(sim, '/snsComment', { id, replyCommentId: 0, content: '评论' });
		return { id, commentId: sim.world.moments.get(BigInt(id))?.comments[0].commentId };
	},
	peng_you_quan_getAsynSnsSendVideoRes: async (sim) => {
		const { asynId } = await object(sim, '/asynSnsSendVideo', {
			content: '',
			videoPath: 'https://example.com/video.mp4',
			thumbPath: PICTURE,
		});
		return { asynId };
	},
	peng_you_quan_snsPrivacySettings: () => ({ type: 10 }),
	shou_cang_jia_huo_qu_shou_cang_jia_lie_biao: () => ({ keyBuf: null }),
	shou_cang_jia_huo_qu_shou_cang_jia_nei_rong: (sim) => ({ favId: lastFavorite(sim) }),
	shou_cang_jia_shan_chu_shou_cang_jia_nei_rong: (sim) => ({ favId: lastFavorite(sim) }),
	te_shu_cdnDownFile: () => ({ fileType: 1 }),
	te_shu_offlineReason: (sim) => ({ wcId: sim.control.host({ wcId: newHost() }).wcId }),
	te_shu_setproxy: (sim) => ({ wcId: sim.defaults.wcId }),
	wei_xin_guan_li_pi_liang_xia_xian_wei_xin_hao: (sim) => ({
		wcIds: [sim.control.host({ wcId: newHost() }).wcId],
	}),
	xiao_xi_fa_song_qun_liao_at: (sim) => ({
		wcId: sim.defaults.group,
		content: '@小明 你好',
		at: sim.defaults.friend,
	}),
	xiao_xi_fa_song_revokeMsg: async (sim) => {
		const wcId = sim.defaults.friend;
		const sent = await object(sim, '/sendText', { wcId, content: '收回我' });
		return { wcId, msgId: sent.msgId, newMsgId: sent.newMsgId, createTime: sent.createTime };
	},
	xiao_xi_fa_song_sendFileBase64: () => ({ base64: 'data:text/plain;base64,5L2g5aW9' }),
	xiao_xi_jie_shou_she_zhi_http_hui_tiao_di_zhi: () => ({
		httpUrl: 'http://127.0.0.1:9/callback',
		type: 2,
	}),
	xiao_xi_jie_shou_getMsgVideoRes: async (sim) => ({
		id: (await object(sim, '/asynGetMsgVideo', { msgId: 1, content: XML })).id,
	}),
};

function newHost(): string {
	made += 1;
	return `wxid_examplehost${String(made).padStart(4, '0')}`;
}

function lastFavorite(sim: Simulator): number | undefined {
	return [...(sim.world.hosted.get(sim.defaults.wcId)?.favorites.keys() ?? [])].at(-1);
}

/**
 * Prepares the world and gives back good requests for an operation (operationId of
 * spec/endpoints.json). Use each once: what is revoked or deleted is gone then. Throws for an unknown
 * operation and for a parameter without an example.
 */
export async function exampleRequest(sim: Simulator, operationId: string): Promise<ExampleRequest> {
	const operation = operations.find((entry) => entry.operationId === operationId);
	if (!operation) throw new Error(`No operation ${operationId}`);
	const values = { ...commonValues(sim), ...(await byOperation[operationId]?.(sim)) };
	return {
		operationId,
		path: operation.path,
		smallest: pick(operation, values, true),
		fullest: pick(operation, values, false),
	};
}

function pick(operation: Operation, values: JsonObject, requiredOnly: boolean): JsonObject {
	const picked: JsonObject = {};
	for (const { name, required } of operation.params) {
		// Nested parameters come with their parent.
		if (name.includes('.') || (requiredOnly && !required)) continue;
		if (values[name] === undefined) throw new Error(`${operation.path}: no example for ${name}`);
		picked[name] = values[name];
	}
	return picked;
}
