import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

/** The only place where the trigger speaks HTTP. */

type HttpResponse = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * After so many milliseconds Eyun gets its answer even if n8n has not stored the execution yet. It
 * gives up after 6 s and then pushes nothing for ten minutes, and n8n's concurrency limit can hold
 * an execution back for any time. Not sooner: what was answered and not stored is lost if the
 * process dies.
 */
export const LATEST_RESPONSE_MS = 3_000;

/** What Eyun gets for one callback, and what n8n is to do then. */
export class Responder {
	/**
	 * @param response the HTTP response
	 * @param accepted what Eyun gets for an accepted callback: any JSON value, or text
	 */
	constructor(
		private readonly response: HttpResponse,
		private readonly accepted: unknown,
	) {}

	/**
	 * Refuses the request. n8n starts nothing.
	 *
	 * @param status 4xx, or 500 when n8n could not store the event
	 * @param reason plain words without secrets
	 */
	refuse(status: 400 | 401 | 403 | 500, reason: string): IWebhookResponseData {
		if (!this.response.headersSent) {
			this.response.status(status).json({ code: String(status), message: reason });
		}
		return { noWebhookResponse: true };
	}

	/**
	 * Lets n8n answer.
	 *
	 * @param item n8n starts an execution with it; nothing is started without one
	 */
	accept(item?: INodeExecutionData): IWebhookResponseData {
		const webhookResponse = this.accepted as IDataObject;
		return item === undefined ? { webhookResponse } : { webhookResponse, workflowData: [[item]] };
	}

	/** Answers now, for what takes longer than Eyun waits. */
	acceptNow(): void {
		if (this.response.headersSent) return;
		this.response.status(200).send(this.accepted);
		this.silence();
	}

	/**
	 * Makes sure that Eyun gets its answer in time although n8n is still busy starting the execution.
	 *
	 * n8n's own answer stays the rule, because it means that the execution is stored: a message that
	 * was answered is not lost when the process dies.
	 *
	 * @param onFailure called when the answer was an error
	 */
	acceptInTime(onFailure: () => void): void {
		this.response.once('close', () => {
			if (this.response.statusCode >= 400) onFailure();
		});
		this.response.setTimeout(LATEST_RESPONSE_MS, () => this.acceptNow());
	}

	/** n8n answers once more when the execution starts at last; on a finished response that would throw. */
	private silence(): void {
		const { response } = this;
		const nothing = () => response;
		Object.assign(response, {
			status: nothing,
			setHeader: nothing,
			setHeaders: nothing,
			json: nothing,
			send: nothing,
		});
	}
}
