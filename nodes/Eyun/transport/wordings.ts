/**
 * What the vendor's own texts mean. It documents neither texts nor codes of refusals, so these patterns
 * are guesses from what was seen: a missed one costs exact advice or a second attempt, and none may ever
 * lead to a second send of something that was carried out.
 */

/** Texts in which the token plays a part; enough to pick advice, and no reason to ask again. */
const ABOUT_TOKEN = /authorization|token|鉴权|未授权|令牌/i;

const TOKEN = '(?:authorization|(?:access |login )?token|(?:登录|访问)?令牌|鉴权)';
const REFUSED =
	'(?:已?(?:失效|过期)|无效|错误|不存在|不正确|不合法|不能为空|为空|失败|校验失败|验证失败|(?:is |has |was )?(?:invalid|expired|missing|required|wrong|not valid))';

/** What may follow: to log in again. */
const PLEASE = '(?:[，,；;。.!！\\s]\\s*(?:请|please).{0,30})?[!！.。]?';

/** The whole text must be about the token and nothing else: a refused send that is made again arrives twice. */
const TOKEN_REFUSED = new RegExp(
	[
		`^${TOKEN}\\s*[:：]?\\s*${REFUSED}${PLEASE}$`,
		`^(?:invalid|expired|missing|wrong) ${TOKEN}${PLEASE}$`,
		`^(?:未授权|鉴权失败|unauthorized)${PLEASE}$`,
	].join('|'),
	'i',
);

/**
 * Whether a refusal is about the Authorization token.
 *
 * @param code the vendor's code
 * @param message the vendor's text
 */
export function saysTokenRefused(code: string, message: string): boolean {
	return code === '401' || TOKEN_REFUSED.test(message.trim());
}

/** How it may be worded that an instance is gone; the vendor documents neither text nor code. */
const INSTANCE_GONE = /\bwid\b|实例|掉线|离线|下线|不在线|未登录|not online|offline|not logged in/i;

/** Wordings like those above that are about somebody else. */
const ABOUT_OTHERS = /对方|好友|群成员|friend|member/i;

/**
 * Whether a refusal says that the instance it was for is not logged in any more. The vendor has
 * done nothing then.
 *
 * @param message the vendor's text
 */
export function saysInstanceGone(message: string): boolean {
	return INSTANCE_GONE.test(message) && !ABOUT_OTHERS.test(message);
}

/** Wordings by which an instance is certainly gone, and not only named. */
const IS_GONE = /不存在|[掉离下]线|不在线|未登录|失效|过期|无效|not online|offline|not logged in/i;

/**
 * What a refusal means, in plain words.
 *
 * @param code the vendor's code
 * @param message the vendor's text
 * @returns undefined where the vendor's own words say all that is known
 */
export function knownMeaning(code: string, message: string): string | undefined {
	if (saysTokenRefused(code, message)) return TOKEN_REFUSED_PLAINLY;
	const isGone = saysInstanceGone(message) && IS_GONE.test(message);
	return isGone ? 'The WeChat account is not online under this instance ID' : undefined;
}

/** The same in whatever way the vendor refuses the token. */
export const TOKEN_REFUSED_PLAINLY = 'Eyun did not accept the Authorization token';

/** What to do, by what the vendor said. The wordings are not documented, so these only pick advice. */
const ADVICE: ReadonlyArray<[pattern: RegExp, advice: string]> = [
	[
		ABOUT_TOKEN,
		'Check the Authorization token in the credential, or let the credential log in with account and password',
	],
	[
		INSTANCE_GONE,
		'An instance ID changes at every login. Choose the account from the list or by WeChat ID, so that the node finds it each time, or use the instance ID from the trigger ({{ $json.wId }}), or log in again',
	],
	[
		/频繁|频率|too (many|often)|frequent/i,
		'Wait and send more slowly. WeChat blocks accounts that send too fast',
	],
	[/用户名或密码|password/i, 'Check account and password'],
	[
		/隐私|privacy/i,
		'The other person does not allow this in the privacy settings, so you cannot do it',
	],
];

/**
 * Picks advice for a refusal.
 *
 * @param message the vendor's own text
 */
export function adviceFor(message: string): string {
	const known = ADVICE.find(([pattern]) => pattern.test(message));
	return known
		? known[1]
		: 'Eyun gave no more than this text. Check the IDs, and that the account is online and allowed to do this';
}
