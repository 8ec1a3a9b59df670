/** What comes out behind a trigger: a node sends the id of each message to a server of ours. */
import type { INode } from 'n8n-workflow';
import { waitFor } from '../../scripts/lib/wait.cts';
import { startReceiver, type Receiver } from '../unit/simulatorClient.cts';

/** An id that comes twice means that somebody would have been answered twice. */
export class Delivered {
	private constructor(private readonly receiver: Receiver) {}

	static async start(): Promise<Delivered> {
		return new Delivered(await startReceiver());
	}

	/** To be put behind the trigger. */
	get node(): Omit<INode, 'id' | 'position'> {
		return {
			name: 'Deliver',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: this.receiver.url,
				sendBody: true,
				contentType: 'raw',
				rawContentType: 'text/plain',
				body: '={{ $json.messageId }}',
			},
		};
	}

	/** How many different ids have come. */
	get count(): number {
		return new Set(this.receiver.bodies).size;
	}

	/** The ids that have come more than once. */
	get repeated(): string[] {
		const { bodies } = this.receiver;
		return bodies.filter((id, index) => bodies.indexOf(id) !== index);
	}

	/** Waits until so many different ids have come. */
	async reach(count: number, timeoutMs = 120_000): Promise<void> {
		await waitFor(() => this.count >= count || undefined, {
			what: `${count} messages behind the trigger (there are ${this.count})`,
			timeoutMs,
			everyMs: 100,
		});
	}

	async stop(): Promise<void> {
		await this.receiver.stop();
	}
}
