import { RecentKeys } from '../common/recentKeys';
import type { ChatAnswer, ChatQuestion, QuestionGroup } from './question';
import { isOpen } from './question';

/** What a trigger keeps of questions in n8n's static data. */
export interface StoredQuestions {
	groups: QuestionGroup[];
	/** The keys of the messages that answered the latest questions: a duplicate starts nothing, either. */
	answered: string[];
}

/** So many questions may wait for their answers in one process. */
export const MOST_QUESTIONS = 1_000;

/** A node that has not asked all its questions for so long is gone, in milliseconds. */
const LEFT_AFTER_MS = 86_400_000;

const MOST_ENDED = 2_000;
const MOST_ANSWERED = 200;

interface Entry {
	group: QuestionGroup;
	/** The triggers that keep it, by id. */
	keepers: Set<string>;
}

/** The open questions of one process of n8n, whichever of its triggers gets the answer. */
export class QuestionBook {
	/** The oldest first. */
	private readonly entries = new Map<string, Entry>();

	/** Groups that are over; what a trigger still keeps of them is old. */
	private readonly ended = new RecentKeys<true>();

	/** Keys of messages that were answers. */
	private answered: string[] = [];

	/** Keys of messages that were taken for answers to executions that are gone. */
	private readonly released = new RecentKeys<true>();

	/** Who was told that what was said is no answer, by question and person. */
	private readonly replied = new RecentKeys<true>();

	private readonly working = new Map<string, Promise<void>>();

	/** Whether there is nothing to compare a message with. */
	get isEmpty(): boolean {
		return this.entries.size === 0 && this.answered.length === 0;
	}

	/** All questions, the oldest first. */
	get questions(): ChatQuestion[] {
		return [...this.entries.values()]
			.flatMap(({ group }) => group.questions)
			.sort((one, other) => one.askedAt - other.askedAt);
	}

	/** Whether something is asked in a chat. */
	isAsking(chat: string | null): boolean {
		return [...this.entries.values()].some(({ group }) =>
			group.questions.some((question) => question.chat === chat && isOpen(question)),
		);
	}

	/** Whether a message was an answer already. */
	isAnswer(key: string): boolean {
		return this.answered.includes(key);
	}

	/** The group of a question. */
	groupOf({ id }: ChatQuestion): QuestionGroup | undefined {
		return [...this.entries.values()].find(({ group }) =>
			group.questions.some((question) => question.id === id),
		)?.group;
	}

	/** A group that is not over. */
	group(id: string): QuestionGroup | undefined {
		return this.entries.get(id)?.group;
	}

	/** Whether so many more questions may be asked. */
	hasRoomFor(count: number): boolean {
		return this.questions.length + count <= MOST_QUESTIONS;
	}

	/**
	 * Adds questions, or what is new about them. An answer that has come already stays.
	 *
	 * @param keeper the trigger that keeps them
	 * @param given the group, with these questions only
	 */
	put(keeper: string, { id, resumeUrl, ready, questions }: QuestionGroup): void {
		const entry = this.entries.get(id) ?? {
			group: { id, resumeUrl, ready, questions: [] },
			keepers: new Set<string>(),
		};
		const { group, keepers } = entry;
		group.ready ||= ready;
		for (const question of questions) {
			const place = group.questions.findIndex((known) => known.id === question.id);
			if (place === -1) group.questions.push(question);
			else group.questions[place] = { ...question, ...answerOf(group.questions[place]) };
		}
		keepers.add(keeper);
		this.entries.set(id, entry);
		this.ended.delete(id);
	}

	/** Takes questions back that were not sent. */
	withdraw(groupId: string, ids: readonly string[]): void {
		const entry = this.entries.get(groupId);
		if (entry === undefined) return;
		entry.group.questions = entry.group.questions.filter(({ id }) => !ids.includes(id));
		if (entry.group.questions.length === 0) this.end(groupId);
	}

	/**
	 * Notes an answer.
	 *
	 * @param keeper the trigger that got it, which keeps it from now on
	 */
	answer(keeper: string, question: ChatQuestion, answer: ChatAnswer): void {
		question.answer = answer;
		this.noteAnswered(answer.key);
		const group = this.groupOf(question);
		if (group !== undefined) this.entries.get(group.id)?.keepers.add(keeper);
	}

	/** The group is over: its execution goes on, or is gone. */
	end(groupId: string): void {
		this.entries.delete(groupId);
		this.ended.set(groupId, true, MOST_ENDED);
	}

	/** Lets a message that was an answer be a message like any other. */
	release(key: string): void {
		this.released.set(key, true, MOST_ENDED);
		this.answered = this.answered.filter((known) => known !== key);
	}

	/** What a trigger is to keep: a copy, which n8n may watch. */
	storedFor(keeper: string): StoredQuestions {
		this.sweep();
		const kept = [...this.entries.values()].filter(({ keepers }) => keepers.has(keeper));
		return copyOf({ groups: kept.map(({ group }) => group), answered: this.answered });
	}

	/**
	 * Takes up what a trigger has kept.
	 *
	 * @returns the groups that were not known here, or not with all their answers
	 */
	restore(keeper: string, stored: StoredQuestions): QuestionGroup[] {
		// Static data of n8n watch themselves.
		const { groups, answered } = copyOf(stored);
		for (const key of answered) {
			if (!this.isAnswer(key) && !this.released.get(key)) this.noteAnswered(key);
		}
		return groups.filter((group) => {
			if (this.ended.get(group.id)) return false;
			const known = this.entries.get(group.id)?.group;
			const isNews = known === undefined || hasMoreAnswers(group, known);
			if (known === undefined) this.put(keeper, group);
			else adoptAnswers(known, group);
			this.entries.get(group.id)?.keepers.add(keeper);
			return isNews;
		});
	}

	/**
	 * Does something for a group that must not be done twice at the same time, such as handing its answers on.
	 *
	 * @param name of the group and the work
	 */
	once(name: string, work: () => Promise<void>): void {
		if (this.working.has(name)) return;
		const done = work().finally(() => this.working.delete(name));
		this.working.set(name, done);
	}

	/** Whether somebody is told for the first time that what was said is no answer to a question. */
	isFirstReply({ id }: ChatQuestion, senderId: string): boolean {
		const key = `${id}|${senderId}`;
		if (this.replied.get(key)) return false;
		this.replied.set(key, true, MOST_ENDED);
		return true;
	}

	/** Resolves when no answer is on its way to its execution. */
	async idle(): Promise<void> {
		while (this.working.size > 0) await Promise.all(this.working.values());
	}

	/** Drops what nobody waits for any more: n8n itself ends the wait for a single question. */
	private sweep(now = Date.now()): void {
		for (const { group } of [...this.entries.values()]) {
			const { id, ready, questions } = group;
			const isOver = questions.length === 1 && !isOpen(questions[0], now) && !questions[0].answer;
			const isLeft = !ready && questions.every(({ askedAt }) => askedAt < now - LEFT_AFTER_MS);
			if (isOver || isLeft) this.end(id);
		}
	}

	private noteAnswered(key: string): void {
		this.answered = [...this.answered, key].slice(-MOST_ANSWERED);
	}
}

function copyOf<Value>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}

function answerOf({ answer }: ChatQuestion): Pick<ChatQuestion, 'answer'> {
	return answer === undefined ? {} : { answer };
}

function hasMoreAnswers(group: QuestionGroup, known: QuestionGroup): boolean {
	return group.questions.some(
		({ id, answer }) =>
			answer !== undefined && known.questions.some((one) => one.id === id && !one.answer),
	);
}

function adoptAnswers(known: QuestionGroup, { questions }: QuestionGroup): void {
	for (const question of known.questions) {
		question.answer ??= questions.find(({ id }) => id === question.id)?.answer;
	}
}
