/** WeChat's groups end in @chatroom (once @chatRoom in the vendor's examples), groups with WeCom members in @im.chatroom. */
const GROUP = /@(im\.)?chatroom$/i;

/**
 * Whether an id names a group.
 *
 * @param id a WeChat ID without spaces around it
 */
export function isGroupId(id: string): boolean {
	return GROUP.test(id);
}

/** What no name looks like: ids that WeChat gave, official accounts, groups, WeCom contacts, everyone of a group. */
const SURELY_ID = /^(wxid_|gh_)\w|@((im\.)?chatroom|openim)$|^notify@all$/i;

/**
 * Whether a text can only be an id. Others may be one, too: accounts from before 2013 have one like `zhangsan`.
 *
 * @param text without spaces around it
 */
export function isSurelyId(text: string): boolean {
	return SURELY_ID.test(text);
}

/** Eyun's ids of logins, as in all answers of its pages: UUIDs (spec/FACTS.md). */
const INSTANCE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Whether a text is the id of a login (wId), which no WeChat ID looks like.
 *
 * @param text without spaces around it
 */
export function isInstanceId(text: string): boolean {
	return INSTANCE_ID.test(text);
}

/** What WeChat takes as a WeChat ID: 6 to 20 letters, digits, - and _, a letter first; given ones are longer. */
const WECHAT_ID = /^[A-Za-z][\w-]{5,19}$/;

/**
 * Whether a text may be a WeChat ID of an account. An instance ID, which is a UUID, is not.
 *
 * @param text without spaces around it
 */
export function mayBeWeChatId(text: string): boolean {
	return WECHAT_ID.test(text);
}

/**
 * The modes of an account's field in which it holds an instance ID; in the others it is a WeChat ID.
 * The editor gives a mode called "id" the name "By ID" whatever its own name is, so it is `before` in
 * nodes below version 1.2 only (description/versions.ts).
 */
export const INSTANCE_ID_MODES = { before: 'id', now: 'wId' } as const;

/**
 * Whether an account's field holds an instance ID.
 *
 * @param mode of the resource locator
 */
export function isInstanceIdMode(mode: unknown): boolean {
	return Object.values<unknown>(INSTANCE_ID_MODES).includes(mode);
}
