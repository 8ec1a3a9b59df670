import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

/** Far above anything the vendor answers; a file comes by its address. */
const LARGEST_BYTES = 50 * 1_048_576;

/** The answer was not taken to its end. The codes are explained in network.ts. */
class Unfinished extends Error {
	constructor(readonly code: 'ECONNABORTED' | 'EMSGSIZE') {
		super(code);
	}
}

/** The parts of Node's stream that are needed. */
interface Body extends AsyncIterable<Uint8Array | string> {
	destroy(error?: Error): void;
}

/**
 * Makes a request and reads its whole answer as text, within a time and a size: n8n's own time limit
 * starts anew with each byte that comes, and its helpers take answers of any size.
 *
 * @param options the request; how the answer is read is set here
 * @param limitMs milliseconds for all of it
 * @param request one of n8n's request helpers
 * @returns status, headers, and the body as text
 * @throws what the helper throws; an error with `code` ECONNABORTED after the time, EMSGSIZE above the size
 */
export async function wholeAnswer(
	options: IHttpRequestOptions,
	limitMs: number,
	request: (options: IHttpRequestOptions) => Promise<unknown>,
): Promise<IN8nHttpFullResponse> {
	const timeIsUp = AbortSignal.timeout(limitMs);
	const answer = request({
		...options,
		encoding: 'stream',
		json: false,
		returnFullResponse: true,
		timeout: limitMs,
	}).then(async (response) => await read(response as IN8nHttpFullResponse, timeIsUp));
	// Whoever comes late is not waited for, and its failure is nobody's.
	answer.catch(() => {});
	return await Promise.race([answer, rejectedWhen(timeIsUp)]).catch((error: unknown) => {
		discardBody(error);
		throw error;
	});
}

async function read(
	response: IN8nHttpFullResponse,
	timeIsUp: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	const { headers, body: given } = response;
	if (!isBody(given)) return { ...response, body: typeof given === 'string' ? given : '' };
	const stop = () => given.destroy(new Unfinished('ECONNABORTED'));
	if (timeIsUp.aborted) stop();
	timeIsUp.addEventListener('abort', stop, { once: true });
	try {
		if (Number(headers['content-length']) > LARGEST_BYTES) throw new Unfinished('EMSGSIZE');
		const chunks: Buffer[] = [];
		let bytes = 0;
		for await (const chunk of given) {
			const part = Buffer.from(chunk);
			bytes += part.length;
			if (bytes > LARGEST_BYTES) throw new Unfinished('EMSGSIZE');
			chunks.push(part);
		}
		return { ...response, body: Buffer.concat(chunks).toString('utf8') };
	} finally {
		// Whatever is left of it; nothing happens to one that was read to its end.
		given.destroy();
		timeIsUp.removeEventListener('abort', stop);
	}
}

async function rejectedWhen(timeIsUp: AbortSignal): Promise<never> {
	return await new Promise((_, reject) => {
		const fail = () => reject(new Unfinished('ECONNABORTED'));
		if (timeIsUp.aborted) fail();
		timeIsUp.addEventListener('abort', fail, { once: true });
	});
}

/** The answer of a refused log-in comes inside an error, and its connection would stay open. */
function discardBody(error: unknown): void {
	const { response, cause } = error as {
		response?: { data?: unknown };
		cause?: { response?: { data?: unknown } };
	};
	for (const body of [response?.data, cause?.response?.data]) if (isBody(body)) body.destroy();
}

function isBody(value: unknown): value is Body {
	return (
		typeof value === 'object' &&
		value !== null &&
		Symbol.asyncIterator in value &&
		'destroy' in value
	);
}
