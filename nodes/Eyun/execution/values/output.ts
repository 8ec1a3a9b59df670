import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Operation } from '../../catalogue/types';
import { isRecord } from '../../common/records';
import { maskSecret } from '../../common/secrets';
import type { Envelope } from '../../transport/envelope';

/** What decides the shape of the output: a part of an operation's declaration. */
export type Answers = Pick<Operation, 'alsoSuccess' | 'deletes' | 'secretAnswers'>;

function toJson(value: unknown): IDataObject {
	return (isRecord(value) ? value : { result: value }) as IDataObject;
}

/** The items' JSON for one answer: an object is one item, an array one item an element. */
function toJsons(data: unknown, { deletes }: Answers): IDataObject[] {
	if (deletes) return [{ deleted: true }];
	if (data === null || data === undefined) return [{ success: true }];
	return Array.isArray(data) ? data.map(toJson) : [toJson(data)];
}

function withoutSecrets(json: IDataObject, names: readonly string[]): IDataObject {
	const masked = names
		.filter((name) => name in json)
		.map((name) => [name, maskSecret(json[name])] as const);
	return { ...json, ...(Object.fromEntries(masked) as IDataObject) };
}

/**
 * Turns a successful answer into n8n items.
 *
 * @param operation what was asked, as far as it says how to read the answer
 * @param envelope the answer
 * @param itemIndex the input item it belongs to
 * @param fullResponse whether the user wants code and message too, as one item
 */
export function toItems(
	operation: Answers,
	envelope: Envelope,
	itemIndex: number,
	fullResponse: boolean,
): INodeExecutionData[] {
	const secret = operation.secretAnswers ?? [];
	const jsons = fullResponse
		? [fullAnswer(envelope, secret)]
		: toJsons(envelope.data, operation).map((json) =>
				marked(operation, envelope, withoutSecrets(json, secret)),
			);
	return jsons.map((json) => ({ json, pairedItem: { item: itemIndex } }));
}

function fullAnswer({ whole }: Envelope, secret: readonly string[]): IDataObject {
	const data = isRecord(whole.data)
		? withoutSecrets(whole.data as IDataObject, secret)
		: whole.data;
	return { ...whole, data } as IDataObject;
}

/** Says so in the item when the vendor answered with the operation's second kind of success. */
function marked({ alsoSuccess }: Answers, envelope: Envelope, json: IDataObject): IDataObject {
	return alsoSuccess?.code === envelope.code ? { ...json, [alsoSuccess.mark]: true } : json;
}
