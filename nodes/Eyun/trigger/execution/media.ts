import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';
import { reasonOf } from '../../common/errors';
import { fetchMedia, withFile } from '../../received/fetchMedia';
import { mediaOf } from '../../received/receivedMedia';
import type { VoiceFormat } from '../../voice/voiceFormat';

/** The binary field that a downloaded file comes in, as in Download Media. */
const FIELD = 'data';

/** How long Eyun may take to have a file or video ready, in milliseconds. */
const LIMIT_MS = 120_000;

/**
 * Adds the media of all messages that were merged: the files in fields "data", "data1" and so on, and
 * each of the messages says by `media` which field is its own.
 *
 * @param item what the trigger outputs
 * @param voiceFormat what to make of voices
 * @returns the item as it is when no message carries anything
 */
export async function attachAllMedia(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	voiceFormat: VoiceFormat,
): Promise<INodeExecutionData> {
	const { messages } = item.json as TriggerOutput;
	if (messages === undefined) return await attachMedia(context, item, FIELD, voiceFormat);
	let whole = item;
	let files = 0;
	const told: TriggerOutput[] = [];
	for (const message of messages) {
		const field = files === 0 ? FIELD : `${FIELD}${files}`;
		const { json, binary } = await attachMedia(context, { json: message }, field, voiceFormat);
		const file = binary?.[field];
		if (file) files++;
		const media = json.media as IDataObject | undefined;
		told.push({ ...(json as TriggerOutput), ...(file ? { media: { ...media, field } } : {}) });
		whole = { ...whole, binary: { ...whole.binary, ...binary } };
	}
	const first = told.map(({ media }) => media).find((media) => media !== undefined);
	return {
		...whole,
		json: { ...item.json, messages: told, ...(first === undefined ? {} : { media: first }) },
	};
}

/**
 * Adds the medium of a message: the file as binary data, and what it is as `media`. A message is
 * never lost for its file: where that cannot be had or converted, `media` says why.
 *
 * @param item what the trigger outputs
 * @param field the binary field
 * @param voiceFormat what to make of a voice
 * @returns the item as it is when the message carries nothing
 */
async function attachMedia(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	field: string,
	voiceFormat: VoiceFormat,
): Promise<INodeExecutionData> {
	const media = mediaOf(item.json);
	if (!media) return item;
	try {
		const fetched = await fetchMedia({
			context,
			itemIndex: 0,
			wId: media.wId,
			media,
			limit: LIMIT_MS,
			voiceFormat,
		});
		return { ...item, ...withFile(item, field, media, fetched) };
	} catch (error) {
		const reason = reasonOf(error);
		context.logger.warn('Eyun WeChat Trigger: the file of a message could not be downloaded', {
			reason,
		});
		return { ...item, json: { ...item.json, media: { kind: media.kind, error: reason } } };
	}
}
