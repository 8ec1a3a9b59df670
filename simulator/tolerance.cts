/**
 * Where the vendor's own request examples break the vendor's own tables (spec/FACTS.md: Anomalies, Structure and Per operation), and where
 * public clients do. Foreign clients copy the examples, so the simulator accepts them; `strict: true`
 * turns all of this off.
 */

/** path -> whole numbers that the example, or a client, sends as text. */
const numericStrings: Record<string, string[]> = {
	'/iPadLogin': ['proxy'],
	'/loginByAccountAndPassword': ['proxy'],
	'/setFriendPemission': ['type'],
	'/snsCommentDel': ['commentId'],
	'/finderBrowse': ['myRoleType'],
	'/finderIdFav': ['meRoleType'],
	'/finderIdLike': ['meRoleType'],
	'/finderComment': ['meRoleType'],
	// Clients that keep ids as text: a FastAPI client (images, videos), Lambdua (voice, stickers).
	'/getMsgImg': ['msgId'],
	'/asynGetMsgVideo': ['msgId'],
	'/getMsgVoice': ['msgId'],
	'/getMsgEmoji': ['msgId'],
	'/getMsgFile': ['msgId'],
};

/** path -> parameters typed string that the example, or a client, sends as a bare number. */
const bareNumbers: Record<string, string[]> = {
	'/getSnsObject': ['id'],
	'/finderCommentDetails': ['refCommentId'],
	'/getMsgVoice': ['bufId'], // Lambdua
	'/sendEmoji': ['imgSize'], // the callback's length, which is a number there
	// The answers have label ids as numbers: clients that have one pass it on.
	'/modifyContactLabel': ['labelIdList'],
	'/delContactLabel': ['labelIdList'],
};

/** path -> values outside the documented list that an example sends. */
const extraValues: Record<string, Record<string, string[]>> = {
	'/showInAddressBook': { flag: ['0'] },
};

/** path -> name in the table -> the other name, used by the vendor's example. */
const otherNames: Record<string, Record<string, string>> = {
	'/finder/getContactDetails': { meUserName: 'myUserName', meRoleType: 'myRoleType' },
	'/finder/getQrCode': { meUserName: 'myUserName', meRoleType: 'myRoleType' },
	'/finder/getLikeAndFavList': { lastBuffer: 'lastBuff' },
};

/**
 * Paths of earlier versions of the vendor's API that public clients still call -> what they became.
 * Which path succeeded which is read off their names: assumed.
 */
const earlierPaths: Record<string, string> = {
	'/simpleIPadLoginInfo': '/getIPadLoginInfo',
	'/sendImage': '/sendImage2',
	'/sendImg2': '/sendImage2',
};

/** The path that an earlier one became; other paths as they are. */
export function presentPath(path: string): string {
	return earlierPaths[path] ?? path;
}

/** path -> keys that an example sends and the table does not know. */
const undocumentedKeys: Record<string, string[]> = { '/finderPublish': ['myRoleType'] };

/**
 * path -> parameters that the vendor's pages did not have yet when public clients were written ->
 * what such a client means by their absence.
 */
const laterParameters: Record<string, Record<string, string | number | boolean>> = {
	// HuixiangDou, chasonnchen/webot, wiidz/goutil and jackchang1025/WechatBot log in without both.
	'/iPadLogin': { deviceType: 'ipad' },
	'/getIPadLoginInfo': { autoCheck: false },
	// homily/wkteam_SDK, from before the optimized format.
	'/setHttpCallbackUrl': { type: 1 },
};

/** Required parameters that may be absent on a path, with the values that stand in for them. */
export function standIns(path: string): Record<string, string | number | boolean> {
	return laterParameters[path] ?? {};
}

export function acceptsNumericString(path: string, name: string): boolean {
	return numericStrings[path]?.includes(name) ?? false;
}

export function acceptsBareNumber(path: string, name: string): boolean {
	return bareNumbers[path]?.includes(name) ?? false;
}

export function acceptsValue(path: string, name: string, value: string): boolean {
	return extraValues[path]?.[name]?.includes(value) ?? false;
}

/** The other name of a parameter, or undefined. */
export function otherName(path: string, name: string): string | undefined {
	return otherNames[path]?.[name];
}

/** Keys beyond the table that even strict mode lets through, because an example of the vendor sends them. */
export function toleratedKeys(path: string): string[] {
	return [...Object.values(otherNames[path] ?? {}), ...(undocumentedKeys[path] ?? [])];
}

/**
 * Required parameters that may be "" although their documented values do not say so.
 * First block: the vendor's text says it, or the vendor's own request example sends it so. Second
 * block: assumed, vendor undocumented, because an empty value is the only way to clear the thing, or
 * the thing may well have no such part.
 */
const mayBeEmpty: Record<string, string[]> = {
	'/addUser': ['verify'], // may be ""
	'/finder/getMentionList': ['lastBuff'], // 首次传空
	'/finderCommentDetails': ['pageCode'], // 首次传空
	'/getSessionId': ['myUserName'], // type 2: myUserName empty
	'/sendUrl': ['description'], // example
	'/sendApplets': ['iconUrl'], // a FastAPI client; the example itself says 无用, "useless"
	'/finderIdFav': ['nonceId'], // example
	'/finderIdLike': ['nonceId'], // like /finderIdFav
	'/finderComment': ['objectNonceId'], // like /finderIdFav
	'/finderPublish': ['videoUrl', 'videoThumbUrl'], // second example, with videoCdn
	'/modFinderProfile': ['nickName', 'headImgUrl', 'signature', 'country', 'province', 'city'], // example

	'/modifyRemark': ['remark'],
	'/modifyContactLabel': ['labelIdList'],
	'/modifyGroupRemark': ['content'],
	'/updateIInChatRoomNickName': ['nickName'],
	'/setChatRoomAnnouncement': ['content'],
	'/snsSendImage': ['content'],
	'/snsSendUrl': ['content', 'description'],
	'/asynSnsSendVideo': ['content'],
	'/setproxy': ['proxyUser', 'proxyPassword'],
};

/** Whether a required string may be "". */
export function mayBeEmptyString(path: string, name: string): boolean {
	return mayBeEmpty[path]?.includes(name) ?? false;
}
