import { isGroupId } from '../common/wechatIds';
import { withoutIdLines } from './content/xml/idLines';
import type { ChatType } from './events';
import { isMessageEvent } from './events';
import type { Callback } from './parse';
import { idText } from './parse';

/** Where something happened, and who did it: one reading of the ids around a message. */
export interface Place {
	chatType: ChatType;
	chatId: string | undefined;
	senderId: string | undefined;
	self: boolean;
	/** The account that received it. */
	wcId: string | undefined;
	/** The content without the lines that only say who wrote it where. */
	content: string;
}

type Data = Callback['data'];

const OFFICIAL_ACCOUNT_ID = /^gh_/;

/** Found in a group, or asking to be a friend because of one, is nothing that happens in a group. */
const NEVER_IN_A_GROUP = ['contact.friendRequest'];

/** Where a group's id may stand; events about a group itself name it in `userName`. */
const GROUP_FIELDS = ['fromGroup', 'fromUser', 'toUser', 'userName', 'chatRoomId'];

/**
 * Finds out where an event happened.
 *
 * @param callback a checked callback
 * @param event its name
 * @param expected what its code says; a group's id wins over it, or what was meant for private chats
 *   would answer in a group
 */
export function placeOf(callback: Callback, event: string, expected: ChatType | undefined): Place {
	const { data } = callback;
	const group = expected === 'system' ? undefined : groupOf(data, event, expected);
	const chatType = chatTypeOf(group, expected, data);
	const { line, content } = splitSender(data, group, event);
	const named = line ?? personIn(data, group, 'fromUser', 'userName');
	const self = isSelf(callback, event, named);
	const wcId = callback.wcId ?? receiverOf(data, self);
	return {
		chatType,
		chatId: group ?? peerOf(data, chatType, self),
		senderId: named ?? (self ? wcId : undefined),
		self,
		wcId,
		content,
	};
}

function firstId(data: Data, ...keys: string[]): string | undefined {
	return keys.map((key) => idText(data[key])).find((id) => id !== undefined);
}

/** The first id of somebody. A group writes nothing. */
function personIn(data: Data, group: string | undefined, ...keys: string[]): string | undefined {
	const ids = keys.map((key) => idText(data[key]));
	return ids.find((id) => id !== undefined && id !== group && !isGroupId(id));
}

function groupOf(data: Data, event: string, expected: ChatType | undefined): string | undefined {
	if (NEVER_IN_A_GROUP.includes(event)) return undefined;
	const ids = GROUP_FIELDS.map((key) => idText(data[key]));
	const group = ids.find((id) => id !== undefined && isGroupId(id));
	// What the vendor calls a group is one, even if its id looks like nothing we know.
	return group ?? (expected === 'group' ? firstId(data, 'fromGroup', 'userName') : undefined);
}

function chatTypeOf(
	group: string | undefined,
	expected: ChatType | undefined,
	data: Data,
): ChatType {
	if (group !== undefined) return 'group';
	if (expected !== undefined) return expected;
	const from = firstId(data, 'fromUser', 'userName');
	if (from === undefined) return 'system';
	return OFFICIAL_ACCOUNT_ID.test(from) ? 'officialAccount' : 'private';
}

function peerOf(data: Data, chatType: ChatType, self: boolean): string | undefined {
	if (chatType === 'system') return undefined;
	return self ? firstId(data, 'toUser') : firstId(data, 'fromUser', 'userName');
}

function isTrue(value: unknown): boolean {
	return value === true || value === 'true' || value === 1;
}

/** Eyun's key is `self`; one public client shows `sel`. Without either, the sender says it. */
function isSelf({ data, wcId }: Callback, event: string, sender: string | undefined): boolean {
	const flag = data.self ?? data.sel;
	if (flag !== undefined) return isTrue(flag);
	return isMessageEvent(event) && wcId !== undefined && sender === wcId;
}

/** In a group either side may be the group itself. */
function receiverOf(data: Data, self: boolean): string | undefined {
	const [own, other] = self ? ['fromUser', 'toUser'] : ['toUser', 'fromUser'];
	const receiver = idText(data[own]);
	if (receiver === undefined || !isGroupId(receiver)) return receiver;
	return self ? personIn(data, undefined, other) : undefined;
}

/**
 * Takes `wxid_…:\n` off a group's message. What somebody typed may begin like that, too: there it
 * must be the sender's own id, or nobody else may be known as the sender.
 */
function splitSender(
	data: Data,
	group: string | undefined,
	event: string,
): { line?: string; content: string } {
	const content = typeof data.content === 'string' ? data.content : '';
	if (group === undefined) return { content };
	const sender = personIn(data, group, 'fromUser', 'userName');
	const isTyped = event === 'message.text';
	const isHeading = (id: string) =>
		id === group || !isTyped || sender === undefined || sender === id;
	const { ids, rest } = withoutIdLines(content, isHeading);
	const line = ids.find((id) => id !== group && !isGroupId(id));
	return { line: sender === undefined ? line : undefined, content: rest };
}
