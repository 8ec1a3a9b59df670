import type { ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { QuestionGroup } from '../../questions/question';
import { isComplete, isOpen } from '../../questions/question';
import { toUrl } from '../address/callbackAddress';
import { throughDoor } from '../address/door';
import { post } from '../address/post';
import { staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { resume } from './resume';

type Context = ITriggerFunctions | IWebhookFunctions;

/** From one try to the next, in milliseconds; twice as long each time. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 15_000;

/** So often in a row, within about six seconds, n8n must say that nothing waits for the answers. */
const LOOKS = 7;

/** How long an execution that n8n does not know may still be on its way into its database. */
const UNKNOWN_FOR_MS = 600_000;

/** How long it is tried otherwise: a node that asks many people with pauses takes its time. */
const TRIED_FOR_MS = 86_400_000;

/** A clock that sleeps longer than this overflows. */
const LONGEST_SLEEP_MS = 3_600_000;

/**
 * Sees to it that the answers of a group reach its execution: now if all are there, else when the time of the
 * last question is over. A single question without an answer is left to n8n, which ends the wait.
 *
 * @param context n8n's functions of the trigger or of a webhook
 * @param state of the trigger
 * @param group as the book has it
 * @param isOld whether the group was taken up from before a restart, so that its answers may have arrived
 */
export function seeToGroup(
	context: Context,
	state: TriggerState,
	group: QuestionGroup,
	isOld = false,
): void {
	const { questions: book } = state.shared;
	if (isComplete(group)) return handOn(context, state, group, isOld);
	const times = group.questions.filter((question) => isOpen(question)).map(({ until }) => until);
	const last = Math.max(...times.filter((until) => until !== undefined));
	if (!group.ready || group.questions.length === 1 || !Number.isFinite(last)) return;
	void waitUntil(last, () => book.group(group.id) !== group).then(() => {
		if (book.group(group.id) === group && isComplete(group)) handOn(context, state, group, isOld);
	});
}

async function waitUntil(time: number, isOver: () => boolean): Promise<void> {
	for (let left = time - Date.now(); left > 0 && !isOver(); left = time - Date.now()) {
		await sleep(Math.min(left, LONGEST_SLEEP_MS));
	}
}

function handOn(context: Context, state: TriggerState, group: QuestionGroup, isOld: boolean): void {
	const isAnswered = group.questions.some(({ answer }) => answer !== undefined);
	if (!isAnswered && group.questions.length === 1) return;
	state.shared.questions.once(group.id, async () => {
		const end = await untilTaken(context, state, group);
		state.shared.questions.end(group.id);
		// What may have arrived before is not started as a message of its own.
		if (end === 'gone' && !isOld) await asMessages(context, state, group);
		noteAll(state);
	});
}

async function untilTaken(
	context: Context,
	{ shared }: TriggerState,
	group: QuestionGroup,
): Promise<'taken' | 'gone' | 'lost'> {
	const begun = performance.now();
	let mayHaveArrived = false;
	let inside = true;
	let pauseMs = FIRST_PAUSE_MS;
	let looks = 0;
	for (;;) {
		const end = await resume(context, shared, group, inside);
		if (end === 'taken') return 'taken';
		looks = end === 'notThere' ? looks + 1 : 0;
		if (looks === 1) pauseMs = FIRST_PAUSE_MS;
		if (end === 'gone' || looks === LOOKS) return mayHaveArrived ? 'taken' : 'gone';
		if (end === 'unclear') mayHaveArrived = true;
		if (end === 'notSent') inside = !inside;
		const triedMs = performance.now() - begun;
		if (end === 'unknown' && triedMs > UNKNOWN_FOR_MS) return mayHaveArrived ? 'taken' : 'gone';
		if (triedMs > TRIED_FOR_MS) break;
		await sleep(pauseMs);
		pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
	}
	context.logger.error(
		'Eyun WeChat Trigger: answers to a question could not be handed on to the execution that waits for them',
		{ messages: group.questions.map(({ answer }) => answer?.messageId ?? null) },
	);
	return 'lost';
}

/** The execution was canceled or is over: what was taken for answers are messages like any other. */
async function asMessages(
	context: Context,
	state: TriggerState,
	group: QuestionGroup,
): Promise<void> {
	const { shared, id } = state;
	const kept = staticDataOf(context);
	const known = shared.registrations.addressOf(id);
	const { secret, address } = known ?? kept;
	for (const { answer } of group.questions) {
		if (answer === undefined) continue;
		shared.questions.release(answer.key);
		const url =
			secret === undefined || address === undefined ? undefined : toUrl({ address, secret });
		const failure =
			url === undefined
				? { reason: 'The trigger is not active' }
				: await post(context, throughDoor(shared.door, url), Buffer.from(answer.callback));
		if (failure === undefined) continue;
		context.logger.error(
			'Eyun WeChat Trigger: the execution that asked is gone, and the message that answered it could not start the workflow in its place',
			{ reason: failure.reason, message: answer.messageId },
		);
	}
}

/** Whatever triggers keep is as the book has it; n8n stores it with the next event. */
function noteAll({ shared }: TriggerState): void {
	for (const { id, durable } of shared.all) {
		durable.note((data) => {
			if (data.questions !== undefined) data.questions = shared.questions.storedFor(id);
		});
	}
}
