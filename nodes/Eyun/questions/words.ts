import type { ReplyChoice } from './question';

/** What people say for yes in a chat; "[强]" and "[OK]" are WeChat's own emoji. */
export const YES_WORDS: readonly string[] = [
	...['同意', '可以', '好', '好的', '好吧', '行', '是', '是的', '对', '嗯', '通过', '批准', '确认'],
	...['没问题', '强', '👍', '👌', '✅'],
	...['yes', 'y', 'ok', 'okay', 'sure', 'agree', 'agreed', 'approve', 'approved', 'confirm'],
];

/** What people say for no. */
export const NO_WORDS: readonly string[] = [
	...[
		'不同意',
		'不可以',
		'不好',
		'不行',
		'不',
		'不是',
		'不对',
		'否',
		'不通过',
		'不批准',
		'拒绝',
		'驳回',
	],
	...['弱', '👎', '❌'],
	...['no', 'n', 'nope', 'disagree', 'decline', 'declined', 'reject', 'rejected', 'deny'],
];

/** Punctuation around words, and the tilde that makes them friendlier. */
const AROUND = /^[\s\p{P}~]+|[\s\p{P}~]+$/gu;

/** What changes the look of an emoji only. */
const LOOKS = /\uFE0E|\uFE0F|\u200D|\p{Emoji_Modifier}/gu;

/**
 * Words as they are compared: width and case of letters, punctuation and spaces around do not count.
 *
 * @param text what somebody wrote
 */
export function plainWords(text: string): string {
	const even = text.normalize('NFKC').replace(LOOKS, '');
	return even.replace(AROUND, '').replace(/\s+/g, ' ').toLowerCase();
}

/**
 * All that counts as each choice, as it is compared: its number, its label, its words.
 *
 * @param choices in their order
 */
export function wordsOfEach(choices: readonly ReplyChoice[]): string[][] {
	return choices.map(({ label, words }, place) =>
		[String(place + 1), label, ...words].map(plainWords).filter((word) => word !== ''),
	);
}

/**
 * Which choice a message means.
 *
 * @param text what somebody wrote
 * @param choices in their order
 * @returns undefined when it means none
 */
export function choiceMeant(
	text: string,
	choices: readonly ReplyChoice[],
): ReplyChoice | undefined {
	const said = plainWords(text);
	const place = wordsOfEach(choices).findIndex((words) => words.includes(said));
	return place === -1 ? undefined : choices[place];
}
