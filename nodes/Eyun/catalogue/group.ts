import {
	choice,
	group as groupId,
	id,
	ids,
	int,
	longText,
	member,
	named,
	newMsgId,
	onOff,
	optional,
	text,
	url,
	wId,
} from './fields';
import { SHORT_PERSON } from './tool/short';
import { CANNOT_BE_UNDONE, friends as friendsTold, inGroup, plainTextOf } from './tool/values';
import type { Field, Resource } from './types';

const friends = ids('userList', 'Friends', 'WeChat IDs, from Login: Get Address List', {
	several: { list: 'contacts', label: 'Friend Names or IDs' },
});

/** Members of the group in the operation's other field. */
function members(name: string, description: string, note?: string): Field {
	const several = { list: 'members', label: 'Member Names or IDs', description: note } as const;
	return ids(name, 'Members', description, { several });
}

/** The message or event that something is done with, as the trigger delivered it. */
function eventId(description: string): Field {
	return { ...newMsgId, description, placeholder: 'e.g. {{ $json.messageId }}' };
}

const sign = optional(
	int('sign', 'Sign', 'To remove the to-do: the sign from the answer of the operation that set it'),
);

/** qun-cao-zuo: groups and their members. */
export const groupResource: Resource = {
	value: 'group',
	name: 'Group',
	chinese: '群',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create group',
			description: 'Create a group; the phone shows it after the first message to the group',
			path: '/createChatroom',
			title: '创建微信群',
			sends: true,
			picture: 'base64',
			fields: [
				wId,
				{
					...friends,
					description: 'At least two WeChat IDs, from Login: Get Address List',
					several: {
						list: 'contacts',
						label: 'Friend Names or IDs',
						description: 'At least two friends',
					},
				},
				optional(text('topic', 'Group Name')),
			],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get group',
			path: '/getChatRoomInfo',
			title: '获取群信息',
			reads: true,
			fields: [wId, groupId],
			simplified: {
				chatRoomId: true,
				nickName: true,
				userName: true,
				chatRoomOwner: true,
				memberCount: true,
			},
			tool: {
				when: 'Look up a group of this WeChat account: its name, its owner, how many members it has. It changes nothing.',
				fills: { chatRoomId: inGroup },
			},
		},
		{
			value: 'getMembers',
			name: 'Get Members',
			action: 'Get members of group',
			path: '/getChatRoomMember',
			title: '获取群成员',
			reads: true,
			fields: [wId, groupId],
			simplified: { userName: true, nickName: true, displayName: true },
			tool: {
				when: 'List all members of a group of this WeChat account, which may be up to 500. To find one of them, use a tool that finds a member by name. It changes nothing.',
				fills: { chatRoomId: inGroup },
			},
		},
		{
			value: 'getMember',
			name: 'Get Member',
			action: 'Get member of group',
			path: '/getChatRoomMemberInfo',
			title: '获取群成员详情',
			reads: true,
			fields: [wId, groupId, { ...member, name: 'userList' }],
			simplified: SHORT_PERSON,
		},
		{
			value: 'getQrCode',
			name: 'Get QR Code',
			action: 'Get QR code of group',
			description: 'Get a QR code, valid for 7 days, once the account has been online for 3 days',
			path: '/getGroupQrCode',
			title: '获取群二维码',
			picture: 'imgUrl',
			reads: true,
			fields: [wId, groupId],
		},
		{
			value: 'addMembers',
			name: 'Add Members',
			action: 'Add members to group',
			description: 'Add friends to a group of fewer than 40 members without invite confirmation',
			path: '/addChatRoomMember',
			title: '添加群成员',
			sends: true,
			fields: [wId, groupId, friends],
			tool: {
				when: `Add friends to a group of this WeChat account that has fewer than 40 members. They are in it at once, and everybody in the group sees it. ${CANNOT_BE_UNDONE}`,
				fills: { chatRoomId: inGroup, userList: friendsTold },
			},
		},
		{
			value: 'inviteMembers',
			name: 'Invite Members',
			action: 'Invite members to group',
			description: 'Send friends a card to join a group of 40 or more without invite confirmation',
			path: '/inviteChatRoomMember',
			title: '邀请群成员（40人以上）',
			sends: true,
			fields: [wId, groupId, friends],
			tool: {
				when: `Send friends an invitation to a group of this WeChat account that has 40 members or more. ${CANNOT_BE_UNDONE}`,
				fills: { chatRoomId: inGroup, userList: friendsTold },
			},
		},
		{
			value: 'requestMembers',
			name: 'Request Members',
			action: 'Request that group admits members',
			description: 'Invite friends to a group with invite confirmation, which its admins approve',
			path: '/addChatRoomMemberVerify',
			title: '邀请群成员（开启群验证）',
			sends: true,
			fields: [wId, groupId, friends, text('reason', 'Reason', 'What the admins read')],
		},
		{
			value: 'approveMembers',
			name: 'Approve Members',
			action: 'Approve members for group',
			description: 'Admit invited people to a group with invite confirmation, as one of its admins',
			path: '/agreeAddChatRoomMember',
			title: '群管理确认入群邀请',
			fields: [
				wId,
				groupId,
				eventId('The messageId of the event group.joinRequest'),
				longText('xml', 'Event XML', 'The content of the event group.joinRequest', {
					placeholder: 'e.g. {{ $json.data.content }}',
				}),
			],
		},
		{
			value: 'removeMembers',
			name: 'Remove Members',
			action: 'Remove members from group',
			path: '/deleteChatRoomMember',
			title: '删除群成员',
			fields: [wId, groupId, members('userList', 'WeChat IDs, from Group: Get Members')],
		},
		{
			value: 'addMemberAsFriend',
			name: 'Add Member as Friend',
			action: 'Add member of group as friend',
			path: '/addRoomMemberFriend',
			title: '添加群成员为好友',
			sends: true,
			fields: [
				wId,
				groupId,
				member,
				optional(text('content', 'Request Message', 'What the member reads')),
			],
		},
		{
			value: 'manageAdmins',
			name: 'Manage Admins',
			action: 'Manage admins of group',
			description: 'Add or remove admins, or transfer the group, as its owner',
			path: '/operateChatRoom',
			title: '群管理操作',
			fields: [
				wId,
				groupId,
				members(
					'wcId',
					'WeChat IDs, from Group: Get Members; only one new owner',
					'Only one new owner',
				),
				choice(
					'type',
					'Change',
					'',
					named({ 'Add Admins': 1, 'Remove Admins': 2, 'Transfer Ownership': 3 }),
				),
			],
		},
		{
			value: 'acceptInvitation',
			name: 'Accept Invitation',
			chinese: '自动通过群邀请',
			action: 'Accept invitation to group',
			path: '/acceptUrl',
			title: '自动通过群（url）',
			fields: [
				wId,
				url('url', 'Invitation URL', 'The url of the event message.groupInvite, unchanged', {
					placeholder: 'e.g. {{ $json.data.url }}',
				}),
			],
		},
		{
			value: 'joinByQrCode',
			name: 'Join by QR Code',
			action: 'Join group by its QR code',
			path: '/scanJoinRoom',
			title: '扫码入群',
			fields: [
				wId,
				url(
					'url',
					'Link in QR Code',
					'The content of the QR code, not the address of its picture',
					{
						placeholder: 'e.g. https://weixin.qq.com/g/AwYAAABCdefGhij',
					},
				),
				optional(
					choice(
						'type',
						'Purpose',
						'',
						named({ 'Join the Group': 0, 'Get Name and Size': 1, 'Get the Page as HTML': 10 }),
						{ default: 0 },
					),
				),
			],
		},
		{
			value: 'leave',
			name: 'Leave',
			action: 'Leave group',
			path: '/quitChatRoom',
			title: '退出群聊',
			fields: [wId, groupId],
		},
		{
			value: 'rename',
			name: 'Rename',
			action: 'Rename group',
			path: '/modifyGroupName',
			title: '修改群名称',
			fields: [wId, groupId, text('content', 'Group Name')],
		},
		{
			value: 'setRemark',
			name: 'Set Remark',
			action: 'Set remark of group',
			path: '/modifyGroupRemark',
			title: '修改群备注',
			fields: [wId, groupId, text('content', 'Remark', 'Shown to this account only')],
		},
		{
			value: 'setOwnAlias',
			name: 'Set Own Alias',
			action: 'Set your alias in group',
			path: '/updateIInChatRoomNickName',
			title: '修改我在某群的昵称',
			fields: [wId, groupId, text('nickName', 'Alias', 'The name of the account in this group')],
		},
		{
			value: 'saveToContacts',
			name: 'Save to Contacts',
			action: 'Save group to contacts or remove it',
			path: '/showInAddressBook',
			title: '群保存|取消到通讯录',
			fields: [wId, groupId, onOff('flag', 'Save to Contacts', 3, 2)],
		},
		{
			value: 'setNotice',
			name: 'Set Group Notice',
			action: 'Set notice of group',
			path: '/setChatRoomAnnouncement',
			title: '设置群公告',
			sends: true,
			fields: [wId, groupId, longText('content', 'Group Notice')],
			tool: {
				when: `Set the notice of a group, as its owner or admin. WeChat notifies every member, and the old notice is lost: use it only if that was asked for. ${CANNOT_BE_UNDONE}`,
				fills: { chatRoomId: inGroup, content: plainTextOf('The new notice') },
			},
		},
		{
			value: 'setNoticeTodo',
			name: 'Set Notice as To-Do',
			action: 'Set group notice as to-do',
			description: 'Make a group notice the to-do of the group, or remove the to-do',
			path: '/roomTodo',
			title: '设置群待办消息',
			sends: true,
			fields: [
				wId,
				groupId,
				eventId('The messageId of the event group.announcement'),
				choice('operType', 'Change', '', named({ Set: 0, 'Take Back': 1 })),
				sign,
			],
		},
		{
			value: 'setMiniProgramTodo',
			name: 'Set Mini Program as To-Do',
			action: 'Set mini program as to-do',
			description: 'Make a Mini Program card the to-do of its group, or remove the to-do',
			path: '/roomAppTodo',
			title: '设置群待办消息',
			sends: true,
			fields: [
				wId,
				groupId,
				eventId('The messageId of the event message.miniProgram'),
				text('title', 'Title', 'The title in the callback XML'),
				text('pagePath', 'Page Path', 'The pagepath in the callback XML'),
				id('userName', 'Original ID', 'The username of the Mini Program in the callback XML', {
					placeholder: 'e.g. gh_1234567890ab@app',
				}),
				{ ...member, name: 'sendWcId', label: 'Sender', description: 'Who sent the card' },
				sign,
			],
		},
	],
};
