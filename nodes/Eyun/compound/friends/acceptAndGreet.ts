import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import { isRecord } from '../../common/records';
import { callOperation } from '../../execution/calls/callOperation';
import { toCall } from '../../execution/calls/toCall';
import { callOptions } from '../../execution/options/callOptions';
import { waitUnlessCancelled } from '../../execution/pacing/pace';
import { throwIfCancelled } from '../../execution/pacing/poll';
import { InvalidInput } from '../../execution/values/invalidInput';
import { isEmpty, toWire } from '../../execution/values/toWire';
import { callVendor } from '../../transport/client';
import { NO_CODE, rewrapFailure, vendorFailure } from '../../transport/failure';
import type { WantedLabels } from './addLabels';
import { idsToAdd, wantedLabels } from './addLabels';
import { changeLabels, labelsJson } from './changeLabels';
import { labelBookOf } from '../people/labels';
import { parametersOf, readFields } from '../people/parameters';
import { operationOf } from '../../catalogue';
import {
	REMARK,
	REQUESTER,
	STEP_PAUSE,
	USUAL_PAUSE_SECONDS,
	FIRST_MESSAGE,
	FRIEND_REQUEST,
	ACCEPT,
} from '../description/friends';
import { LABELS, ACCOUNT } from '../description/people';

const REMARK_OF = operationOf('contact', 'setRemark');
const SEND = operationOf('message', 'sendText');

/** One thing to do once the request is accepted. */
interface Step {
	/** What is done, for messages: "the remark was set". */
	done: string;
	/** What is left to do when it fails: "Contact: Set Remark". */
	byHand: string;
	endpoint: string;
	run: () => Promise<IDataObject>;
}

/** What comes after the acceptance; all that can be wrong about it is found before. */
async function stepsOf(
	context: IExecuteFunctions,
	wId: unknown,
	wcId: string | undefined,
	given: Record<string, unknown>,
	itemIndex: number,
): Promise<Step[]> {
	const remark = toWire(REMARK, given.remark);
	const message = toWire(FIRST_MESSAGE, given.message);
	const labels = isEmpty(given.labels)
		? undefined
		: await labelsWanted(context, wId, given, itemIndex);
	const isAny = [remark, message, labels].some((value) => value !== undefined);
	if (isAny && wcId === undefined) {
		throw new InvalidInput(
			REQUESTER,
			'is empty, but the steps after the acceptance need it',
			'Take it from the trigger ({{ $json.content.wcId }}), or remove the steps. Nothing was accepted',
		);
	}
	const who = wcId ?? '';
	const steps: Step[] = [];
	if (remark !== undefined) {
		steps.push({
			done: 'the remark was set',
			byHand: 'Contact: Set Remark',
			endpoint: REMARK_OF.path,
			run: async () => {
				await callOperation(context, REMARK_OF, { wId, wcId: who, remark }, itemIndex);
				return { remark: String(remark) };
			},
		});
	}
	if (labels !== undefined) {
		steps.push({
			done: 'the labels were set',
			byHand: 'Contact: Add Labels',
			endpoint: '/modifyContactLabel',
			run: async () => await label(context, wId, who, labels, itemIndex),
		});
	}
	if (message !== undefined) {
		steps.push({
			done: 'the message was sent',
			byHand: 'Message: Send Text',
			endpoint: SEND.path,
			run: async () => {
				const values = { wId, wcId: who, content: message };
				const { data } = await callOperation(context, SEND, values, itemIndex);
				return { message: (isRecord(data) ? data : {}) as IDataObject };
			},
		});
	}
	return steps;
}

async function labelsWanted(
	context: IExecuteFunctions,
	wId: unknown,
	given: Record<string, unknown>,
	itemIndex: number,
): Promise<WantedLabels> {
	toWire(LABELS, given.labels);
	const book = await labelBookOf(context, wId, itemIndex);
	return wantedLabels(book, given.labels, (name, fallback) => given[name] ?? fallback);
}

async function label(
	context: IExecuteFunctions,
	wId: unknown,
	wcId: string,
	wanted: WantedLabels,
	itemIndex: number,
): Promise<IDataObject> {
	const book = await labelBookOf(context, wId, itemIndex);
	const created: string[] = [];
	const ids = await idsToAdd(book, wanted, itemIndex, (name) => created.push(name));
	const { labelIds } = await changeLabels(context, {
		wId,
		wcId,
		book,
		change: (present) => [...new Set([...present, ...ids])],
		itemIndex,
	});
	return { ...labelsJson(book, labelIds), created };
}

/** A new friend in one step: accepted once, then named, labelled and greeted. See `CompoundRun`. */
export async function runAcceptAndGreet(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const request = readFields([ACCOUNT, ...FRIEND_REQUEST], parameter);
	const { wId } = request;
	const wcId = toWire(REQUESTER, parameter(REQUESTER.name, '')) as string | undefined;
	const given = parameter('steps', {});
	const values = isRecord(given) ? given : {};
	const pauseMs = Number(toWire(STEP_PAUSE, values.pause) ?? USUAL_PAUSE_SECONDS) * 1_000;
	const steps = await stepsOf(context, wId, wcId, values, itemIndex);
	const { timeoutMs } = callOptions(context, itemIndex, ACCEPT.timeout);
	// The one call that cannot be made twice; all that follows says so when it fails.
	await callVendor(context, toCall(ACCEPT, request, itemIndex, { timeoutMs }));
	const json: IDataObject = { ...(wcId === undefined ? {} : { wcId }), accepted: true };
	const done = ['the friend request was accepted'];
	for (const [index, step] of steps.entries()) {
		try {
			await waitUnlessCancelled(pauseMs, context.getExecutionCancelSignal());
			throwIfCancelled(context);
			Object.assign(json, await step.run());
		} catch (error) {
			throw halfDone(context, error, done, steps.slice(index), itemIndex);
		}
		done.push(step.done);
	}
	return [{ json }];
}

/** Says what is done and what is not. It counts as done, so that nothing accepts the request again. */
function halfDone(
	context: IExecuteFunctions,
	error: unknown,
	done: readonly string[],
	left: readonly Step[],
	itemIndex: number,
): Error {
	const [failed] = left;
	const reason = reasonIn(error, itemIndex);
	const facts = {
		message: `Only ${done.join(' and ')}. Then this failed: ${failed.byHand}: ${reason}`,
		advice: `Do not accept the request again. Do what is left with ${left.map(({ byHand }) => byHand).join(', ')}`,
		mayBeDone: true,
	};
	const node = context.getNode();
	const rewrapped = rewrapFailure(node, error, (known) => ({
		...facts,
		advice: `${facts.advice}. ${known.advice}`,
	}));
	return rewrapped instanceof NodeApiError
		? rewrapped
		: vendorFailure(node, { ...facts, endpoint: failed.endpoint, code: NO_CODE, itemIndex });
}

function reasonIn(error: unknown, itemIndex: number): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.replace(` [item ${itemIndex}]`, '');
}
