/** The vendor's answer {code, message, data} (spec/FACTS.md: Responses): code is a string, the text key is message. */
import type { Json } from './json.cts';

export class Envelope {
	constructor(
		readonly code: string,
		readonly message: string,
		/** undefined: the answer has no data key at all, as /userPrivacySettings. */
		readonly data: Json | undefined,
	) {}

	toJson(): { [key: string]: Json | undefined } {
		return { code: this.code, message: this.message, data: this.data };
	}
}

/** Thrown by handlers: becomes {code: "1001", message, data: null} inside an HTTP 200 (spec/FACTS.md: Errors and limits). */
export class VendorFailure extends Error {
	constructor(
		message: string,
		readonly code = '1001',
	) {
		super(message);
	}

	toEnvelope(): Envelope {
		return new Envelope(this.code, this.message, null);
	}
}

/** The vendor's own word for a failure without a reason, which it often gives. */
export const FAILED = '失败';

/** The wId of a request names no login, or one that has ended. */
export class UnknownLogin extends VendorFailure {
	constructor(wId: string) {
		super(`${ASSUMED.noInstance}: ${wId}`);
	}
}

/**
 * Wordings that no public source knows (FACTS, "Not found / open"): assumed, vendor undocumented.
 * One place, so that a real answer can be put in when somebody sees one.
 */
export const ASSUMED = {
	badToken: 'Authorization无效，请重新登录获取token',
	frozen: '开发者账号已冻结',
	expired: '开发者账号已到期',
	badJson: '请求体不是有效的JSON对象',
	noInstance: 'wId不存在或微信已离线，请重新登录',
	noChat: 'wcId不存在或不是好友/群成员',
	noGroup: 'chatRoomId不存在或不在该群中',
	noFriend: 'wcId不是好友',
	notOwner: '没有群管理权限',
	tooManyIds: 'wcId每次最多支持20个',
	revoke: '撤回失败：消息不存在、参数不匹配或已撤回',
	dataUri: 'base64格式错误，应为 data:<mime>;base64,<payload>',
	loginTimeout: '登录超时，请重新获取二维码',
	loginRefused: '手机端取消登录',
	badVerifyCode: '验证码错误',
	tooOften: '查询掉线原因过于频繁，12小时内只能查询一次',
	notFound: '数据不存在',
} as const;
