/** Group module: groups, their settings and what can be read about them. */
import { contactCard, headUrl } from '../cards.cts';
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { contactCredential, groupId } from '../ids.cts';
import type { JsonObject } from '../json.cts';
import { pushNotice, type NoticeInput } from '../relations.cts';
import type { Group } from '../world-types.cts';

/** The group of the request; the caller is in it. Throws VendorFailure. */
export function groupOf({ world, me, body }: Call): Group {
	return world.group(me, body.text('chatRoomId'));
}

/** The group of the request, of which the caller is owner or administrator. Throws VendorFailure. */
export function managedGroup(call: Call): Group {
	const group = groupOf(call);
	if (group.owner !== call.me.wcId && !group.admins.has(call.me.wcId)) {
		throw new VendorFailure(ASSUMED.notOwner);
	}
	return group;
}

/**
 * Pushes a notice of the group about what the caller has done; WeChat shows those to everybody, the
 * one who acted too.
 */
export function note(
	{ sim, me }: Call,
	group: Group,
	code: string,
	what: Partial<NoticeInput> = {},
): void {
	void pushNotice(sim, me, group, code, { by: me.wcId, ...what });
}

/** At least two others (spec/FACTS.md: Errors and limits). Not in the address list until it is saved. */
const createChatroom: Handler = ({ world, media, me, body }) => {
	const members = body.list('userList');
	if (members.length < 2) throw new VendorFailure('userList 必须传输2个微信id以上才可创建群聊');
	for (const wcId of members) world.friend(me, wcId);
	const group = world.addGroup(groupId(), body.text('topic'), me.wcId, members);
	return { chatRoomID: group.chatRoomId, base64: media.qrBase64(), status: 1 };
};

const getChatRoomInfo: Handler = (call) => {
	const group = groupOf(call);
	return [
		{
			chatRoomId: group.chatRoomId,
			userName: null,
			nickName: group.name,
			chatRoomOwner: group.owner,
			bigHeadImgUrl: null,
			smallHeadImgUrl: headUrl(call.media, group.chatRoomId),
			v1: contactCredential('v1', group.chatRoomId),
			memberCount: group.members.size,
			chatRoomMembers: [...group.members.values()].map(({ wcId, inviter }) => ({
				userName: wcId,
				// nikeName: the vendor's spelling (spec/FACTS.md: Anomalies, Structure).
				nikeName: call.world.nickName(wcId),
				isManage: wcId === group.owner || group.admins.has(wcId),
				inviterUserName: inviter,
			})),
		},
	];
};

/**
 * chatRoomMemberFlag and inviterUserName are in the vendor's table only, with no meaning given for the
 * flag: assumed 1 for administrators, 0 for others.
 */
const getChatRoomMember: Handler = (call) => {
	const group = groupOf(call);
	return [...group.members.values()].map(({ wcId, displayName, inviter }) => ({
		chatRoomId: group.chatRoomId,
		userName: wcId,
		nickName: call.world.nickName(wcId),
		chatRoomOwner: null,
		bigHeadImgUrl: headUrl(call.media, wcId),
		smallHeadImgUrl: headUrl(call.media, wcId),
		v1: null,
		memberCount: 0,
		displayName,
		chatRoomMemberFlag: group.admins.has(wcId) ? 1 : 0,
		inviterUserName: inviter,
		chatRoomMembers: null,
	}));
};

/** One member per call (spec/FACTS.md: Parameters). v1 and v2 fit /addUser. */
const getChatRoomMemberInfo: Handler = (call) => {
	const group = groupOf(call);
	const asked = call.body.list('userList');
	if (asked.length !== 1) throw new VendorFailure('userList 每次只支持一个群成员');
	if (!group.members.has(asked[0])) throw new VendorFailure(`${ASSUMED.noChat}: ${asked[0]}`);
	return [
		{
			...contactCard(call.world, call.media, call.me, asked[0]),
			labelList: null,
			v1: contactCredential('v3', asked[0]),
			v2: call.me.friends.has(asked[0]) ? '' : contactCredential('v4', asked[0]),
		},
	];
};

const getGroupQrCode: Handler = (call) => ({
	imgUrl: call.media.url('qr', `${groupOf(call).chatRoomId}.png`),
});

const quitChatRoom: Handler = (call) => {
	const group = groupOf(call);
	const { me } = call;
	group.members.delete(me.wcId);
	group.admins.delete(me.wcId);
	me.savedGroups.delete(group.chatRoomId);
	// An owner who leaves hands the group to the member who came next.
	if (group.owner === me.wcId) group.owner = [...group.members.keys()][0] ?? '';
	call.sim.emitEvent(me, '85015', { userName: group.chatRoomId });
	return null;
};

/** 3 keeps the group in the address list, 2 takes it out; 0 (the vendor's own example) as 2. */
const showInAddressBook: Handler = (call) => {
	const { chatRoomId } = groupOf(call);
	if (call.body.int('flag') === 3) call.me.savedGroups.add(chatRoomId);
	else call.me.savedGroups.delete(chatRoomId);
	return null;
};

/** The push 85011 carries the newMsgId that /roomTodo takes (spec/endpoints.json). */
const setChatRoomAnnouncement: Handler = (call) => {
	const group = managedGroup(call);
	group.announcement = call.body.text('content');
	note(call, group, '85011', { name: group.announcement });
	return null;
};

const modifyGroupName: Handler = (call) => {
	const group = groupOf(call);
	group.name = call.body.text('content');
	note(call, group, '85005', { name: group.name });
	return null;
};

const modifyGroupRemark: Handler = (call) => {
	call.me.groupRemarks.set(groupOf(call).chatRoomId, call.body.text('content'));
	return null;
};

const updateMyNickName: Handler = (call) => {
	const mine = groupOf(call).members.get(call.me.wcId);
	if (mine) mine.displayName = call.body.text('nickName');
	return null;
};

/** A message of this group that the caller has received: the id must be exact. */
function requireMessage(call: Call, group: Group): bigint {
	const newMsgId = call.body.wide('newMsgId');
	if (call.world.received.get(newMsgId)?.chat !== group.chatRoomId) {
		throw new VendorFailure(`${ASSUMED.notFound}: newMsgId ${String(newMsgId)}`);
	}
	return newMsgId;
}

/**
 * The example answers data null, the table knows the field `sign`, to be given when the todo is taken
 * back (spec/FACTS.md: Anomalies, Per operation, spec/endpoints.json). Without it nobody could take a todo back, so setting answers
 * {sign}, taking back null.
 */
function setTodo(call: Call, group: Group): JsonObject {
	group.todo = { newMsgId: requireMessage(call, group), sign: call.world.next('sign') };
	note(call, group, '85012', { todo: group.todo.newMsgId });
	return { sign: group.todo.sign };
}

function takeTodoBack(call: Call, group: Group): null {
	const fits =
		group.todo?.newMsgId === call.body.wide('newMsgId') &&
		group.todo.sign === call.body.int('sign');
	if (!fits) throw new VendorFailure(`${ASSUMED.notFound}: sign ${String(call.body.int('sign'))}`);
	group.todo = null;
	return null;
}

const roomTodo: Handler = (call) => {
	const group = managedGroup(call);
	return call.body.int('operType') === 1 ? takeTodoBack(call, group) : setTodo(call, group);
};

/** Has no operType: with a sign it takes back, without one it sets. */
const roomAppTodo: Handler = (call) => {
	const group = managedGroup(call);
	return call.body.int('sign') !== 0 ? takeTodoBack(call, group) : setTodo(call, group);
};

export const groupHandlers: Handlers = {
	'/createChatroom': createChatroom,
	'/getChatRoomInfo': getChatRoomInfo,
	'/getChatRoomMember': getChatRoomMember,
	'/getChatRoomMemberInfo': getChatRoomMemberInfo,
	'/getGroupQrCode': getGroupQrCode,
	'/quitChatRoom': quitChatRoom,
	'/showInAddressBook': showInAddressBook,
	'/setChatRoomAnnouncement': setChatRoomAnnouncement,
	'/modifyGroupName': modifyGroupName,
	'/modifyGroupRemark': modifyGroupRemark,
	'/updateIInChatRoomNickName': updateMyNickName,
	'/roomTodo': roomTodo,
	'/roomAppTodo': roomAppTodo,
};
