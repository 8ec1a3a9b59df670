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
