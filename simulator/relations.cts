/** Things that happen between people whether the API or the control interface sets them off. */
import { contactCredential, newMessageId } from './ids.cts';
import { commonFields } from './events.cts';
import { applicationXml, noticeFields, type Named } from './notices.cts';
import type { JsonObject } from './json.cts';
import type { PushRecord } from './log.cts';
import type { Simulation } from './simulation.cts';
import type { Group, Hosted } from './world-types.cts';

/** Two become friends: push 65001 with the v1 that /searchUser had answered (spec/callbacks.json). */
export async function becomeFriends(sim: Simulation, me: Hosted, wcId: string): Promise<void> {
	if (!me.friends.has(wcId)) sim.world.befriend(me, wcId);
	me.outgoingRequests = me.outgoingRequests.filter((request) => request.wcId !== wcId);
	me.incomingRequests = me.incomingRequests.filter((request) => request.wcId !== wcId);
	await sim.pushEvent(me, '65001', {
		userName: wcId,
		nickName: sim.world.nickName(wcId),
		v1: contactCredential('v3', wcId),
	});
}

/**
 * Somebody applies to bring others into a group with 群聊邀请确认: push 85014 to a manager, whose
 * newMsgId and XML /agreeAddChatRoomMember takes.
 */
export async function applyForGroup(
	sim: Simulation,
	group: Group,
	application: { inviter: string; users: string[]; manager: Hosted },
): Promise<{ newMsgId: string; xml: string }> {
	const { inviter, users, manager } = application;
	const newMsgId = newMessageId();
	const people = [inviter, ...users].map((wcId) => ({ wcId, nickName: sim.world.nickName(wcId) }));
	const xml = applicationXml(group.chatRoomId, people[0], people.slice(1));
	group.applications.set(newMsgId, { inviter, users, xml });
	const scene = { fromUser: inviter, fromGroup: group.chatRoomId };
	await sim.pushEvent(manager, '85014', { newMsgId, content: xml }, scene);
	return { newMsgId: String(newMsgId), xml };
}

/**
 * A group as push 85001 tells it (spec/callbacks.json). What the vendor means by notify, status, scene
 * and mask is unknown: assumed 0 for the notify of a muted group, 1 otherwise.
 */
export function groupInfo({ media }: Simulation, me: Hosted, group: Group): JsonObject {
	const { chatRoomId, name, owner, members, announcement } = group;
	return {
		userName: chatRoomId,
		nickName: name,
		chatRoomOwner: owner,
		chatRoomNotify: me.chatSettings.get(chatRoomId)?.muted ? 0 : 1,
		chatRoomStatus: 0,
		addContactScene: 0,
		bitMask: 4_294_967_295n,
		description: announcement,
		smallHeadImgUrl: media.url('head', `${chatRoomId}.png`),
		memberCount: members.size,
	};
}

/** What a notice is about. */
export interface NoticeInput {
	/** wcId of the one who did it. */
	by: string;
	/** wcIds of those it was done to. */
	members: string[];
	/** The group's new name, or the announcement. */
	name: string;
	/** newMsgId of the message that is the todo. */
	todo: bigint;
	/** 85013: 群聊邀请确认 is on now. */
	enabled: boolean;
}

/** Pushes a notice of a group to a hosted account that is, or was, in it. */
export async function pushNotice(
	sim: Simulation,
	me: Hosted,
	group: Group,
	code: string,
	what: Partial<NoticeInput> & { by: string },
): Promise<{ record: PushRecord; data: JsonObject }> {
	const named = (wcId: string): Named => ({ wcId, nickName: sim.world.nickName(wcId) });
	const { chatRoomId } = group;
	const newMsgId = newMessageId();
	const wId = sim.world.onlineInstance(me.wcId)?.wId ?? '';
	const fields = noticeFields(code, {
		chatRoomId,
		me: me.wcId,
		by: named(what.by),
		members: (what.members ?? []).map(named),
		name: what.name ?? group.name,
		newMsgId: what.todo ?? newMsgId,
		enabled: what.enabled ?? group.verify,
	});
	if (!fields) throw new Error(`${code} is no notice`);
	const scene = { fromUser: what.by, fromGroup: chatRoomId };
	// As a plain event, 85015 has the group's id only (spec/FACTS.md: messageType table).
	const common = code === '85015' ? commonFields({ wId, toUser: me.wcId, ...scene }, newMsgId) : {};
	return await sim.pushEvent(me, code, { ...common, newMsgId, ...fields }, scene);
}
