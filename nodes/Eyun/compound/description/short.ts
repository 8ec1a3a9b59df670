import type { Kept } from '../../catalogue/tool/types';

/** What of a friend is worth reading. */
export const SHORT_CONTACT: Kept = {
	wcId: true,
	name: true,
	remark: true,
	nickName: true,
	alias: true,
	labels: true,
	match: true,
};

/** What of a group is worth reading. */
export const SHORT_GROUP: Kept = { chatRoomId: true, name: true, nickName: true, match: true };

/** For models, of whatever reads all friends. */
export const SLOW =
	'With thousands of friends the first call takes 2 to 3 minutes, and further ones within half an hour are quick.';
