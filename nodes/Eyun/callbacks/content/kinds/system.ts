import type { IDataObject } from 'n8n-workflow';

import { reasonWords } from '../../../common/reasonWords';
import { field, fieldNumber } from '../xml/fields';
import type { Message } from '../xml/message';

/** Events of the gateway itself; their fields stand beside the content. */

const STATUS: Record<number, string> = { 0: 'running', 1: 'done', 2: 'failed' };

function statusOf(data: Message['data']): string | null {
	return STATUS[fieldNumber(data, 'type') ?? -1] ?? null;
}

/** The account went offline. */
export function offline({ data, words }: Message): IDataObject | undefined {
	const reason = reasonWords(data.reason) ?? reasonWords(words);
	return reason === undefined ? undefined : { type: 'offline', reason };
}

/** The video of a message is downloaded, as Message: Download Video (Asynchronous) asked for. */
export function videoDownloaded({ data }: Message): IDataObject | undefined {
	if (field(data, 'id', 'url', 'type') === null) return undefined;
	return {
		type: 'videoDownloaded',
		status: statusOf(data),
		id: field(data, 'id'),
		url: field(data, 'url'),
		description: field(data, 'des'),
	};
}

/** The video of a moment is published. */
export function momentPublished({ data }: Message): IDataObject | undefined {
	if (field(data, 'asynId', 'id', 'type') === null) return undefined;
	return {
		type: 'momentPublished',
		status: statusOf(data),
		asynId: field(data, 'asynId'),
		momentId: field(data, 'id'),
		wcId: field(data, 'userName'),
		createTime: fieldNumber(data, 'createTime'),
		description: field(data, 'des'),
		objectDesc: field(data, 'objectDesc'),
	};
}
