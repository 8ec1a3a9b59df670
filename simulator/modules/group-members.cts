/** Group module: who is in a group, who joins, who leaves, who manages. */
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { contactCredential } from '../ids.cts';
import type { Json } from '../json.cts';
import { applyForGroup } from '../relations.cts';
import type { Group } from '../world-types.cts';
import { groupOf, managedGroup, note } from './group.cts';

/** From this size on members are invited, not added (spec/FACTS.md: Errors and limits). */
const INVITE_FROM = 40;

/** The vendor's text when somebody cannot be added through a group (spec/FACTS.md: Errors and limits). */
const REFUSED = '由于对方的隐私设置，你无法通过群聊将其添加至通讯录。';

function isManager(call: Call, group: Group): boolean {
	return group.owner === call.me.wcId || group.admins.has(call.me.wcId);
}

/** The friends named in userList. Throws VendorFailure for anybody else. */
function invitees({ world, me, body }: Call): string[] {
	const users = body.list('userList');
	for (const wcId of users) world.friend(me, wcId);
	return users;
}

/** Throws VendorFailure while 群聊邀请确认 stands in the way (spec/FACTS.md: Errors and limits). */
function checkVerify(call: Call, group: Group): void {
	if (group.verify && !isManager(call, group)) {
		throw new VendorFailure('群已开启群聊邀请确认');
	}
}

function join(group: Group, wcId: string, inviter: string): void {
	group.invited.delete(wcId);
	if (!group.members.has(wcId)) group.members.set(wcId, { wcId, displayName: '', inviter });
}

const addChatRoomMember: Handler = (call) => {
	const group = groupOf(call);
	checkVerify(call, group);
	if (group.members.size >= INVITE_FROM) throw new VendorFailure('群成员超过40人，请使用邀请接口');
	const users = invitees(call);
	for (const wcId of users) join(group, wcId, call.me.wcId);
	note(call, group, '85008', { members: users });
	return null;
};

/** They get a card and are in when they accept (control.joinGroup). */
const inviteChatRoomMember: Handler = (call) => {
	const group = groupOf(call);
	checkVerify(call, group);
	for (const wcId of invitees(call)) group.invited.add(wcId);
	return null;
};

/** A manager must agree: the hosted one, if there is one, gets push 85014. */
const addChatRoomMemberVerify: Handler = (call) => {
	const group = groupOf(call);
	const users = invitees(call);
	const hosted = [group.owner, ...group.admins].flatMap((id) => call.world.hosted.get(id) ?? []);
	const manager = hosted[0] ?? call.me;
	void applyForGroup(call.sim, group, { inviter: call.me.wcId, users, manager });
	return null;
};

/** Takes exactly the newMsgId and the XML of push 85014. */
const agreeAddChatRoomMember: Handler = (call) => {
	const group = managedGroup(call);
	const newMsgId = call.body.wide('newMsgId');
	const application = group.applications.get(newMsgId);
	if (application?.xml !== call.body.text('xml')) {
		throw new VendorFailure(`${ASSUMED.notFound}: newMsgId ${String(newMsgId)}`);
	}
	group.applications.delete(newMsgId);
	for (const wcId of application.users) join(group, wcId, application.inviter);
	const { inviter: by, users: members } = application;
	note(call, group, '85008', { by, members });
	return null;
};

const deleteChatRoomMember: Handler = (call) => {
	const group = managedGroup(call);
	const users = call.body.list('userList');
	for (const wcId of users) {
		if (!group.members.has(wcId)) throw new VendorFailure(`${ASSUMED.noChat}: ${wcId}`);
	}
	for (const wcId of users) {
		group.members.delete(wcId);
		group.admins.delete(wcId);
	}
	note(call, group, '85003', { members: users });
	return null;
};

/** Answers the v3_ credential of the member (spec/FACTS.md: Responses). */
const addRoomMemberFriend: Handler = (call) => {
	const group = groupOf(call);
	const wcId = call.body.text('memberWcId');
	if (!group.members.has(wcId)) throw new VendorFailure(`${ASSUMED.noChat}: ${wcId}`);
	if (call.world.people.get(wcId)?.refusesGroupAdd) throw new VendorFailure(REFUSED);
	call.me.outgoingRequests.push({ wcId, verify: call.body.text('content'), type: 8 });
	return contactCredential('v3', wcId);
};

/** 1 administrators on, 2 off, 3 a new owner; the owner's right alone. */
const operateChatRoom: Handler = (call) => {
	const group = groupOf(call);
	if (group.owner !== call.me.wcId) throw new VendorFailure(ASSUMED.notOwner);
	const users = call.body.list('wcId');
	for (const wcId of users) {
		if (!group.members.has(wcId)) throw new VendorFailure(`${ASSUMED.noChat}: ${wcId}`);
	}
	switch (call.body.int('type')) {
		case 1:
			for (const wcId of users) group.admins.add(wcId);
			note(call, group, '85006', { members: users });
			return null;
		case 2:
			for (const wcId of users) group.admins.delete(wcId);
			note(call, group, '85007', { members: users });
			return null;
		default:
			return handOver(call, group, users);
	}
};

function handOver(call: Call, group: Group, users: string[]): null {
	if (users.length !== 1) throw new VendorFailure('转让群主只支持一个wcId');
	group.owner = users[0];
	group.admins.delete(users[0]);
	note(call, group, '85010', { members: users });
	return null;
}

/** The group whose number stands in an invitation's or QR code's address. */
function groupByUrl(call: Call): Group {
	const url = call.body.text('url');
	const found = [...call.world.groups.values()].find((group) =>
		url.includes(group.chatRoomId.replace('@chatroom', '')),
	);
	if (!found) throw new VendorFailure(`${ASSUMED.notFound}: url`);
	return found;
}

const acceptUrl: Handler = (call) => {
	const group = groupByUrl(call);
	join(group, call.me.wcId, group.owner);
	note(call, group, '85008', { by: group.owner, members: [call.me.wcId] });
	return null;
};

/** What types 1 and 10 answer is documented in words only (群名称及人数; 原始html): the shape is assumed. */
const scanJoinRoom: Handler = (call): Json => {
	const group = groupByUrl(call);
	switch (call.body.int('type')) {
		case 1:
			return { chatRoomName: group.name, memberCount: group.members.size };
		case 10:
			return `<html><body>${group.name} (${String(group.members.size)})</body></html>`;
		default:
			join(group, call.me.wcId, group.owner);
			note(call, group, '85009', { by: group.owner, members: [call.me.wcId] });
			return null;
	}
};

export const groupMemberHandlers: Handlers = {
	'/addChatRoomMember': addChatRoomMember,
	'/inviteChatRoomMember': inviteChatRoomMember,
	'/addChatRoomMemberVerify': addChatRoomMemberVerify,
	'/agreeAddChatRoomMember': agreeAddChatRoomMember,
	'/deleteChatRoomMember': deleteChatRoomMember,
	'/addRoomMemberFriend': addRoomMemberFriend,
	'/operateChatRoom': operateChatRoom,
	'/acceptUrl': acceptUrl,
	'/scanJoinRoom': scanJoinRoom,
};
