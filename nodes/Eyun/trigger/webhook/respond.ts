import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

type HttpResponse = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * After so many milliseconds the vendor is answered even if n8n has not stored the execution yet.
 * It gives up after 6 s and then pushes nothing for ten minutes (FACTS a.1), and n8n's concurrency
 * limit can hold an execution back for any time. Not sooner: what was answered and not stored is
 * lost if the process dies.
 */
export const LATEST_ANSWER_MS = 3_000;

/**
 * Refuses a request. n8n starts nothing.
 *
 * @param response the HTTP response
 * @param status 4xx, or 500 when n8n could not store the event
 * @param reason plain words without secrets
 */
export function refuse(
	response: HttpResponse,
	status: 400 | 401 | 403 | 500,
	reason: string,
): IWebhookResponseData {
	if (!response.headersSent)
		response.status(status).json({ code: String(status), message: reason });
	return { noWebhookResponse: true };
}

/**
 * Lets n8n answer and start nothing.
 *
 * @param answer what the vendor is answered: any JSON value, or text
 */
export function acceptOnly(answer: unknown): IWebhookResponseData {
	return { webhookResponse: answer as IDataObject };
}

/**
 * Answers at once, for an event that takes longer to judge than the vendor waits.
 *
 * @param answer any JSON value, or text
 */
export function answerNow(response: HttpResponse, answer: unknown): void {
	if (response.headersSent) return;
	response.status(200).send(answer);
	silence(response);
}

/**
 * Makes sure that the vendor is answered in time although n8n is still busy starting the execution.
 *
 * n8n's own answer stays the rule, because it means that the execution is stored: a message that
 * was answered is not lost when the process dies.
 *
 * @param response the HTTP response of an accepted callback
 * @param answer any JSON value, or text
 * @param onFailure called when n8n could not start the execution and answered an error itself
 */
export function answerInTime(response: HttpResponse, answer: unknown, onFailure: () => void): void {
	response.once('close', () => {
		if (response.statusCode >= 400) onFailure();
	});
	response.setTimeout(LATEST_ANSWER_MS, () => answerNow(response, answer));
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
