import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { TAKEN } from '../../questions/request';
import { answersIn } from './chatAnswers';
import { wordsIn } from '../description/sendAndWait/language';
import { ANSWER_FIELD, NO, notePage, PAGE_HEADERS, questionPage, YES } from './page';
import { type ChatQuestions, type Question, storedQuestion } from './question';

/**
 * Serves the page behind a link: GET shows it, POST is the answer and lets the execution go on. So does the
 * POST of a trigger with the answers that were given in chats. Nothing else does. It never throws: n8n would end the waiting execution with that.
 *
 * @param context n8n's functions of the webhook
 * @returns the answer as `data` of an item, and a page; or nothing that moves the execution
 */
export function answerQuestion(context: IWebhookFunctions): IWebhookResponseData {
	const question = questionOf(context);
	if (question === undefined) return show(context, 500, notePage(wordsIn().unavailable));
	const words = wordsIn('items' in question ? undefined : question.language);
	if (context.getRequestObject().query.question !== question.id) {
		return show(context, 200, notePage(words.answered));
	}
	if (context.getRequestObject().method !== 'POST') {
		if ('items' in question) return show(context, 200, notePage(words.inTheChat));
		return show(context, 200, questionPage(question));
	}
	if ('items' in question) return goOn(context, question);
	const answer = answerOf(question, context.getBodyData());
	if (answer === undefined) {
		const hint = question.choices ? words.pressButton : words.writeSomething;
		return show(context, 400, questionPage(question, hint));
	}
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
	const data = { ...answer, respondedAt: new Date().toISOString() };
	return {
		webhookResponse: notePage(question.thanks),
		workflowData: [[{ json: { data }, pairedItem: { item: 0 } }]],
	};
}

/** A trigger of this n8n hands on what was said in the chat. */
function goOn(context: IWebhookFunctions, questions: ChatQuestions): IWebhookResponseData {
	const items = answersIn(questions, context.getBodyData());
	if (items === undefined) return show(context, 400, notePage(wordsIn().unavailable));
	return { webhookResponse: { answers: TAKEN }, workflowData: [items] };
}

function questionOf(context: IWebhookFunctions): Question | ChatQuestions | undefined {
	try {
		return storedQuestion(context);
	} catch (error) {
		context.logger.warn(`The question of a waiting execution is lost: ${String(error)}`);
		return undefined;
	}
}

/** Answers by ourselves, so that n8n does nothing more. */
function show(context: IWebhookFunctions, status: number, page: string): IWebhookResponseData {
	context.getResponseObject().status(status).set(PAGE_HEADERS).send(page);
	return { noWebhookResponse: true };
}

/** What the form said, in the shape of n8n's own nodes; undefined when it said nothing. */
function answerOf({ choices }: Question, body: IDataObject | undefined): IDataObject | undefined {
	const given = body?.[ANSWER_FIELD];
	if (typeof given !== 'string') return undefined;
	if (choices === undefined) {
		// Forms send line ends as two characters.
		return given.trim() === '' ? undefined : { text: given.replace(/\r\n/g, '\n') };
	}
	if (given !== YES && given !== NO) return undefined;
	const approved = given === YES;
	return choices.some((choice) => choice.approved === approved) ? { approved } : undefined;
}
