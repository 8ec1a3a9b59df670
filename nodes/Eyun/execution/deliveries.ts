import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import { callVendor } from '../transport/client';
import type { Envelope } from '../transport/envelope';
import { mayBeDone, rewrapFailure } from '../transport/failure';
import { toCall } from './calls/toCall';
import { ItemMemory, nameOfRun } from './itemMemory';

/** One of several sends that an input item asks for. */
export interface Delivery {
	/** How users know it: "part 2 of 3", "the chat wxid_…". */
	name: string;
	operation: Operation;
	body: Record<string, unknown>;
	/** What the output says of it, beside the answer. */
	about: IDataObject;
}

/** A send that the vendor said yes to. */
export interface Delivered extends Delivery {
	answer: Envelope;
}

interface Progress {
	plan: readonly Delivery[];
	done: Delivered[];
}

/** What an earlier try of Retry On Fail has delivered of an item; the next one goes on behind it. */
const progressByItem = new ItemMemory<Progress>();

/**
 * Sends several messages for one item, in their order. After a failure nothing more is sent, the error says
 * what was delivered, and Retry On Fail goes on behind it with the plan that was begun: not even an
 * expression with another value now sends something twice.
 *
 * @param context n8n's functions of the running node
 * @param itemIndex the input item, counted from 0
 * @param planned what to send, checked so that nothing but the vendor can refuse it
 * @param how how long to wait for an answer, and what to wait for before each send: it takes the delivery
 *   and says false when nothing more is to be sent
 * @returns all that was sent, also by earlier tries
 * @throws NodeApiError or NodeOperationError
 */
export async function deliverAll(
	context: IExecuteFunctions,
	itemIndex: number,
	planned: readonly Delivery[],
	how: {
		timeoutMs: number | undefined;
		turn(delivery: Delivery): Promise<boolean>;
	},
): Promise<Delivered[]> {
	const run = nameOfRun(context);
	const begun = progressByItem.get(context, run, itemIndex);
	const { plan, done }: Progress = begun ?? { plan: planned, done: [] };
	for (const delivery of plan.slice(done.length)) {
		if (!(await how.turn(delivery))) throw stopped(context, itemIndex, done);
		const { operation, body } = delivery;
		const call = toCall(operation, body, itemIndex, { timeoutMs: how.timeoutMs });
		try {
			done.push({ ...delivery, answer: await callVendor(context, call) });
		} catch (error) {
			throw failed(context, error, delivery, { plan, done });
		}
		progressByItem.set(context, run, itemIndex, { plan, done });
	}
	return done;
}

function failed(
	context: IExecuteFunctions,
	error: unknown,
	{ name }: Delivery,
	{ plan, done }: Progress,
): unknown {
	if (plan.length === 1) return error;
	const rest = plan.slice(done.length + 1);
	const unknown = mayBeDone(error) ? ` Nobody knows whether ${name} was delivered.` : '';
	const unsent = rest.length > 0 ? ` Not sent: ${namesOf(rest)}.` : '';
	return rewrapFailure(context.getNode(), error, ({ message, advice }) => ({
		message: `${capital(name)} failed: ${message.replace(/[.。]$/, '')}. ${deliveredText(done)}`,
		advice: `${advice.replace(/[.。]$/, '')}.${unknown}${unsent}`,
	}));
}

function stopped(context: IExecuteFunctions, itemIndex: number, done: readonly Delivery[]) {
	return new NodeOperationError(
		context.getNode(),
		`The execution was canceled. ${deliveredText(done)} [item ${itemIndex}]`,
		{ itemIndex },
	);
}

function deliveredText(done: readonly Delivery[]): string {
	return done.length === 0
		? 'Nothing was delivered before it'
		: `Delivered, not to be sent again: ${namesOf(done)}`;
}

function namesOf(deliveries: readonly Delivery[]): string {
	return deliveries.map(({ name }) => name).join(', ');
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
