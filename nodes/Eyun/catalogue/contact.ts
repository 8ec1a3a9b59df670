import {
	anyImage,
	chat,
	choice,
	contact as friend,
	file,
	id,
	ids,
	named,
	onOff,
	positive,
	text,
	wId,
} from './fields';
import { SHORT_PERSON } from './tool/short';
import { friend as friendTold, friends, told } from './tool/values';
import type { Field, Resource } from './types';

/** The two texts that stand for someone who is not a friend yet, found in the JSON at `place`. */
function requestKeys(source: string, place: string): Field[] {
	return ['v1', 'v2'].map((name) =>
		id(name, `Request Key ${name}`, `The ${name} of ${source}`, {
			placeholder: `e.g. {{ ${place}.${name} }}`,
		}),
	);
}

const anyChat: Field = { ...chat, description: 'A friend or group (…@chatroom)' };

/** hao-you-cao-zuo: friends, and what the account shows and allows them. */
export const contactResource: Resource = {
	value: 'contact',
	name: 'Contact',
	chinese: '联系人',
	operations: [
		{
			value: 'acceptRequest',
			name: 'Accept Friend Request',
			action: 'Accept friend request',
			description: 'Accept a friend request, once the account has been online for 3 days',
			path: '/acceptUser',
			title: '同意添加好友',
			sends: true,
			fields: [
				wId,
				...requestKeys('the event contact.friendRequest', '$json.content'),
				positive('type', 'Source', 'The scene of the event contact.friendRequest, unchanged', {
					placeholder: 'e.g. {{ $json.content.scene }}',
				}),
			],
		},
		{
			value: 'sendRequest',
			name: 'Send Friend Request',
			action: 'Send friend request',
			description: 'Send a friend request, once the account has been online for 3 days',
			path: '/addUser',
			title: '添加好友',
			sends: true,
			fields: [
				wId,
				...requestKeys('Contact: Search', '$json'),
				choice(
					'type',
					'Source',
					'How the contact was found',
					named({ 'WeChat ID': 3, 'QQ Friend': 4, 'Group Chat': 8, 'Phone Number': 15 }),
					{ default: 3 },
				),
				text('verify', 'Request Message', 'The text for the other person. May be empty', {
					sendEmpty: true,
				}),
			],
		},
		{
			value: 'search',
			name: 'Search',
			action: 'Search for contact',
			path: '/searchUser',
			title: '搜索联系人',
			reads: true,
			fields: [
				wId,
				id('wcId', 'WeChat ID or Phone', 'As shown in the profile; wxid_… is not found', {
					placeholder: 'e.g. shop_assistant or 13800138000',
				}),
			],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get contacts',
			description: 'Get nickname, remark, labels and pictures of contacts or groups',
			path: '/getContact',
			title: '获取联系人信息',
			reads: true,
			batch: { field: 'wcId', answerNames: ['userName', 'aliasName'] },
			pause: { min: 300, max: 800 },
			fields: [
				wId,
				ids('wcId', 'WeChat IDs', 'Contacts or groups, from Login: Get Address List', {
					maxItems: 20,
					several: {
						list: 'contacts',
						label: 'Contact Names or IDs',
						description: 'At most 20. The list shows friends; groups go by their IDs',
					},
				}),
			],
			simplified: SHORT_PERSON,
			tool: {
				when: 'Look up what this WeChat account knows of certain friends: nickname, remark, WeChat number, signature, labels. To find out who somebody is, use a tool that finds contacts by name. It changes nothing.',
				fills: { wcId: told(`At most 20. ${friends.description}`) },
			},
		},
		{
			value: 'checkFriends',
			name: 'Check Friends',
			action: 'Check whether contacts are still friends',
			description:
				'Check friends: status 0 is a friend, 1 has deleted the account, 2 has blocked it',
			path: '/checkZombie',
			title: '检测好友状态',
			reads: true,
			batch: { field: 'wcId', answerNames: ['userName'] },
			pause: { min: 1_000, max: 3_000 },
			fields: [
				wId,
				ids('wcId', 'WeChat IDs', 'Friends, from Login: Get Address List', {
					maxItems: 20,
					several: { list: 'contacts', label: 'Friend Names or IDs', description: 'At most 20' },
				}),
			],
		},
		{
			value: 'getWeComContacts',
			name: 'Get WeCom Contacts',
			action: 'Get WeCom contacts',
			path: '/getImAddressList',
			title: '获取企微联系人列表',
			reads: true,
			fields: [wId],
		},
		{
			value: 'getWeComContact',
			name: 'Get WeCom Contact',
			action: 'Get WeCom contact',
			path: '/getOpenImContact',
			title: '获取企微联系人信息',
			reads: true,
			fields: [
				wId,
				id('wcId', 'WeCom Contact', 'A contact from WeCom', {
					picker: 'weCom',
					placeholder: 'e.g. 25984982670495377@openim',
				}),
			],
		},
		{
			value: 'setRemark',
			name: 'Set Remark',
			action: 'Set remark of friend',
			path: '/modifyRemark',
			title: '修改好友备注',
			fields: [wId, friend, text('remark', 'Remark', 'Shown instead of the name of the friend')],
			tool: {
				when: 'Set the name under which this WeChat account sees a friend. The friend does not see it. The old remark is lost.',
				fills: { wcId: friendTold, remark: told('The new name for the friend') },
			},
		},
		{
			value: 'setPermission',
			name: 'Set Permission',
			action: 'Set permission of friend',
			description: 'Set what a friend can see; the phone shows it after a restart of WeChat',
			path: '/setFriendPemission',
			title: '设置好友权限',
			fields: [
				wId,
				friend,
				choice('type', 'Permission', '', [
					{ name: 'Chats, Moments, WeRun, Etc.', value: 1 },
					{ name: 'Chats Only', value: 2 },
				]),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete friend',
			path: '/delContact',
			title: '删除好友',
			deletes: true,
			fields: [wId, friend],
		},
		{
			value: 'mute',
			name: 'Mute Notifications',
			action: 'Mute or unmute chat',
			path: '/setDisturb',
			title: '设置聊天免打扰',
			fields: [wId, { ...anyChat, name: 'chatRoomId' }, onOff('type', 'Mute Notifications', 0, 1)],
		},
		{
			value: 'stickOnTop',
			name: 'Sticky on Top',
			action: 'Stick chat on top or take it off',
			description: 'Pin a chat to the top of the chat list, or take it off',
			path: '/setTop',
			title: '设置聊天置顶',
			fields: [wId, anyChat, onOff('operType', 'Sticky on Top', 1, 0)],
		},
		{
			value: 'getOwnQrCode',
			name: 'Get Own QR Code',
			action: 'Get QR code of account',
			path: '/getQrCode',
			title: '获取我的二维码',
			picture: 'qrCodeUrl',
			reads: true,
			fields: [wId],
		},
		{
			value: 'setProfilePhoto',
			name: 'Set Profile Photo',
			action: 'Set profile photo of account',
			description: 'Set the profile photo; the phone shows it after a restart of WeChat',
			path: '/sendHeadImage',
			title: '设置个人头头像',
			fields: [wId, file('path', 'Photo', anyImage)],
		},
		{
			value: 'setPrivacy',
			name: 'Set Privacy',
			action: 'Set privacy of account',
			description: 'Set who can find the account and add it as a friend',
			path: '/userPrivacySettings',
			title: '添加隐私设置',
			fields: [
				wId,
				choice('privacyType', 'Setting', '', [
					{ name: 'Friend Confirmation', value: 4 },
					{ name: 'Find Mobile Contacts', value: 7 },
					{ name: 'Friending Me by Mobile', value: 8 },
					{ name: 'Friending Me by WeChat ID', value: 25 },
					{ name: 'Friending Me by Group Chat', value: 38 },
					{ name: 'Friending Me by My QR Code', value: 39 },
					{ name: 'Friending Me by Contact Card', value: 40 },
				]),
				onOff('switchType', 'Switch', 2, 1),
			],
		},
	],
};
