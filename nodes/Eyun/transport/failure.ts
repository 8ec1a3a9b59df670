import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

/** For failures that were found on our side, without an answer. */
export const NO_CODE = 'none';

/** What went wrong with one call to the vendor, in words a user can act on. */
export interface FailureFacts {
	/** One line: what happened. */
	message: string;
	/** What to do about it. */
	advice: string;
	/** The vendor's path, for example `/sendText`. */
	endpoint: string;
	/** The vendor's code, an HTTP status, a network code such as ECONNRESET, or NO_CODE. */
	code: string;
	/** Which input item, counted from 0. */
	itemIndex?: number;
}

/** What each failure was made of, so that it can be told again for another input item. */
const factsOf = new WeakMap<NodeApiError, FailureFacts>();

/**
 * Makes the one kind of error that every failed call to the vendor ends in.
 *
 * @param node the node that called
 * @param facts already free of secrets
 * @returns a NodeApiError whose `context` repeats endpoint and code for workflows that branch on them
 */
export function vendorFailure(node: INode, facts: FailureFacts): NodeApiError {
	const { message, advice, endpoint, code, itemIndex } = facts;
	const where = [
		`POST ${endpoint}`,
		...(itemIndex === undefined ? [] : [`item ${itemIndex}`]),
		...(code === NO_CODE ? [] : [`code ${code}`]),
	].join(', ');
	const failure = new NodeApiError(node, { message } as JsonObject, {
		message: itemIndex === undefined ? message : `${message} [item ${itemIndex}]`,
		description: `${advice} (${where})`,
		// n8n puts a general text of its own in place of ours where it sees a network code.
		httpCode: /^\d+$/.test(code) ? code : undefined,
		itemIndex,
	});
	Object.assign(failure.context, { endpoint, code });
	factsOf.set(failure, facts);
	return failure;
}

/**
 * Tells a failure again with other facts: for another input item that shared the call, or with more
 * to say about what came before it.
 *
 * @param node the node that called
 * @param failure what `vendorFailure` made, or any other error
 * @param change takes the facts, gives back those that are to change
 * @returns a new failure; any other error comes back as it is
 */
export function retold<Failure>(
	node: INode,
	failure: Failure,
	change: (facts: FailureFacts) => Partial<FailureFacts>,
): Failure | NodeApiError {
	const facts = failure instanceof NodeApiError ? factsOf.get(failure) : undefined;
	return facts === undefined ? failure : vendorFailure(node, { ...facts, ...change(facts) });
}

/** How a refused token may be worded; the vendor documents neither text nor code (FACTS d). */
const TOKEN_REFUSED = /authorization|token|鉴权|未授权|令牌/i;

/**
 * Whether a refusal is about the Authorization token.
 *
 * @param code the vendor's code
 * @param message the vendor's text
 */
export function saysTokenRefused(code: string, message: string): boolean {
	return code === '401' || TOKEN_REFUSED.test(message);
}

/** How it may be worded that an instance is gone; the vendor documents neither text nor code (FACTS d). */
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

/** What to do, by what the vendor said. The wordings are not documented (FACTS d), so these only pick advice. */
const ADVICE: ReadonlyArray<[pattern: RegExp, advice: string]> = [
	[
		TOKEN_REFUSED,
		'Check the Authorization token in the credential, or let the credential log in with account and password',
	],
	[
		INSTANCE_GONE,
		'The WeChat account is not online under this instance ID. It changes at every login: choose the account from the list or by WeChat ID, so that it is looked up each time, or take the instance ID from the trigger ({{ $json.wId }}), or log in again',
	],
	[
		/频繁|频率|too (many|often)|frequent/i,
		'Wait and send more slowly; WeChat blocks accounts that hurry',
	],
	[/用户名或密码|password/i, 'Check account and password'],
	[
		/隐私|privacy/i,
		'The other side does not allow this in its privacy settings; nothing can be done from here',
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
		: 'The vendor gave no more than this text. Check the ids, and that the account is online and allowed to do this';
}
