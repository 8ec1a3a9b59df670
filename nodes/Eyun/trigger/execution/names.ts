import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';
import { operationOf } from '../../catalogue';
import { reasonOf } from '../../common/errors';
import { isRecord } from '../../common/records';
import { callOperation } from '../../execution/calls/callOperation';
import { Account } from '../../transport/accounts';
import type { TriggerState } from '../state/triggerState';

const GET_CONTACTS = operationOf('contact', 'get');

/**
 * Asks the vendor for the names in an event that no push has told yet. Where it does not tell them
 * they stay null, and are asked for again after a day.
 *
 * @param context n8n's functions of the execution
 * @param state of the trigger
 * @param item what the trigger outputs
 * @returns the item with its names
 */
export async function withNames(
	context: IExecuteFunctions,
	{ shared: { names } }: TriggerState,
	item: INodeExecutionData,
): Promise<INodeExecutionData> {
	const output = { ...(item.json as TriggerOutput) };
	const { wcId, senderId, chatId, senderName, chatName } = output;
	const wanted = new Set<string>();
	if (senderName === null && senderId !== null) wanted.add(senderId);
	if (chatName === null && chatId !== null) wanted.add(chatId);
	const unknown = [...wanted].filter((id) => names.get(wcId, id) === undefined);
	if (wcId !== null && unknown.length > 0) {
		// First of all, so that the messages of a burst do not all ask.
		for (const id of unknown) names.set(wcId, id, null);
		for (const [id, name] of await namesOf(context, wcId, unknown)) names.set(wcId, id, name);
	}
	names.fillIn(output);
	return { ...item, json: output };
}

async function namesOf(
	context: IExecuteFunctions,
	wcId: string,
	ids: readonly string[],
): Promise<Map<string, string>> {
	try {
		const values = { wId: new Account(wcId), wcId: ids.join(',') };
		const { data } = await callOperation(context, GET_CONTACTS, values, 0);
		const contacts = Array.isArray(data) ? data.filter(isRecord) : [];
		return new Map(
			contacts
				.map(({ userName, remark, nickName }): [string, string] => [
					String(userName),
					[remark, nickName].find(
						(name) => typeof name === 'string' && name.trim() !== '',
					) as string,
				])
				.filter(([, name]) => name !== undefined),
		);
	} catch (error) {
		context.logger.warn('Eyun WeChat Trigger: names could not be looked up', {
			reason: reasonOf(error),
		});
		return new Map();
	}
}
