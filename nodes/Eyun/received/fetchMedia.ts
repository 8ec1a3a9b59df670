import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import { isRecord } from '../common/records';
import { callOperation } from '../execution/calls/callOperation';
import { waitForJob } from '../execution/calls/job';
import { download } from '../execution/files/download';
import { isRefusal, isTransient, poll, settle, throwIfCancelled } from '../execution/pacing/poll';
import { rewrapFailure } from '../transport/failure';
import { saysInstanceGone } from '../transport/wordings';
import type { VoiceFormat } from '../voice/voiceFormat';
import type { MediaKind, ReceivedMedia } from './receivedMedia';
import { toWavFile } from './voiceFile';
import { operationOf } from '../catalogue';

/** What one download is made for. */
export interface MediaRequest {
	context: IExecuteFunctions;
	itemIndex: number;
	/** As `buildBody` gave it. */
	wId: unknown;
	media: ReceivedMedia;
	/** Milliseconds until the vendor must have the file. */
	limit: number;
	/** What to make of a voice. */
	voiceFormat: VoiceFormat;
}

export interface Fetched {
	/** Where the vendor keeps the file, for some days. */
	url: string;
	file: IBinaryData;
	/** Why a voice stayed what it was instead of becoming WAV. */
	problem?: string;
}

/** How often to ask for a file that is not there yet (a public client tries every 5 s). */
const FILE_RETRY_MS = 5_000;

const HIGH_QUALITY = 1;
const NORMAL_QUALITY = 0;

const USUAL_TYPES: Record<MediaKind, string> = {
	emoji: 'image/gif',
	file: 'application/octet-stream',
	image: 'image/jpeg',
	momentVideo: 'video/mp4',
	video: 'video/mp4',
	voice: 'audio/silk',
};

const FETCHERS: Record<MediaKind, (request: MediaRequest) => Promise<Fetched>> = {
	emoji: async (request) => await fetchFrom(request, operationOf('incomingMessage', 'getSticker')),
	file: fetchFile,
	image: fetchImage,
	momentVideo: async (request) => await fetchFrom(request, operationOf('moment', 'downloadVideo')),
	video: fetchVideo,
	voice: fetchVoice,
};

/**
 * Gets the medium of a message or moment from the vendor, whichever way its kind wants.
 *
 * @throws InvalidInput, NodeApiError or NodeOperationError
 */
export async function fetchMedia(request: MediaRequest): Promise<Fetched> {
	return await FETCHERS[request.media.kind](request);
}

/**
 * Puts a downloaded medium into an item: the file as binary data, and what it is as `media`.
 *
 * @param item the item, which is not changed
 * @param field the name of the binary field
 */
export function withFile(
	{ json, binary }: INodeExecutionData,
	field: string,
	{ kind }: ReceivedMedia,
	{ url, file, problem }: Fetched,
): INodeExecutionData {
	const { fileName = null, mimeType, bytes = null } = file;
	const error = problem === undefined ? {} : { error: notConverted(problem) };
	return {
		json: { ...json, media: { kind, fileName, mimeType, bytes, url, ...error } },
		binary: { ...binary, [field]: file },
	};
}

/** What to say of a voice that stayed what it was. */
export const notConverted = (problem: string) =>
	`The voice could not be converted to WAV: ${problem}`;

async function fetchFrom(
	request: MediaRequest,
	operation: Operation,
	extra: object = {},
): Promise<Fetched> {
	const { context, itemIndex, wId, media } = request;
	const values = { wId, ...media.values, ...extra };
	const { data } = await callOperation(context, operation, values, itemIndex);
	return await keep(request, operation, data);
}

/** Downloads what an answer points to. */
async function keep(
	{ context, itemIndex, media }: MediaRequest,
	operation: Operation,
	data: unknown,
): Promise<Fetched> {
	const { url, videoUrl } = isRecord(data) ? data : {};
	const address = url ?? videoUrl;
	if (typeof address !== 'string' || address === '') {
		throw new NodeOperationError(
			context.getNode(),
			`Eyun returned no address to download from [item ${itemIndex}]`,
			{ description: `Try again later (POST ${operation.path}, item ${itemIndex})`, itemIndex },
		);
	}
	const hints = { name: media.name, usualType: USUAL_TYPES[media.kind] };
	return { url: address, file: await download(context, address, hints, itemIndex) };
}

async function fetchVoice(request: MediaRequest): Promise<Fetched> {
	const fetched = await fetchFrom(request, operationOf('incomingMessage', 'getVoice'));
	if (request.voiceFormat !== 'wav') return fetched;
	return { ...fetched, ...(await toWavFile(request.context, fetched.file)) };
}

/** High quality where there is one; the vendor advises to try the other when one fails. */
async function fetchImage(request: MediaRequest): Promise<Fetched> {
	const operation = operationOf('incomingMessage', 'getImage');
	const high = await settle(fetchFrom(request, operation, { type: HIGH_QUALITY }));
	if ('value' in high) return high.value;
	throwIfCancelled(request.context);
	return await fetchFrom(request, operation, { type: NORMAL_QUALITY });
}

/** The vendor has a file some time after it announced the message: until then it refuses, or its address is empty. */
async function fetchFile(request: MediaRequest): Promise<Fetched> {
	const { context, limit } = request;
	const operation = operationOf('incomingMessage', 'getFile');
	let failure: unknown;
	const fetched = await poll(context, { every: FILE_RETRY_MS, limit }, async () => {
		const result = await settle(fetchFrom(request, operation));
		if ('value' in result) return result.value;
		failure = result.error;
		if (!mayComeLater(failure)) throw failure;
		return undefined;
	});
	if (fetched) return fetched;
	throw rewrapFailure(context.getNode(), failure, ({ message }) => ({
		message: `The file was not available after ${limit / 1_000} seconds. ${message}`,
		advice:
			'Eyun has a file only after its transfer. Raise the time limit, or start from the event File Received',
	}));
}

function mayComeLater(error: unknown): boolean {
	if (isRefusal(error)) return !saysInstanceGone(error.message);
	return error instanceof NodeOperationError || isTransient(error);
}

/** The vendor fetches a video in a job of its own, which is started once and then asked about. */
async function fetchVideo(request: MediaRequest): Promise<Fetched> {
	const { context, itemIndex, wId, media, limit } = request;
	const start = operationOf('incomingMessage', 'startVideoDownload');
	const started = await callOperation(context, start, { wId, ...media.values }, itemIndex);
	const outcome = await waitForJob(context, {
		question: operationOf('incomingMessage', 'getVideoDownload'),
		id: { id: isRecord(started.data) ? started.data.id : undefined },
		what: 'The video',
		changes: false,
		limit,
		itemIndex,
	});
	return await keep(request, start, outcome);
}
