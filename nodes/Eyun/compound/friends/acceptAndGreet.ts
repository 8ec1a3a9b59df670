import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { CANNOT_BE_UNDONE, plainTextOf, told } from '../../catalogue/tool/values';
import { id, int, longText, positive, text } from '../../catalogue/fields';
import { isRecord } from '../../common/records';
import { toProperty } from '../../description/field';
import { toPropertyForVersions } from '../../description/versions';
import { callOperation, operationOf } from '../../execution/calls/callOperation';
import { toCall } from '../../execution/calls/toCall';
import type { CompoundOperation } from '../../execution/compoundOperation';
import { callOptions } from '../../execution/options/callOptions';
import { waitUnlessCancelled } from '../../execution/pacing/pace';
import { throwIfCancelled } from '../../execution/pacing/poll';
import { InvalidInput } from '../../execution/values/invalidInput';
import { isEmpty, toWire } from '../../execution/values/toWire';
import { callVendor } from '../../transport/client';
import { NO_CODE, rewrapFailure, vendorFailure } from '../../transport/failure';
import type { WantedLabels } from './addLabels';
import { createMissingProperty, idsToAdd, wantedLabels } from './addLabels';
import { changeLabels, labelsJson } from './changeLabels';
import { labelBookOf, LABELS, labelsProperty } from '../people/labels';
import { ACCOUNT, parametersOf, readFields } from '../people/parameters';

const ACCEPT = operationOf('contact', 'acceptRequest');
const REMARK_OF = operationOf('contact', 'setRemark');
const SEND = operationOf('message', 'sendText');

const REQUEST: readonly Field[] = [
	id('v1', 'Request Key v1', 'The v1 of the friend request, as the trigger outputs it'),
	id('v2', 'Request Key v2', 'The v2 of the friend request, as the trigger outputs it'),
	positive('type', 'Source', 'The scene of the friend request, as the trigger outputs it'),
];

const WHO: Field = {
	...id('wcId', 'WeChat ID', 'Who asks, for the steps after the acceptance'),
	optional: true,
};

const REMARK: Field = { ...text('remark', 'Remark'), optional: true };
const MESSAGE: Field = { ...longText('message', 'First Message'), optional: true };

const USUAL_PAUSE_SECONDS = 3;
const PAUSE: Field = {
	...int('pause', 'Pause (Seconds)'),
	optional: true,
	min: 0,
	max: 300,
	default: USUAL_PAUSE_SECONDS,
};

/** What the trigger outputs for a friend request, as an expression. */
function fromTrigger({ label, name, description }: Field, member: string): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'string',
		default: `={{ $json.content.${member} }}`,
		description,
	};
}

const properties: INodeProperties[] = [
	...toPropertyForVersions(ACCOUNT),
	...REQUEST.map((field) => ({
		...fromTrigger(field, field.name === 'type' ? 'scene' : field.name),
		required: true,
	})),
	fromTrigger(WHO, 'wcId'),
	{
		displayName: 'Steps After the Acceptance',
		name: 'steps',
		type: 'collection',
		placeholder: 'Add step',
		default: {},
		options: [
			createMissingProperty,
			{ ...toProperty(MESSAGE), description: 'The text to send to the new friend' },
			labelsProperty('Labels for the new friend'),
			{
				...toProperty(PAUSE),
				description: `How long to wait before each step. Without this option ${USUAL_PAUSE_SECONDS}, because WeChat takes a moment and blocks accounts that act too fast.`,
			},
			{ ...toProperty(REMARK), description: 'Shown instead of the name of the friend' },
		],
	},
];

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
	const message = toWire(MESSAGE, given.message);
	const labels = isEmpty(given.labels)
		? undefined
		: await labelsWanted(context, wId, given, itemIndex);
	const isAny = [remark, message, labels].some((value) => value !== undefined);
	if (isAny && wcId === undefined) {
		throw new InvalidInput(
			WHO,
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

async function run(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const parameter = parametersOf(context, itemIndex);
	const request = readFields([ACCOUNT, ...REQUEST], parameter);
	const { wId } = request;
	const wcId = toWire(WHO, parameter(WHO.name, '')) as string | undefined;
	const given = parameter('steps', {});
	const values = isRecord(given) ? given : {};
	const pauseMs = Number(toWire(PAUSE, values.pause) ?? USUAL_PAUSE_SECONDS) * 1_000;
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

/** A new friend in one step: accepted once, then named, labelled and greeted. */
export const acceptAndGreet: CompoundOperation = {
	resource: 'contact',
	value: 'acceptAndGreet',
	name: 'Accept and Greet',
	chinese: '通过好友请求并打招呼',
	action: 'Accept friend request and greet friend',
	description:
		'Accept a friend request from the trigger, then set remark and labels and send a first message',
	properties,
	tool: {
		when: `Accept the friend request that started this workflow, and greet the new friend. Use it only for a request that you were told to accept. ${CANNOT_BE_UNDONE}`,
		fills: {
			'steps.message': {
				...plainTextOf('The first message to the new friend; leave it out for none'),
				otherwise: '',
			},
			'steps.remark': told(
				'The name under which the account sees the new friend; leave it out for none',
				{
					otherwise: '',
				},
			),
		},
	},
	ignores: ['fullResponse'],
	run,
};
