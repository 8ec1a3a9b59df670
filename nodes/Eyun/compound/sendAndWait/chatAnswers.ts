import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../../common/records';
import type { ChatQuestions } from './question';

/** What else the output tells of an answer, under the names of the trigger's output. */
const ABOUT = ['senderId', 'senderName', 'messageId'];

/**
 * The output of questions that were asked in chats.
 *
 * @param asked the questions of the waiting execution
 * @param body what the trigger has handed on
 * @returns an item for each input item: its answer, or what it passes on without one; undefined when the body
 *   holds no answers
 */
export function answersIn(
	{ items, output }: ChatQuestions,
	body: IDataObject | undefined,
): INodeExecutionData[] | undefined {
	const answers = body?.answers;
	if (!isRecord(answers)) return undefined;
	const given = items.map((id) => (id === null ? undefined : answers[id]));
	if (output === undefined && !given.every(isRecord)) return undefined;
	return given.flatMap((answer, item) =>
		isRecord(answer)
			? [{ json: shown(answer as IDataObject), pairedItem: { item } }]
			: (output?.[item] ?? []),
	);
}

/** In the shape of an answer on the page. */
function shown({ approved, text, respondedAt, ...about }: IDataObject): IDataObject {
	const data = approved === undefined ? { text, respondedAt } : { approved, respondedAt };
	return {
		data,
		...(approved === undefined ? {} : { text }),
		...Object.fromEntries(ABOUT.map((name) => [name, about[name] ?? null])),
	};
}
