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
	private isAccepted = false;

	private failureListener: (() => void) | undefined;

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

	/** Whether Eyun has got its answer that the event is accepted. */
	get hasAccepted(): boolean {
		return this.isAccepted || (this.response.headersSent && this.response.statusCode < 400);
	}

	/** Answers now, for what takes longer than Eyun waits. */
	acceptNow(): void {
		if (this.response.headersSent) return;
		this.response.status(200).send(this.accepted);
		this.isAccepted = true;
		this.silence();
	}

	/**
	 * Makes sure that Eyun gets its answer in time although n8n is still busy starting the execution.
	 *
	 * n8n's own answer stays the rule, because it means that the execution is stored: a message that
	 * was answered is not lost when the process dies.
	 */
	acceptInTime(): void {
		this.response.setTimeout(LATEST_RESPONSE_MS, () => this.acceptNow());
	}

	/**
	 * Tells when n8n answers with an error, or would, had Eyun not got its answer before.
	 *
	 * @param listener called once at most
	 */
	onFailure(listener: () => void): void {
		this.failureListener = listener;
		const { response } = this;
		const answer = response.status.bind(response);
		Object.assign(response, {
			status: (status: number) => {
				this.note(status);
				return answer(status);
			},
		});
	}

	private note(status: number): void {
		const listener = this.failureListener;
		if (status < 400 || listener === undefined) return;
		this.failureListener = undefined;
		listener();
	}

	/** n8n answers once more when the execution starts at last; on a finished response that would throw. */
	private silence(): void {
		const { response } = this;
		const nothing = () => response;
		Object.assign(response, {
			status: (status: number) => {
				this.note(status);
				return response;
			},
			setHeader: nothing,
			setHeaders: nothing,
			json: nothing,
			send: nothing,
		});
	}
}
