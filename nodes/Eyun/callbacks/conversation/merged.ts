import type { TriggerOutput } from '../output';

/**
 * Makes one event of messages that one person wrote in one chat in quick succession.
 *
 * @param messages what the trigger would output for each, in their order; at least one
 * @returns the last message, which an answer refers to, with the words of all
 */
export function mergedOf(messages: TriggerOutput[]): TriggerOutput {
	const last = messages[messages.length - 1];
	const texts = messages.map(({ text }) => text).filter((text) => text !== null);
	return {
		...last,
		text: texts.length > 0 ? texts.join('\n') : null,
		chatInput: messages.map(({ chatInput }) => chatInput).join('\n'),
		mentions: [...new Set(messages.flatMap(({ mentions }) => mentions))],
		mentioned: messages.some(({ mentioned }) => mentioned),
		messages,
	};
}
