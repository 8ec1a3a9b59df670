import { isMessageEvent } from '../../callbacks/events';
import type { TriggerOutput } from '../../callbacks/output';
import { isRecord } from '../../common/records';
import type { AnswerMatch, SaidMessage } from '../../questions/match';
import { matchAnswer } from '../../questions/match';
import { seeToGroup } from '../questions/handOn';
import { afterAnswer, keepQuestions, takeUpQuestions } from '../questions/keep';
import { replyTo } from '../questions/replyTo';
import { NO_WORDS_OF_ONES_OWN } from './merge';
import type { Received } from './received';

/**
 * Whether a message answers an open question. Then it is noted, stored, and handed on to the execution that
 * waits for it; nothing else is to come of the message.
 *
 * @param received the event
 * @param body of the callback
 */
export async function isTakenAsAnswer(received: Received, body: Buffer): Promise<boolean> {
	const { context, state, event } = received;
	const { questions: book } = state.shared;
	if (!isSaid(event.output)) return false;
	// Other processes may have been told of questions, and only n8n's database knows of them here.
	takeUpQuestions(context, state);
	if (book.isEmpty) return false;
	if (book.isAnswer(event.key.id)) return true;
	if (!book.isAsking(event.output.chatId)) return false;
	const output = event.complete(state.shared.names);
	const said = saidIn(output);
	const match = matchAnswer(said, book.questions);
	if (match.kind !== 'answer') {
		reply(received, match);
		return false;
	}
	const { question, approved } = match;
	book.answer(state.id, question, {
		...(approved === undefined ? {} : { approved }),
		text: said.text,
		respondedAt: new Date(said.at ?? Date.now()).toISOString(),
		senderId: output.senderId,
		senderName: output.senderName,
		messageId: output.messageId,
		key: event.key.id,
		callback: body.toString('utf8'),
	});
	received.responder.acceptInTime();
	await keepQuestions(context, state);
	const group = book.groupOf(question);
	if (group) afterAnswer(context, () => seeToGroup(context, state, group));
	return true;
}

/** What somebody else said; own words never answer. */
function isSaid({ self, event, chatId }: TriggerOutput): boolean {
	return !self && chatId !== null && isMessageEvent(event) && !NO_WORDS_OF_ONES_OWN.includes(event);
}

function saidIn({ content, chatInput, timestamp, ...output }: TriggerOutput): SaidMessage {
	const { wcId, wId, chatId, senderId, text } = output;
	const said = { wcId, wId, chatId, senderId, at: timestamp === null ? null : timestamp * 1_000 };
	if (!isRecord(content) || content.type !== 'quote') return { ...said, text: chatInput };
	const { quoted } = content;
	return {
		...said,
		text: String(content.text ?? text ?? ''),
		quoted: {
			messageId: isRecord(quoted) ? idIn(quoted.messageId) : null,
			text: isRecord(quoted) && typeof quoted.text === 'string' ? quoted.text : null,
		},
	};
}

function idIn(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

function reply({ context, state, event }: Received, match: AnswerMatch): void {
	if (match.kind !== 'notUnderstood' && match.kind !== 'notAsked') return;
	const { question } = match;
	const text = match.kind === 'notUnderstood' ? question.notUnderstood : question.toOthers;
	if (text !== undefined) replyTo(context, state, question, event.output, text);
}
