import type { IBinaryData, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { readNetworkEnd } from '../../transport/http/network';
import { waitUnlessCancelled } from '../pacing/pace';
import { throwIfCancelled } from '../pacing/poll';
import { extensionOf, settleType } from './file';

/** How long one file may take from the first byte to the last; WeChat's largest have 1 GB. */
const LONGEST_DOWNLOAD_MS = 15 * 60_000;

/** Waits before the second and the third try, in milliseconds. */
const RETRY_WAITS_MS = [500, 2_000];

/** What to call a file and what to take it for, where the server does not say. */
export interface FileHints {
	/** With or without extension. */
	name: string;
	/** The MIME type that files of this kind mostly have. */
	usualType: string;
}

/** What a web server answered instead of the file. */
class NoFile extends Error {
	constructor(
		message: string,
		readonly isTransient: boolean,
	) {
		super(message);
	}
}

/**
 * Downloads a file from a web address that the vendor answered. The address belongs to a file server,
 * not to the vendor's API: the request carries no credential. The content goes straight into n8n's
 * storage, never as a whole through memory.
 *
 * @param context n8n's functions of the running node
 * @param url an http or https address
 * @param hints name and type where the server does not say
 * @param itemIndex the input item, counted from 0
 * @returns the file, ready for an item's `binary`
 * @throws NodeOperationError when the file cannot be had after three tries
 */
export async function download(
	context: IExecuteFunctions,
	url: string,
	hints: FileHints,
	itemIndex: number,
): Promise<IBinaryData> {
	for (let attempt = 0; ; attempt++) {
		throwIfCancelled(context);
		const result = await fetchOnce(context, url, hints);
		if (!(result instanceof NoFile)) return result;
		if (!result.isTransient || attempt >= RETRY_WAITS_MS.length) {
			throw new NodeOperationError(
				context.getNode(),
				`The file could not be downloaded from ${hostOf(url)}: ${result.message} [item ${itemIndex}]`,
				{
					description:
						'Eyun returned this address, but n8n could not download from it. Check that n8n can reach it, or try again later',
					itemIndex,
				},
			);
		}
		await waitUnlessCancelled(RETRY_WAITS_MS[attempt], context.getExecutionCancelSignal());
	}
}

/** Without path and query, which may give access to the file. */
function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : `"${url.slice(0, 60)}"`;
}

async function fetchOnce(
	context: IExecuteFunctions,
	url: string,
	hints: FileHints,
): Promise<IBinaryData | NoFile> {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		return new NoFile('this is not a web address', false);
	}
	const signals = [AbortSignal.timeout(LONGEST_DOWNLOAD_MS), context.getExecutionCancelSignal()];
	try {
		const answer = (await context.helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			json: false,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: 60_000,
			abortSignal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
		})) as IN8nHttpFullResponse;
		return await keep(context, url, answer, hints);
	} catch (error) {
		const { code, what } = readNetworkEnd(error, 'other');
		return new NoFile(code === 'UNKNOWN' ? (error as Error).message : what, true);
	}
}

async function keep(
	context: IExecuteFunctions,
	url: string,
	{ statusCode, headers, body }: IN8nHttpFullResponse,
	{ name, usualType }: FileHints,
): Promise<IBinaryData | NoFile> {
	const discard = (why: string, isTransient: boolean) => {
		(body as { destroy?: () => void }).destroy?.();
		return new NoFile(why, isTransient);
	};
	if (statusCode >= 300) {
		return discard(`HTTP ${statusCode}`, statusCode >= 500 || statusCode === 429);
	}
	const stated = String(headers['content-type'] ?? '');
	if (/^text\/html/i.test(stated) && !/\.html?$/i.test(name)) {
		return discard('it sent a web page instead', true);
	}
	const type =
		settleType(stated, name) ?? settleType(undefined, new URL(url).pathname) ?? usualType;
	const fileName = /\.\w{1,8}$/.test(name) ? name : `${name}${extensionOf(type)}`;
	const file = await context.helpers.prepareBinaryData(
		body as Parameters<typeof context.helpers.prepareBinaryData>[0],
		fileName,
		type,
	);
	return file.bytes === 0 ? new NoFile('it is empty', true) : file;
}
