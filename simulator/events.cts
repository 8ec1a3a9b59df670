/** Callback bodies in the fields the vendor pushes (spec/FACTS.md: Envelope; messageType table; spec/callbacks.json). */
import { newMessageId, shortMessageId } from './ids.cts';
import type { JsonObject } from './json.cts';
import { applicationXml, noticeFields } from './notices.cts';
import { messageFields } from './samples.cts';
import { nowSeconds } from './world.cts';

/** Who says something to whom, where. */
export interface Scene {
	/** Login that receives it. */
	wId: string;
	fromUser: string;
	toUser: string;
	/** The name of fromUser, for what the phone shows; its id when absent. */
	nickName?: string;
	/** The group, for group messages and events. */
	fromGroup?: string;
	/** Written by the hosted account on another device. */
	self?: boolean;
}

/** True for codes whose events are messages with ids: private, group, group events, articles. */
export function isMessage(code: string): boolean {
	return /^(60|80|85|90)\d{3}$/.test(code) && code !== '85001' && code !== '85015';
}

/** True for what somebody has typed. */
export function isText(code: string): boolean {
	return code === '60001' || code === '80001';
}

/** True for codes that belong to a group. */
export function isGroupEvent(code: string): boolean {
	return /^8[05]\d{3}$/.test(code);
}

/** Who appears in a notice beside the one who speaks, when nobody else is named. */
const NEWCOMER = { wcId: 'wxid_newcomer00001', nickName: '新成员' };

/**
 * The data of an event with every field the vendor is known to send, filled with sensible values.
 * Takes the code of 优化版 and the scene; the caller puts its own fields over it.
 */
export function eventData(code: string, scene: Scene): JsonObject {
	if (!isMessage(code)) return { wId: scene.wId, ...ownFields(code, scene) };
	const newMsgId = newMessageId();
	return {
		...commonFields(scene, newMsgId),
		...(code.startsWith('85') ? groupEventFields(code, scene, newMsgId) : spoken(code, scene)),
	};
}

/** What every message and notice has. */
export function commonFields(scene: Scene, newMsgId: bigint): JsonObject {
	return {
		wId: scene.wId,
		fromUser: scene.fromUser,
		...(scene.fromGroup === undefined ? {} : { fromGroup: scene.fromGroup }),
		toUser: scene.toUser,
		msgId: shortMessageId(),
		newMsgId,
		timestamp: nowSeconds(),
		content: '',
		self: scene.self ?? false,
	};
}

function spoken(code: string, { nickName, self = false, ...scene }: Scene): JsonObject {
	return messageFields(code, { ...scene, nickName: nickName ?? scene.fromUser }, self);
}

function groupEventFields(code: string, scene: Scene, newMsgId: bigint): JsonObject {
	const by = { wcId: scene.fromUser, nickName: scene.nickName ?? scene.fromUser };
	if (code === '85014') {
		return { content: applicationXml(scene.fromGroup ?? '', by, [NEWCOMER]) };
	}
	const notice = {
		chatRoomId: scene.fromGroup ?? '',
		me: scene.toUser,
		by,
		members: [NEWCOMER],
		name: code === '85011' ? '明天放假' : '新群名',
		newMsgId,
		enabled: true,
	};
	return noticeFields(code, notice) ?? { msgType: 10000 };
}

function ownFields(code: string, scene: Scene): JsonObject {
	if (/^650/.test(code) || code === '95001') return { userName: scene.fromUser };
	if (code === '85001' || code === '85015') return { userName: scene.fromGroup };
	if (code === '30000') return { reason: '手机端退出登录' };
	return {};
}
