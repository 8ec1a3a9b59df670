/** One way to answer an approval. */
export interface ReplyChoice {
	approved: boolean;
	/** What the user calls it. */
	label: string;
	/** What else counts as this answer, besides its number and its label. */
	words: readonly string[];
}

/** What somebody has answered. */
export interface ChatAnswer {
	/** Of an approval; undefined for free text. */
	approved?: boolean;
	/** What was said, without a mention of the account. */
	text: string;
	/** When it was said, in ISO 8601. */
	respondedAt: string;
	senderId: string | null;
	senderName: string | null;
	messageId: string | null;
	/** What makes the message the same one as another (`eventKeyOf`). */
	key: string;
	/** The callback as it came, should its execution be gone. */
	callback: string;
}

/** A question that is answered in a chat of WeChat. */
export interface ChatQuestion {
	id: string;
	/** The account that asks. */
	account: {
		wcId?: string;
		/** Its login, where the WeChat ID is not known. */
		wId?: string;
	};
	/** The friend or the group. */
	chat: string;
	/** Who may answer, by WeChat ID; anybody in the chat when left out. */
	person?: string;
	/** Left out for free text. */
	choices?: readonly ReplyChoice[];
	/** What was sent, by which a quote is recognized, too. */
	text: string;
	/** The `newMsgId` of the question, once it is sent. */
	messageId?: string;
	/** Unix time in milliseconds. */
	askedAt: number;
	/** Unix time in milliseconds, after which no answer counts. */
	until?: number;
	/** Sent to who may answer and says something else. */
	notUnderstood?: string;
	/** Sent to who answers and may not. */
	toOthers?: string;
	answer?: ChatAnswer;
}

/** The questions that one run of a node asks; its execution goes on when all are answered. */
export interface QuestionGroup {
	id: string;
	/** Where n8n takes the answers, with its signature. */
	resumeUrl: string;
	/** All questions have been asked, and the execution is about to wait. */
	ready: boolean;
	questions: ChatQuestion[];
}

/**
 * Whether a question still takes an answer.
 *
 * @param question any
 * @param now Unix time in milliseconds
 */
export function isOpen({ answer, until = Infinity }: ChatQuestion, now = Date.now()): boolean {
	return answer === undefined && until > now;
}

/**
 * Whether nothing is to be waited for any more.
 *
 * @param group any
 * @param now Unix time in milliseconds
 */
export function isComplete({ ready, questions }: QuestionGroup, now = Date.now()): boolean {
	return ready && questions.every((question) => !isOpen(question, now));
}
