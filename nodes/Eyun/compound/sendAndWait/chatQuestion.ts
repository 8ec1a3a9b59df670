import type { IExecuteFunctions } from 'n8n-workflow';
import { WAIT_INDEFINITELY } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { Field } from '../../catalogue/types';
import { isGroupId } from '../../common/wechatIds';
import { InvalidInput } from '../../execution/values/invalidInput';
import { toWire } from '../../execution/values/toWire';
import type { ChatQuestion, ReplyChoice } from '../../questions/question';
import { NO_WORDS, plainWords, wordsOfEach, YES_WORDS } from '../../questions/words';
import { Account } from '../../transport/accounts';
import { accountsOnline } from '../../transport/client';
import {
	answeredBy,
	approveWords,
	CHAT_OPTIONS,
	declineWords,
	instruction,
	notUnderstood,
	toOthers,
} from '../description/sendAndWait/chatProperties';
import { type ApprovalTexts, choicesOf } from './choices';
import {
	type Language,
	languageField,
	languageOf,
	wordsIn,
} from '../description/sendAndWait/language';
import { APPROVAL } from '../description/sendAndWait/properties';
import type { AnswerButton } from './question';

/** What a question is made of besides the parameters that are read here. */
export interface Asked {
	/** As `buildBody` gave it. */
	wId: unknown;
	chat: string;
	message: string;
	until: Date;
}

/**
 * Reads the parameters of a question that is answered in the chat.
 *
 * @param context n8n's functions of the running node
 * @param itemIndex the input item, counted from 0
 * @param asked whom, what, until when
 * @throws InvalidInput
 */
export async function readChatQuestion(
	context: IExecuteFunctions,
	itemIndex: number,
	{ wId, chat, message, until }: Asked,
): Promise<ChatQuestion> {
	const parameter = (name: string, fallback: unknown) =>
		context.getNodeParameter(name, itemIndex, fallback) as unknown;
	const options = parameter(CHAT_OPTIONS, {}) as Record<string, unknown>;
	const textOf = (field: Field) => toWire(field, options[field.name]) as string | undefined;
	const { values = {} } = parameter('approvalOptions', {}) as { values?: ApprovalTexts };
	const language = languageOf(options[languageField.name], message);
	const choices =
		parameter('responseType', APPROVAL) === APPROVAL
			? withWords(choicesOf(values, language), options)
			: undefined;
	const line =
		options[instruction.name] === undefined ? howTo(choices, language) : textOf(instruction);
	const person = toWire(answeredBy, parameter(answeredBy.name, '')) as string | undefined;
	return {
		id: randomUUID(),
		account: await accountOf(context, wId),
		chat,
		// In a private chat there is nobody else.
		...(person === undefined || !isGroupId(chat) ? {} : { person }),
		...(choices === undefined ? {} : { choices }),
		text: line === undefined ? message : `${message}\n\n${line}`,
		askedAt: Date.now(),
		...(until.getTime() === WAIT_INDEFINITELY.getTime() ? {} : { until: until.getTime() }),
		notUnderstood: textOf(notUnderstood),
		toOthers: textOf(toOthers),
	};
}

function howTo(choices: readonly ReplyChoice[] | undefined, language: Language): string {
	const words = wordsIn(language);
	return choices === undefined
		? words.replyFreely
		: words.replyOneOf(choices.map(({ label }) => label));
}

function withWords(buttons: AnswerButton[], options: Record<string, unknown>): ReplyChoice[] {
	const fields = [approveWords, declineWords];
	const own = fields.map((field) => toWire(field, options[field.name]) as string[] | undefined);
	const usual = [YES_WORDS, NO_WORDS];
	const labels = buttons.map(({ label }) => ({ label, words: [] }));
	const given = buttons.map((button, place) => ({ ...button, words: own[place] ?? [] }));
	const [first, second = []] = wordsOfEach(given);
	const both = first.find((word) => second.includes(word));
	if (both !== undefined) {
		throw new InvalidInput(
			own[1] === undefined ? approveWords : declineWords,
			`has "${both}", which would approve and decline`,
			'Give each answer words, and each button a label, of its own. Nothing was sent',
		);
	}
	const taken = [
		...first,
		...second,
		...wordsOfEach(labels.map((one) => ({ ...one, approved: true }))).flat(),
	];
	return given.map((choice, place) => ({
		...choice,
		words: own[place] ?? usual[place].filter((word) => !taken.includes(plainWords(word))),
	}));
}

/** Messages tell the WeChat ID of the account, and its login only until the next one. */
async function accountOf(
	context: IExecuteFunctions,
	wId: unknown,
): Promise<ChatQuestion['account']> {
	if (wId instanceof Account) return { wcId: wId.wcId };
	const login = String(wId);
	const online = await accountsOnline(context).catch(() => []);
	const wcId = online.find((account) => account.wId === login)?.wcId;
	return wcId === undefined ? { wId: login } : { wcId };
}
