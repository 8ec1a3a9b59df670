import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { reasonOf } from '../../common/errors';
import { fetchMedia, withFile } from '../../received/fetchMedia';
import { mediaOf } from '../../received/receivedMedia';
import type { VoiceFormat } from '../../voice/voiceFormat';

/** The binary field that a downloaded file comes in, as in Download Media. */
const FIELD = 'data';

/** How long Eyun may take to have a file or video ready, in milliseconds. */
const LIMIT_MS = 120_000;

/**
 * Adds the medium of a message: the file as binary data, and what it is as `media`. A message is
 * never lost for its file: where that cannot be had or converted, `media` says why.
 *
 * @param item what the trigger outputs
 * @param voiceFormat what to make of a voice
 * @returns the item as it is when the message carries nothing
 */
export async function attachMedia(
	context: IExecuteFunctions,
	item: INodeExecutionData,
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
		return { ...item, ...withFile(item, FIELD, media, fetched) };
	} catch (error) {
		const reason = reasonOf(error);
		context.logger.warn('Eyun WeChat Trigger: the file of a message could not be downloaded', {
			reason,
		});
		return { ...item, json: { ...item.json, media: { kind: media.kind, error: reason } } };
	}
}
