import { choice } from '../../../catalogue/fields';
import type { Field } from '../../../catalogue/types';

/** What the person who is asked reads, where the user of n8n says nothing else. */
interface Words {
	approve: string;
	decline: string;
	title: string;
	submit: string;
	thanks: string;
	answered: string;
	inTheChat: string;
	unavailable: string;
	pressButton: string;
	writeSomething: string;
	/** Below a question in the chat: for an answer in words, and for one of several by its number. */
	replyFreely: string;
	replyOneOf(labels: readonly string[]): string;
}

const ENGLISH: Words = {
	approve: 'Approve',
	decline: 'Decline',
	title: 'Your Answer Is Needed',
	submit: 'Submit',
	thanks: 'Thank you, your answer has been recorded. You can close this page.',
	answered: 'This question has been answered already.',
	inTheChat: 'This question is answered in the chat.',
	unavailable: 'This question cannot be shown.',
	pressButton: 'Please press a button.',
	writeSomething: 'Please write something.',
	replyFreely: 'Reply with your answer',
	replyOneOf: (labels) =>
		`Reply ${labels.map((label, place) => `${place + 1} for ${label}`).join(' or ')}`,
};

const CHINESE: Words = {
	approve: '同意',
	decline: '拒绝',
	title: '请您答复',
	submit: '提交',
	thanks: '谢谢，已收到您的答复。可以关闭此页面了。',
	answered: '这个问题已经答复过了。',
	inTheChat: '请在聊天中答复这个问题。',
	unavailable: '无法显示这个问题。',
	pressButton: '请点一个按钮。',
	writeSomething: '请先填写内容。',
	replyFreely: '请直接回复您的答案',
	replyOneOf: (labels) =>
		`${labels.map((label, place) => `回复 ${place + 1} ${label}`).join('，')}`,
};

const LANGUAGES = { en: ENGLISH, zh: CHINESE };

/** The language of a question, as it is kept with it. */
export type Language = keyof typeof LANGUAGES;

/** The words of a language; questions of earlier versions, which have none, are English. */
export function wordsIn(language: Language = 'en'): Words {
	return LANGUAGES[language];
}

/** The option's values. */
const AS_THE_QUESTION = 'question';

/** The option that chooses the language. */
export const languageField: Field = choice(
	'language',
	'Language',
	'The language of what the node adds to the question',
	[
		{
			name: 'Of the Question',
			value: AS_THE_QUESTION,
			description: 'Chinese when most of the question is, otherwise English',
		},
		{ name: 'Chinese', value: 'zh' },
		{ name: 'English', value: 'en' },
	],
	{ optional: true, default: AS_THE_QUESTION },
);

/**
 * The language that a question is asked in.
 *
 * @param chosen the option's value; anything else than a language means that of the question
 * @param question its text
 */
export function languageOf(chosen: unknown, question: string): Language {
	if (chosen === 'en' || chosen === 'zh') return chosen;
	// A name in a question may be of the other language.
	const characters = question.match(/\p{Script=Han}/gu)?.length ?? 0;
	const words = question.match(/[A-Za-z]+/g)?.length ?? 0;
	return characters > words ? 'zh' : 'en';
}

/**
 * A text that users may set.
 *
 * @param given what the parameter holds; empty, or what the editor has filled in, it is the usual word
 * @param word which one
 * @param language of the question
 */
export function textOr(
	given: string | undefined,
	word: Exclude<keyof Words, 'replyOneOf'>,
	language: Language,
): string {
	return given && given !== ENGLISH[word] ? given : LANGUAGES[language][word];
}
