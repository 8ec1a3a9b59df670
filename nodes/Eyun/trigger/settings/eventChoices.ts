import type { INodePropertyOptions } from 'n8n-workflow';

import type { ChatType, EventType } from '../../callbacks/events';
import {
	ALL_EVENTS,
	CALLBACK_CHECK,
	isMediaEvent,
	isMessageEvent,
	OWNER_MESSAGE,
	UNKNOWN_EVENT,
} from '../../callbacks/events';
import { alphabetical } from '../../common/labels/alphabet';
import { withChinese } from '../../common/labels/chinese';

/** A choice in Trigger On that stands for many message types. */
interface EventGroup {
	value: string;
	name: string;
	chinese: string;
	description: string;
	has(event: string, chatType: ChatType): boolean;
}

const startsWith = (prefix: string) => (event: string) => event.startsWith(`${prefix}.`);

const EVENT_GROUPS: readonly EventGroup[] = [
	{
		value: '*',
		name: 'All Events',
		chinese: '所有事件',
		description: 'Everything that Eyun pushes, including types that are not in this list yet',
		has: () => true,
	},
	{
		value: 'contact',
		name: 'Any Contact Event',
		chinese: '好友事件',
		description: 'Friend requests and changes of contacts',
		has: startsWith('contact'),
	},
	{
		value: 'group',
		name: 'Any Group Event',
		chinese: '群事件',
		description: 'Members, names, owners, announcements; no messages',
		has: startsWith('group'),
	},
	{
		value: 'groupMessage',
		name: 'Any Group Message',
		chinese: '群消息',
		description: 'Every kind of message in a group chat',
		has: (event, chatType) => chatType === 'group' && isMessageEvent(event),
	},
	{
		value: 'mediaMessage',
		name: 'Any Media Message',
		chinese: '图片、视频、语音、表情、文件消息',
		description:
			'Images, videos, voice messages, stickers and files, private or in a group: what Download Media downloads',
		has: isMediaEvent,
	},
	{
		value: 'message',
		name: 'Any Message',
		chinese: '所有消息',
		description: 'Every kind of message, private or in a group',
		has: isMessageEvent,
	},
	{
		value: 'officialAccount',
		name: 'Any Official Account Event',
		chinese: '公众号事件',
		description: 'Articles of official accounts, and unfollowing them',
		has: startsWith('officialAccount'),
	},
	{
		value: 'privateMessage',
		name: 'Any Private Message',
		chinese: '私聊消息',
		description: 'Every kind of message in a private chat',
		has: (event, chatType) => chatType === 'private' && isMessageEvent(event),
	},
	{
		value: 'system',
		name: 'Any System Event',
		chinese: '系统事件',
		description:
			'Accounts going offline and coming back, the callback address, finished background jobs',
		has: startsWith('system'),
	},
	{
		value: UNKNOWN_EVENT,
		name: 'Any Unknown Type',
		chinese: '未知类型',
		description: 'Message types that are not in this list yet',
		has: (event) => event === UNKNOWN_EVENT,
	},
];

const CHOICES = alphabetical(
	[
		...EVENT_GROUPS,
		...ALL_EVENTS.map(({ messageType, event, title, chinese, note }) => ({
			name: title,
			chinese,
			value: messageType,
			description: `Message type ${messageType}, event ${event}${note ? `. ${note}` : ''}`,
		})),
	],
	({ name }) => name,
);

/** The list Trigger On of the node: groups and message types by their names. */
export const EVENT_OPTIONS: INodePropertyOptions[] = CHOICES.map(
	({ name, chinese, value, description }) => ({
		name: withChinese(name, chinese),
		value,
		description,
	}),
);

const NAMES = Object.fromEntries(CHOICES.map(({ name, value }) => [value, name]));

/** So many events are named on the canvas. */
const NAMED = 2;

/** The expression by which the canvas names the chosen events: the list has their values only. */
export const EVENTS_SUBTITLE = [
	'={{ ((names) => names.slice(0, ',
	NAMED,
	').join(", ") + (names.length > ',
	NAMED,
	' ? " and " + (names.length - ',
	NAMED,
	') + " more" : ""))($parameter["events"].map((event) => (',
	JSON.stringify(NAMES),
	')[event] ?? event)) }}',
].join('');

/**
 * What no group takes in: the check push says nothing about WeChat, and a workflow that answers all
 * events would answer the owner.
 */
const ONLY_BY_NAME = [CALLBACK_CHECK, OWNER_MESSAGE];

/**
 * Whether an event was chosen in Trigger On.
 *
 * @param chosen values of the list: names of groups and message types; nothing chosen means all
 * @param type the event; `messageType` of the optimised format
 */
export function isChosen(
	chosen: readonly string[],
	type: Pick<EventType, 'messageType' | 'event' | 'chatType'>,
): boolean {
	if (ONLY_BY_NAME.includes(type.messageType)) return chosen.includes(type.messageType);
	return (
		chosen.length === 0 ||
		chosen.includes(type.messageType) ||
		EVENT_GROUPS.some(({ value, has }) => chosen.includes(value) && has(type.event, type.chatType))
	);
}
