/** Things that happen between people whether the API or the control interface sets them off. */
import { contactCredential, hex, newMessageId } from './ids.cts';
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
	const xml =
		`<sysmsg type="NewXmlChatRoomAccessVerifyApplication"><NewXmlChatRoomAccessVerifyApplication>` +
		`<RoomName>${group.chatRoomId}</RoomName><inviterusername>${inviter}</inviterusername>` +
		`<ticket>${hex(16)}</ticket><memberlistsize>${String(users.length)}</memberlistsize>` +
		`</NewXmlChatRoomAccessVerifyApplication></sysmsg>`;
	group.applications.set(newMsgId, { inviter, users, xml });
	const scene = { fromUser: inviter, fromGroup: group.chatRoomId };
	await sim.pushEvent(manager, '85014', { newMsgId, content: xml }, scene);
	return { newMsgId: String(newMsgId), xml };
}
