import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

type HttpResponse = ReturnType<IWebhookFunctions['getResponseObject']>;

/** What the vendor gets for everything we took, whether or not it starts an execution (FACTS a.1). */
export const ACCEPTED = { code: '1000', message: 'ok' };

/**
 * After so many milliseconds the vendor is answered even if n8n has not stored the execution yet.
 * It gives up after 6 s and then pushes nothing for ten minutes (FACTS a.1), and n8n's concurrency
 * limit can hold an execution back for any time.
 */
export const LATEST_ANSWER_MS = 750;

/**
 * Refuses a request. n8n starts nothing.
 *
 * @param response the HTTP response
 * @param status 4xx
 * @param reason plain words without secrets
 */
export function refuse(
	response: HttpResponse,
	status: 400 | 401,
	reason: string,
): IWebhookResponseData {
	response.status(status).json({ code: String(status), message: reason });
	return { noWebhookResponse: true };
}

/** Lets n8n answer "ok" and start nothing. */
export function acceptOnly(): IWebhookResponseData {
	return { webhookResponse: ACCEPTED };
}

/**
 * Makes sure that the vendor is answered in time although n8n is still busy starting the execution.
 *
 * n8n's own answer stays the rule, because it means that the execution is stored: a message that
 * was answered is not lost when the process dies.
 *
 * @param response the HTTP response of an accepted callback
 * @param onFailure called when n8n could not start the execution and answered an error itself
 */
export function answerInTime(response: HttpResponse, onFailure: () => void): void {
	response.once('close', () => {
		if (response.statusCode >= 400) onFailure();
	});
	response.setTimeout(LATEST_ANSWER_MS, () => {
		if (response.headersSent) return;
		response.status(200).json(ACCEPTED);
		silence(response);
	});
}

/** n8n answers once more when the execution starts at last; on a finished response that would throw. */
function silence(response: HttpResponse): void {
	const nothing = () => response;
	Object.assign(response, {
		status: nothing,
		setHeader: nothing,
		setHeaders: nothing,
		json: nothing,
		send: nothing,
	});
}
