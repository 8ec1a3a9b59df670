import { isRecord } from './records';

/** A member of a group, as /getChatRoomMember lists it. */
export interface GroupMember {
	wcId: string;
	/** The member's own name in this group; '' where there is none. */
	displayName: string;
	/** What the member is called everywhere else; '' where the vendor gives none. */
	nickName: string;
}

/**
 * Reads the members of a group.
 *
 * @param data the `data` of the answer of /getChatRoomMember; anything else is a group without members
 */
export function groupMembersIn(data: unknown): GroupMember[] {
	return (Array.isArray(data) ? data.filter(isRecord) : []).map(
		({ userName, displayName, nickName }) => ({
			wcId: String(userName),
			displayName: nameIn(displayName),
			nickName: nameIn(nickName),
		}),
	);
}

function nameIn(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
