/**
 * Every event that Eyun pushes, in one table: the list Trigger On of the node, the reading of callbacks
 * and the table in docs/trigger.md all come from here. A test holds it against spec/callbacks.json.
 */

/** Where an event belongs. */
export type ChatType = 'private' | 'group' | 'officialAccount' | 'system';

/** One message type of Eyun. */
export interface EventType {
	/** Eyun's code, five digits. */
	messageType: string;
	/** The readable name in the output; private and group chat share it. */
	event: string;
	chatType: ChatType;
	/** What it is, in Trigger On and in the docs. */
	title: string;
	/** The same in the words of Eyun's pages and of WeChat, which users know. */
	chinese: string;
	/** One more sentence where the title does not say enough. */
	note?: string;
}

/** The name of an event whose message type is not in the table. */
export const UNKNOWN_EVENT = 'unknown';

/** Eyun's check push after each registration. */
export const CALLBACK_CHECK = '00000';

/** Eyun's notice that an account went offline. */
export const OFFLINE = '30000';

/** What only the watchdog finds out; Eyun has no codes for it. */
export const OFFLINE_HINT = 'watchdog.offlineHint';
export const HINT_EVENT = 'system.offlineHint';
export const ONLINE = 'watchdog.online';
export const CALLBACK_RESTORED = 'watchdog.callbackRestored';

/** What the messages of an event bring that can be downloaded. */
export type MessageMedium = 'image' | 'video' | 'voice' | 'emoji' | 'file';

/** Message kinds: the same last three digits after 60 (private) and 80 (group). */
const MESSAGE_KINDS: ReadonlyArray<{
	digits: string;
	event: string;
	title: string;
	chinese: string;
	note?: string;
	privateOnly?: boolean;
	/** What there is to download. */
	medium?: MessageMedium;
}> = [
	{ digits: '001', event: 'message.text', title: 'Text', chinese: '文本' },
	{ digits: '002', event: 'message.image', title: 'Image', chinese: '图片', medium: 'image' },
	{ digits: '003', event: 'message.video', title: 'Video', chinese: '视频', medium: 'video' },
	{ digits: '004', event: 'message.voice', title: 'Voice', chinese: '语音', medium: 'voice' },
	{ digits: '005', event: 'message.card', title: 'Contact Card', chinese: '名片' },
	{
		digits: '006',
		event: 'message.emoji',
		title: 'Emoji (Sticker)',
		chinese: '表情',
		medium: 'emoji',
	},
	{ digits: '007', event: 'message.link', title: 'Link', chinese: '链接' },
	{
		digits: '008',
		event: 'message.file',
		title: 'File Announced',
		chinese: '文件开始传输',
		note: 'The transfer has begun; the file may not be there yet. Starts an execution only if this event itself is chosen, or if the message is the file already: one file is one event',
		medium: 'file',
	},
	{
		digits: '009',
		event: 'message.fileReceived',
		title: 'File Received',
		chinese: '文件传输完成',
		note: 'The transfer has ended',
		medium: 'file',
	},
	{ digits: '010', event: 'message.miniProgram', title: 'Mini Program', chinese: '小程序' },
	{ digits: '011', event: 'message.chatRecord', title: 'Chat Record', chinese: '聊天记录' },
	{ digits: '012', event: 'message.voiceCall', title: 'Voice Call', chinese: '语音通话' },
	{
		digits: '013',
		event: 'message.voiceCallEnded',
		title: 'Voice Call Ended',
		chinese: '语音通话结束',
		privateOnly: true,
	},
	{ digits: '014', event: 'message.quote', title: 'Quote', chinese: '引用' },
	{ digits: '015', event: 'message.transfer', title: 'Transfer', chinese: '转账' },
	{ digits: '016', event: 'message.redPacket', title: 'Red Packet', chinese: '红包' },
	{ digits: '017', event: 'message.channelsVideo', title: 'Channels Video', chinese: '视频号' },
	{ digits: '018', event: 'message.revoked', title: 'Message Revoked', chinese: '撤回' },
	{ digits: '019', event: 'message.pat', title: 'Pat', chinese: '拍一拍' },
	{ digits: '020', event: 'message.location', title: 'Location', chinese: '位置' },
	{ digits: '021', event: 'message.music', title: 'Music', chinese: '音乐' },
	{
		digits: '022',
		event: 'message.groupInvite',
		title: 'Group Invitation',
		chinese: '群聊邀请',
		privateOnly: true,
	},
	{
		digits: '999',
		event: 'message.other',
		title: 'Other',
		chinese: '其他',
		note: 'Anything WeChat has no own type for, such as notices in the chat',
	},
];

function messagesOf(prefix: '60' | '80'): EventType[] {
	const group = prefix === '80';
	return MESSAGE_KINDS.filter((kind) => !group || !kind.privateOnly).map((kind) => ({
		messageType: `${prefix}${kind.digits}`,
		event: kind.event,
		chatType: group ? 'group' : 'private',
		title: `${group ? 'Group' : 'Private'} Message: ${kind.title}`,
		chinese: `${group ? '群聊' : '私聊'}${kind.chinese}`,
		note: kind.note,
	}));
}

function row(
	messageType: string,
	event: string,
	chatType: ChatType,
	title: string,
	chinese: string,
	note?: string,
): EventType {
	return { messageType, event, chatType, title, chinese, note };
}

/** All message types of Eyun, in the order of their codes. */
export const EVENT_TYPES: readonly EventType[] = [
	row(
		CALLBACK_CHECK,
		'system.callbackCheck',
		'system',
		'System: Callback Check',
		'验证回调地址',
		'Eyun tests the address after each registration. Starts an execution only if this event itself is chosen',
	),
	row(
		OFFLINE,
		'system.offline',
		'system',
		'System: Account Went Offline',
		'账号掉线',
		'Once for each login that ended. The watchdog first confirms the notice of Eyun, and also finds accounts that Eyun did not report',
	),
	row('30001', 'contact.friendRequest', 'private', 'Contact: Friend Request', '好友请求'),
	row(
		'30002',
		'system.videoDownloaded',
		'system',
		'System: Message Video Downloaded',
		'消息视频下载完成',
	),
	row(
		'30003',
		'system.momentPublished',
		'system',
		'System: Moments Video Published',
		'视频朋友圈发送完成',
	),
	...messagesOf('60'),
	row('65001', 'contact.updated', 'private', 'Contact: Information Changed', '好友信息变更'),
	row('65002', 'contact.deletedYou', 'private', 'Contact: Deleted You', '被好友删除'),
	row('65003', 'contact.blockedYou', 'private', 'Contact: Blocked You', '被好友拉黑'),
	row('65004', 'contact.deleted', 'private', 'Contact: Deleted by You', '删除好友'),
	...messagesOf('80'),
	row('85001', 'group.updated', 'group', 'Group: Information Changed', '群信息变更'),
	row('85002', 'group.youWereRemoved', 'group', 'Group: You Were Removed', '被移出群'),
	row('85003', 'group.memberRemoved', 'group', 'Group: Member Removed by You', '移除群成员'),
	row('85004', 'group.dismissed', 'group', 'Group: Dismissed', '群解散'),
	row('85005', 'group.renamed', 'group', 'Group: Renamed', '修改群名'),
	row('85006', 'group.adminAdded', 'group', 'Group: Admin Added', '添加群管理员'),
	row('85007', 'group.adminRemoved', 'group', 'Group: Admin Removed', '取消群管理员'),
	row('85008', 'group.memberJoined', 'group', 'Group: Member Joined by Invitation', '被邀请入群'),
	row('85009', 'group.memberJoined', 'group', 'Group: Member Joined by QR Code', '扫码入群'),
	row('85010', 'group.ownerChanged', 'group', 'Group: Owner Changed', '转让群主'),
	row('85011', 'group.announcement', 'group', 'Group: Announcement Published', '发布群公告'),
	row('85012', 'group.todo', 'group', 'Group: To-Do Set', '群待办'),
	row(
		'85013',
		'group.inviteConfirmationChanged',
		'group',
		'Group: Invite Confirmation Switched',
		'入群确认开关',
	),
	row('85014', 'group.joinRequest', 'group', 'Group: Invitation to Be Approved', '入群邀请待确认'),
	row('85015', 'group.left', 'group', 'Group: Left', '退出群聊'),
	row(
		'90001',
		'officialAccount.article',
		'officialAccount',
		'Official Account: Article',
		'公众号文章',
	),
	row(
		'95001',
		'officialAccount.unfollowed',
		'officialAccount',
		'Official Account: Unfollowed',
		'取消关注公众号',
	),
];

/** What the watchdog adds to them. */
const WATCHDOG_EVENTS: readonly EventType[] = [
	row(
		OFFLINE_HINT,
		HINT_EVENT,
		'system',
		'System: Offline Hint Not Confirmed',
		'掉线通知未证实',
		'Eyun reported an account as offline, but it is online. The message type in the output is 30000',
	),
	row(
		ONLINE,
		'system.online',
		'system',
		'System: Account Is Back Online',
		'账号重新上线',
		'Found by the watchdog; wId is the new login',
	),
	row(
		CALLBACK_RESTORED,
		'system.callbackRestored',
		'system',
		'System: Callback Address Restored',
		'回调地址已恢复',
		'The watchdog has put back the callback address, which was lost; events of that time are missing',
	),
];

/** What the owner of the account writes on the phone, as an event of its own. */
export const OWNER_MESSAGE = 'owner.message';

/** What the trigger makes of messages that Eyun pushes. */
const OWNER_EVENTS: readonly EventType[] = [
	row(
		OWNER_MESSAGE,
		OWNER_MESSAGE,
		'private',
		'Owner: Wrote in a Chat',
		'本人发送的消息',
		'A message that the account sends from the phone or another device, in a private chat or a group, for the memory of an agent. Comes only if this event itself is chosen',
	),
];

/** Everything that can be chosen. */
export const ALL_EVENTS: readonly EventType[] = [
	...EVENT_TYPES,
	...WATCHDOG_EVENTS,
	...OWNER_EVENTS,
];

const BY_CODE = new Map(ALL_EVENTS.map((type) => [type.messageType, type]));

/**
 * Looks a message type up.
 *
 * @param messageType Eyun's code of the optimised format (type 2)
 */
export function eventTypeOf(messageType: string): EventType | undefined {
	return BY_CODE.get(messageType);
}

/**
 * The code under which an event is chosen: a private one of a message that turned out to be in a
 * group has a counterpart there.
 *
 * @param code Eyun's code of the optimised format
 * @param chatType where the event happened
 */
export function codeIn(chatType: ChatType, code: string): string {
	const counterpart = `80${code.slice(2)}`;
	const moves = chatType === 'group' && code.startsWith('60') && BY_CODE.has(counterpart);
	return moves ? counterpart : code;
}

/** Whether an event is a message in a chat, which may be one's own. */
export function isMessageEvent(event: string): boolean {
	return event.startsWith('message.');
}

const MEDIA = new Map(MESSAGE_KINDS.map(({ event, medium }) => [event, medium]));

/**
 * What the messages of an event bring; undefined for those that bring nothing to download.
 *
 * @param event its readable name
 */
export function mediumOf(event: string): MessageMedium | undefined {
	return MEDIA.get(event);
}

/** Whether an event is a message with something to download. */
export function isMediaEvent(event: string): boolean {
	return mediumOf(event) !== undefined;
}
