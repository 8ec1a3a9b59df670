import type { IWebhookFunctions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { TriggerStaticData } from './staticData';
import { staticDataOf } from './staticData';

/** Whoever waits for its turn waits no longer, should n8n never end an answer; milliseconds. */
const LONGEST_TURN_MS = 10_000;

/** Makes what a trigger must know after a crash of n8n outlive the process, in n8n's static data. */
export class Durable {
	/** Of the active trigger. n8n stores it with each `emit`, over what webhooks have stored. */
	private active: TriggerStaticData | undefined;

	private line: Promise<void> = Promise.resolve();

	/** Makes the static data of the active trigger known. */
	use(data: TriggerStaticData): () => void {
		this.active = data;
		return () => {
			if (this.active === data) this.active = undefined;
		};
	}

	/** Whether the trigger lives in this process, which then knows more than n8n's database does. */
	get isActive(): boolean {
		return this.active !== undefined;
	}

	/**
	 * Changes what is kept. n8n stores it when `webhook()` has returned, before it answers. One webhook
	 * after another, because n8n reads all of the data at the beginning of a call and writes it at the end.
	 *
	 * @param context n8n's functions of the webhook
	 * @param change sets members; whole objects, of which n8n notices the change
	 */
	async write(
		context: IWebhookFunctions,
		change: (data: TriggerStaticData) => void,
	): Promise<void> {
		const before = this.line;
		let end = () => {};
		this.line = new Promise<void>((resolve) => {
			end = resolve;
		});
		await Promise.race([before, sleep(LONGEST_TURN_MS)]);
		const response = context.getResponseObject();
		if (response.writableFinished || response.destroyed) end();
		response.once('finish', end).once('close', end);
		const own = staticDataOf(context);
		if (this.active !== undefined) {
			change(this.active);
			Object.assign(own, this.active);
		}
		change(own);
	}

	/** Changes what is kept where no webhook is at hand; stored with the next event. */
	note(change: (data: TriggerStaticData) => void): void {
		if (this.active !== undefined) change(this.active);
	}
}
