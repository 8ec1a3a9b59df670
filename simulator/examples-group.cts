/** Example requests of the Group module. */
import type { Prepare } from './examples.cts';
import type { JsonObject } from './json.cts';
import type { Simulator } from './server.cts';

let made = 0;

/** A new group of the hosted account with two friends in it. */
function newGroup(sim: Simulator): string {
	made += 1;
	const chatRoomId = `${String(40_000_000_000 + made)}@chatroom`;
	const [first, second] = sim.defaults.friends;
	sim.control.group({ chatRoomId, name: '例群', members: [first, second] });
	return chatRoomId;
}

/** A message that the hosted account has received in a new group. */
async function newGroupMessage(sim: Simulator): Promise<{ chatRoomId: string; newMsgId: bigint }> {
	const chatRoomId = newGroup(sim);
	const said = await sim.control.say({
		from: sim.defaults.friend,
		group: chatRoomId,
		text: '待办',
	});
	return { chatRoomId, newMsgId: BigInt(said.newMsgId ?? 0) };
}

const inNewGroup: Prepare = (sim) => ({ chatRoomId: newGroup(sim) });

/** The address of a group that can be joined. */
const join: Prepare = () => ({ url: 'https://weixin.qq.com/g/24343869723', type: 0 });

export const groupExamples: Record<string, Prepare> = {
	qun_cao_zuo_acceptMemberGroup: join,
	qun_cao_zuo_scanJoinRoom: join,
	qun_cao_zuo_quitGroup: inNewGroup,
	qun_cao_zuo_setGroupAnnounct: inNewGroup,
	qun_cao_zuo_addRoomMemberFriend: (sim) => ({ chatRoomId: sim.defaults.group }),
	qun_cao_zuo_chuang_jian_wei_xin_qun: (sim) => ({
		userList: sim.defaults.friends.slice(0, 2).join(','),
	}),
	qun_cao_zuo_delGroupMember: (sim) => ({
		chatRoomId: newGroup(sim),
		userList: sim.defaults.friend,
	}),
	qun_cao_zuo_queryGroupMemberDetail: (sim) => ({ userList: sim.defaults.friend }),
	qun_cao_zuo_operateChatRoom: (sim) => ({ chatRoomId: newGroup(sim), type: 1 }),
	qun_cao_zuo_saveGroup: () => ({ flag: 3 }),
	qun_cao_zuo_agreeAddChatRoomMember: async (sim) => {
		const group = newGroup(sim);
		const [inviter] = sim.defaults.friends;
		const users = ['wxid_wangfang0001'];
		const { newMsgId, xml } = await sim.control.inviteRequest({ group, inviter, users });
		return { chatRoomId: group, newMsgId: BigInt(newMsgId), xml };
	},
	qun_cao_zuo_roomTodo: async (sim) => ({
		...(await newGroupMessage(sim)),
		operType: 0,
		sign: 0,
	}),
	// Without a sign it sets the todo, with one it takes it back: there is one to take back.
	qun_cao_zuo_roomAppTodo: async (sim): Promise<JsonObject> => {
		const message = await newGroupMessage(sim);
		const group = sim.world.groups.get(message.chatRoomId);
		const sign = sim.world.next('sign');
		if (group) group.todo = { newMsgId: message.newMsgId, sign };
		return { ...message, sign };
	},
};
