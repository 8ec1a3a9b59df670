import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError, WAIT_INDEFINITELY } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import { failureOf } from '../../common/errors';
import { answerSignedLinksOnly } from '../../common/n8n/olderN8n';
import { isRecord } from '../../common/records';
import { toCall } from '../../execution/calls/toCall';
import { ItemMemory, nameOfRun } from '../../execution/itemMemory';
import { callOptions } from '../../execution/options/callOptions';
import type { ChatQuestion, QuestionGroup } from '../../questions/question';
import type { QuestionRequest } from '../../questions/request';
import { callVendor } from '../../transport/client';
import { keeperFor } from '../../trigger/questions/keeper';
import { type Keeper, tellOfQuestions } from '../../trigger/questions/tell';
import type { ProcessState } from '../../trigger/state/triggerState';
import { type Asked, readChatQuestion } from './chatQuestion';
import { storeQuestion } from './question';
import { operationOf } from '../../catalogue';

const SEND = operationOf('message', 'sendText');

/** With several questions the trigger ends the wait, so that answers are kept; n8n only if no trigger does. */
const GRACE_MS = 120_000;

/** One question that was sent. */
interface Sent {
	group: string;
	question: ChatQuestion;
	keeper: Keeper;
}

/** Asks in chats; what one run asks belongs together. */
export class ChatAsker {
	/** What each item of a run has asked, also in earlier tries of Retry On Fail. */
	private readonly sent = new ItemMemory<Sent>();

	/** The name of the group that a run's questions belong to, by the run's context. */
	private readonly groups = new WeakMap<IExecuteFunctions, string>();

	private readonly keepers = new WeakMap<IExecuteFunctions, Promise<Keeper>>();

	/** @param shared what the nodes of this process share */
	constructor(private readonly shared: ProcessState) {}

	/**
	 * Asks the question of one item. The trigger that gets the answer knows of it before it is sent.
	 *
	 * @param context n8n's functions of the running node
	 * @param itemIndex the input item, counted from 0
	 * @param asked whom, what, until when
	 * @throws InvalidInput, NodeApiError or NodeOperationError
	 */
	async ask(context: IExecuteFunctions, itemIndex: number, asked: Asked): Promise<void> {
		const question = await readChatQuestion(context, itemIndex, asked);
		const keeper = await this.keeperOf(context, itemIndex);
		const group = this.groupOf(context);
		const put = async (more: Partial<ChatQuestion> = {}) => {
			Object.assign(question, more);
			const questions = [question];
			return await this.tell(context, keeper, {
				put: { ...this.frame(context, group), questions },
			});
		};
		const body = { wId: asked.wId, wcId: asked.chat, content: question.text };
		const { timeoutMs } = callOptions(context, itemIndex);
		const call = toCall(SEND, body, itemIndex, {
			timeoutMs,
			beforeSend: async () => {
				const unkept = await put({ askedAt: Date.now() });
				if (unkept !== undefined) throw notKept(context, itemIndex, unkept);
			},
		});
		const sent = callVendor(context, call);
		const failure = await failureOf(sent);
		if (failure !== undefined) {
			await this.tell(context, keeper, { withdraw: { group, ids: [question.id] } });
			throw failure;
		}
		const { data } = await sent;
		const messageId = isRecord(data) ? data.newMsgId : undefined;
		// Should it fail, the last word of the run says it again.
		if (messageId !== undefined) await put({ messageId: String(messageId) });
		this.sent.set(context, nameOfRun(context), itemIndex, { group, question, keeper });
	}

	/**
	 * Lets the execution wait for all that was asked, or takes it back.
	 *
	 * @param context n8n's functions of the running node
	 * @param output what each item passes on if it is not answered in time
	 * @param succeeded false when the node fails or was canceled
	 * @throws NodeOperationError when the trigger cannot be told that all is asked
	 */
	async conclude(
		context: IExecuteFunctions,
		output: readonly INodeExecutionData[][],
		succeeded: boolean,
	): Promise<void> {
		const run = nameOfRun(context);
		const items = context
			.getInputData()
			.map((_, itemIndex) => this.sent.get(context, run, itemIndex));
		const sent = items.filter((one) => one !== undefined);
		if (sent.length === 0) return;
		const [{ group, keeper }] = sent;
		const questions = sent.map(({ question }) => question);
		if (!succeeded) {
			// The next try goes on with what this one has asked.
			if (context.getNode().retryOnFail) return;
			const ids = questions.map(({ id }) => id);
			await this.tell(context, keeper, { withdraw: { group, ids } });
			return;
		}
		storeQuestion(context, {
			id: group,
			items: items.map((one) => one?.question.id ?? null),
			...(items.length === 1 ? {} : { output }),
		});
		const put = { ...this.frame(context, group), ready: true, questions };
		const failure = await this.tell(context, keeper, { put });
		if (failure !== undefined) throw unheard(context, failure);
		answerSignedLinksOnly(context);
		await context.putExecutionToWait(waitTill(questions));
	}

	/** Retry On Fail has a context for each try, and one group for all. */
	private groupOf(context: IExecuteFunctions): string {
		const run = nameOfRun(context);
		const [earlier] = context
			.getInputData()
			.map((_, itemIndex) => this.sent.get(context, run, itemIndex))
			.filter((one) => one !== undefined);
		const group = earlier?.group ?? this.groups.get(context) ?? randomUUID();
		this.groups.set(context, group);
		return group;
	}

	private async keeperOf(context: IExecuteFunctions, itemIndex: number): Promise<Keeper> {
		const keeper = this.keepers.get(context) ?? keeperFor(context, this.shared, itemIndex);
		this.keepers.set(context, keeper);
		return await keeper;
	}

	private frame(context: IExecuteFunctions, id: string): Omit<QuestionGroup, 'questions'> {
		return { id, resumeUrl: context.getSignedResumeUrl({ question: id }), ready: false };
	}

	private async tell(
		context: IExecuteFunctions,
		keeper: Keeper,
		request: QuestionRequest,
	): Promise<string | undefined> {
		return await tellOfQuestions(context, this.shared, keeper, request);
	}
}

function waitTill(questions: readonly ChatQuestion[]): Date {
	const last = Math.max(...questions.map(({ until = Infinity }) => until));
	if (last === Infinity) return WAIT_INDEFINITELY;
	return new Date(questions.length === 1 ? last : last + GRACE_MS);
}

function notKept(context: IExecuteFunctions, itemIndex: number, reason: string) {
	return new NodeOperationError(
		context.getNode(),
		`The trigger that gets the answer could not be told of the question [item ${itemIndex}]`,
		{
			description: `${reason.replace(/\.$/, '')}. n8n must reach its own webhooks, at the address in WEBHOOK_URL or from inside. Nothing was sent`,
			itemIndex,
		},
	);
}

function unheard(context: IExecuteFunctions, reason: string) {
	return new NodeOperationError(
		context.getNode(),
		'The questions were sent, but the trigger that gets the answers could not be told to hand them on',
		{
			description: `${reason.replace(/\.$/, '')}. Do not run the node again: it would ask again`,
			itemIndex: 0,
		},
	);
}
