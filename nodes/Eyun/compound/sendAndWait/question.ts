import type { IExecuteFunctions, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import type { Language } from '../description/sendAndWait/language';

/** A button of an approval. */
export interface AnswerButton {
	approved: boolean;
	label: string;
}

/** Questions in chats, as the waiting execution has to know them. */
export interface ChatQuestions {
	/** Stands in the address that takes the answers. */
	id: string;
	/** The question of each input item; null where it was not sent. */
	items: Array<string | null>;
	/** What each item passes on without an answer; left out where there is one item, which n8n passes on. */
	output?: ReadonlyArray<readonly INodeExecutionData[]>;
}

/** A question on its way: all that its page shows, as it was when the link was sent. */
export interface Question {
	/** Stands in the link, so that an old link cannot answer a later question of the same execution. */
	id: string;
	message: string;
	/** Of what the page says besides; left out by earlier versions. */
	language?: Language;
	/** The buttons of an approval; undefined where the answer is free text. */
	choices?: AnswerButton[];
	/** What the page says above the message, on the button under a text, and after the answer. */
	title: string;
	submitLabel: string;
	thanks: string;
}

/** The member of the node's execution context that holds the question as JSON text. */
const MEMBER = 'eyunQuestion';

/**
 * Keeps a question with the execution. n8n stores it while the execution waits.
 *
 * @param context n8n's functions of the running node
 * @param question replaces the one asked before
 */
export function storeQuestion(
	context: IExecuteFunctions,
	question: Question | ChatQuestions,
): void {
	context.getContext('node')[MEMBER] = JSON.stringify(question);
}

/**
 * Reads the question of the waiting execution.
 *
 * @param context n8n's functions of the webhook; an expression is its only way to the context
 * @throws Error when there is none
 */
export function storedQuestion(context: IWebhookFunctions): Question | ChatQuestions {
	// Braces in the name would end the expression.
	const name = JSON.stringify(context.getNode().name).replace(
		/[{}]/g,
		(brace) => `\\u00${brace.charCodeAt(0).toString(16)}`,
	);
	const text = context.evaluateExpression(`{{ $node[${name}].context.${MEMBER} }}`, 0);
	return JSON.parse(String(text)) as Question | ChatQuestions;
}
