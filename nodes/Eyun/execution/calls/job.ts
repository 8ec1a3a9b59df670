import type { IExecuteFunctions } from 'n8n-workflow';

import type { Operation } from '../../catalogue/types';
import { isRecord } from '../../common/records';
import { NO_CODE, rewrapFailure, vendorFailure } from '../../transport/failure';
import { waitUnlessCancelled } from '../pacing/pace';
import { isTransient, poll, settle, throwIfCancelled } from '../pacing/poll';
import { callOperation } from './callOperation';

/** How often the vendor wants to be asked about a job. */
const POLL_MS = 2_000;

/** The states of a job (/getMsgVideoRes and /getAsynSnsSendVideoRes). */
const DONE = 1;
const FAILED = 2;

/** A job that is under way at the vendor. */
export interface Job {
	/** The operation that tells how it is. */
	question: Operation;
	/** The one field of that operation, with the id that starting the job answered. */
	id: Record<string, unknown>;
	/** The subject of messages to users. */
	what: string;
	/** Milliseconds to wait in all. */
	limit: number;
	/** Whether starting it again would do something a second time. */
	changes: boolean;
	itemIndex: number;
}

/**
 * Waits until a job has ended. It was started by the caller and is never started here; asking about it
 * changes nothing, so a question without an answer is asked again.
 *
 * @returns what the vendor answers about the job when it is done
 * @throws NodeApiError when it failed or takes too long; the text then says how to get its result later
 */
export async function waitForJob(
	context: IExecuteFunctions,
	{ question, id, what, limit, changes, itemIndex }: Job,
): Promise<Record<string, unknown>> {
	const fail = (message: string, advice: string, mayBeDone = changes) =>
		vendorFailure(context.getNode(), {
			message,
			advice,
			mayBeDone,
			endpoint: question.path,
			code: NO_CODE,
			itemIndex,
		});
	if (Object.values(id).some((value) => typeof value !== 'string' || value === '')) {
		throw fail(
			`Eyun returned no ID for ${what.toLowerCase()}`,
			'It may have started anyway. Check in WeChat before you start it again',
		);
	}
	await waitUnlessCancelled(POLL_MS, context.getExecutionCancelSignal());
	const left = Math.max(limit - POLL_MS, 0);
	const outcome = await poll(context, { every: POLL_MS, limit: left }, async () => {
		const asked = await settle(callOperation(context, question, id, itemIndex));
		if ('error' in asked) {
			throwIfCancelled(context);
			if (!isTransient(asked.error)) {
				throw rewrapFailure(context.getNode(), asked.error, () => ({ mayBeDone: changes }));
			}
			return undefined;
		}
		const data = isRecord(asked.value.data) ? asked.value.data : {};
		return [DONE, FAILED].includes(Number(data.type)) ? data : undefined;
	});
	if (outcome === undefined) {
		throw fail(
			`${what} was not ready after ${limit / 1_000} seconds`,
			`Eyun continues with it. Do not start it again. Get its result with ${question.name} and the ID ${Object.values(id).join()}`,
		);
	}
	if (Number(outcome.type) === DONE) return outcome;
	const reason =
		typeof outcome.des === 'string' && outcome.des !== '' ? outcome.des : 'no reason given';
	throw fail(
		`${what} did not succeed in Eyun: ${reason}`,
		'It has ended, and you can start it again',
		false,
	);
}
