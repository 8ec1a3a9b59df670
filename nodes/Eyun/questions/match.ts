import type { ChatQuestion } from './question';
import { isOpen } from './question';
import { choiceMeant } from './words';

/** A message, as far as it may be an answer. */
export interface SaidMessage {
	wcId: string | null;
	wId: string | null;
	chatId: string | null;
	senderId: string | null;
	/** Unix time in milliseconds. */
	at: number | null;
	/** Without a mention of the account. */
	text: string;
	/** The message that it quotes. */
	quoted?: { messageId: string | null; text: string | null };
}

/** What a message is to the open questions. */
export type AnswerMatch =
	| { kind: 'answer'; question: ChatQuestion; approved?: boolean }
	/** Whoever may answer says something else. */
	| { kind: 'notUnderstood'; question: ChatQuestion }
	/** Somebody answers who may not. */
	| { kind: 'notAsked'; question: ChatQuestion }
	| { kind: 'nothing' };

/** Clocks of machines may differ, and WeChat's times are whole seconds; in milliseconds. */
const CLOCK_DIFFERENCE_MS = 60_000;

/**
 * Finds the question that a message answers: the one that it quotes, else the oldest that it may answer.
 *
 * @param said the message; never one of the account itself
 * @param questions of any chat, the oldest first
 * @param now Unix time in milliseconds
 */
export function matchAnswer(
	said: SaidMessage,
	questions: readonly ChatQuestion[],
	now = Date.now(),
): AnswerMatch {
	const here = questions.filter(
		(question) => isOpen(question, now) && isIn(question, said) && wasThere(question, said),
	);
	if (said.quoted === undefined) return withoutQuote(said, here);
	const quoted = here.find((question) => isQuoted(question, said.quoted));
	// What quotes something else is about something else.
	if (quoted === undefined) return { kind: 'nothing' };
	if (!mayAnswer(quoted, said)) return { kind: 'notAsked', question: quoted };
	return answerTo(quoted, said) ?? { kind: 'notUnderstood', question: quoted };
}

function withoutQuote(said: SaidMessage, here: readonly ChatQuestion[]): AnswerMatch {
	const own = here.filter((question) => mayAnswer(question, said));
	// A text that an older approval does not understand is not meant for a younger free text.
	const [oldest] = own;
	const candidates =
		oldest?.choices === undefined ? own.slice(0, 1) : own.filter(({ choices }) => choices);
	for (const question of candidates) {
		const answer = answerTo(question, said);
		if (answer !== undefined) return answer;
	}
	if (oldest !== undefined) return { kind: 'notUnderstood', question: oldest };
	const others = here.find(
		({ choices }) => choices !== undefined && choiceMeant(said.text, choices) !== undefined,
	);
	return others === undefined ? { kind: 'nothing' } : { kind: 'notAsked', question: others };
}

function answerTo(question: ChatQuestion, { text }: SaidMessage): AnswerMatch | undefined {
	const { choices } = question;
	if (choices === undefined) return { kind: 'answer', question };
	const meant = choiceMeant(text, choices);
	return meant && { kind: 'answer', question, approved: meant.approved };
}

function isIn({ account, chat }: ChatQuestion, { wcId, wId, chatId }: SaidMessage): boolean {
	if (chat !== chatId) return false;
	return account.wcId === undefined ? account.wId === wId : account.wcId === wcId;
}

/** Eyun may push messages again that were there before the question. */
function wasThere({ askedAt }: ChatQuestion, { at }: SaidMessage): boolean {
	return at === null || at >= askedAt - CLOCK_DIFFERENCE_MS;
}

function mayAnswer({ person }: ChatQuestion, { senderId }: SaidMessage): boolean {
	return person === undefined || person === senderId;
}

/** By its id; by its text where Eyun has not told the id yet, or WeChat quotes it by another one. */
function isQuoted({ messageId, text }: ChatQuestion, quoted: SaidMessage['quoted']): boolean {
	if (quoted === undefined) return false;
	if (messageId !== undefined && quoted.messageId === messageId) return true;
	return quoted.text !== null && evenText(quoted.text) === evenText(text);
}

function evenText(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
