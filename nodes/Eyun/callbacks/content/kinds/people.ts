import type { IDataObject } from 'n8n-workflow';

import { attribute, attributeNumber, field, fieldNumber } from '../xml/fields';
import type { Message } from '../xml/message';

/** Contact cards and friend requests: the attributes of `<msg>` itself describe a person. */

/** Stands in the place of a WeChat ID where WeChat does not show it. */
const CREDENTIAL = /^v\d_|@stranger$/;

/** A contact card; `v1` and `v2` are what Contact: Send Friend Request wants. */
export function card({ root }: Message): IDataObject {
	const username = attribute(root, 'username');
	const hidden = username !== null && CREDENTIAL.test(username);
	return {
		type: 'card',
		wcId: hidden ? null : username,
		v1: hidden ? username : null,
		v2: attribute(root, 'antispamticket'),
		nickName: attribute(root, 'nickname'),
		alias: attribute(root, 'alias'),
		avatarUrl: attribute(root, 'bigheadimgurl', 'smallheadimgurl', 'brandIconUrl'),
		smallAvatarUrl: attribute(root, 'smallheadimgurl'),
		province: attribute(root, 'province'),
		city: attribute(root, 'city'),
		sign: attribute(root, 'sign'),
		sex: attributeNumber(root, 'sex'),
		scene: attributeNumber(root, 'scene'),
		certification: attribute(root, 'certinfo'),
	};
}

/** The fields beside the content that say who asks. */
const REQUEST_FIELDS = ['v1', 'v2', 'scene', 'nickName', 'alias', 'sourceUser'];

/** A friend request; `v1`, `v2` and `scene` are what Contact: Accept Friend Request wants. */
export function friendRequest({ root, words, data }: Message): IDataObject | undefined {
	if (root === undefined && field(data, ...REQUEST_FIELDS) === null) return undefined;
	return {
		type: 'friendRequest',
		v1: field(data, 'v1') ?? attribute(root, 'encryptusername'),
		v2: field(data, 'v2') ?? attribute(root, 'ticket'),
		scene: fieldNumber(data, 'scene') ?? attributeNumber(root, 'scene'),
		text: attribute(root, 'content') ?? words ?? null,
		wcId: attribute(root, 'fromusername') ?? senderIn(data),
		nickName: attribute(root, 'fromnickname') ?? field(data, 'nickName'),
		alias: attribute(root, 'alias') ?? field(data, 'alias'),
		avatarUrl:
			attribute(root, 'bigheadimgurl', 'smallheadimgurl') ??
			field(data, 'bigHeadImgUrl', 'smallHeadImgUrl'),
		smallAvatarUrl: attribute(root, 'smallheadimgurl') ?? field(data, 'smallHeadImgUrl'),
		country: attribute(root, 'country'),
		province: attribute(root, 'province'),
		city: attribute(root, 'city'),
		sign: attribute(root, 'sign'),
		sex: attributeNumber(root, 'sex'),
		sourceUser: attribute(root, 'sourceusername') ?? field(data, 'sourceUser'),
		sourceNickName: attribute(root, 'sourcenickname'),
		sharedCardUser: attribute(root, 'sharecardusername'),
		chatRoomId: attribute(root, 'chatroomusername'),
	};
}

/** Requests come from an account of WeChat's own. */
function senderIn(data: Message['data']): string | null {
	const sender = field(data, 'fromUser', 'userName');
	return sender === 'fmessage' ? null : sender;
}
