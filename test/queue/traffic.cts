/** Callbacks as the vendor pushes them, thousands of them, and what became of each. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { pause, waitFor } from '../../scripts/lib/wait.cts';
import { eventData } from '../../simulator/events.cts';
import { formatExact } from '../../simulator/json.cts';
import type { SimulatorDefaults } from '../../simulator/server.cts';
import type { Deployment } from './deployment.cts';
import type { Executed } from './downstream.cts';

/** A text message of a friend. */
export interface Message {
	/** `newMsgId`, which is the output's `messageId`. */
	id: string;
	/** As it goes over the wire: the id is a bare 63-bit integer. */
	body: string;
}

function newMessage({ account, wcId, wId, friend }: SimulatorDefaults): Message {
	const data = eventData('60001', { wId, fromUser: friend, toUser: wcId });
	const body = formatExact({ account, wcId, messageType: '60001', data });
	return { id: String(data.newMsgId), body };
}

/** Executions by their state in n8n's database, for example `{ success: 10 }`. */
export type States = Record<string, number>;

export interface Counts {
	/** Messages, not counting what is malformed or forged. */
	pushed: number;
	answered200: number;
	/** By HTTP status; 0 where the connection broke off. */
	refused: Record<string, number>;
	/** Messages that reached the node behind the trigger. */
	executed: number;
	/** Messages that reached it more than once. */
	repeated: number;
	/** For those, the milliseconds between the first two times. */
	apartMs: number[];
	/** Messages that were answered 200 and never reached it. */
	lost: number;
	executions: States;
}

const CONNECTIONS = 60;
const REQUEST_TIMEOUT_MS = 60_000;
const SETTLE_TIMEOUT_MS = 120_000;

/** How long nothing may change before what is missing counts as lost. */
const QUIET_MS = 4_000;

/** One scenario's pushes, to the registered address. */
export class Traffic {
	private readonly agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

	private readonly messages = new Map<string, Message>();

	private readonly accepted = new Set<string>();

	private readonly refused: Record<string, number> = {};

	private pushed = 0;

	private constructor(
		private readonly deployment: Deployment,
		private readonly url: string,
		private readonly firstExecution: number,
	) {}

	static async begin(deployment: Deployment): Promise<Traffic> {
		const [[last]] = await deployment.postgres.query(
			'select coalesce(max(id), 0) from execution_entity',
		);
		return new Traffic(deployment, deployment.callbackUrl, Number(last));
	}

	/** Makes `count` messages that nobody has seen yet. */
	fresh(count: number): Message[] {
		const { defaults } = this.deployment.simulator;
		return Array.from({ length: count }, () => newMessage(defaults));
	}

	/** Pushes a message once; gives back whether it was answered 200. */
	async push(message: Message, mark: string = message.id): Promise<boolean> {
		this.pushed++;
		this.messages.set(message.id, message);
		const status = await this.post(this.url, message.body, { 'x-push': mark });
		if (status === 200) this.accepted.add(message.id);
		else this.refused[status] = (this.refused[status] ?? 0) + 1;
		return status === 200;
	}

	/** Posts anything to any address; gives back the HTTP status, 0 where there is none. */
	async post(url: string, body: string, headers: Record<string, string> = {}): Promise<number> {
		return await new Promise((resolve) => {
			const sent = request(
				url,
				{
					method: 'POST',
					agent: this.agent,
					timeout: REQUEST_TIMEOUT_MS,
					headers: {
						'content-type': 'application/json;charset=UTF-8',
						'content-length': Buffer.byteLength(body),
						...headers,
					},
				},
				(response) => {
					response.resume();
					response.once('end', () => resolve(response.statusCode ?? 0));
					response.once('error', () => resolve(0));
				},
			);
			sent.once('timeout', () => sent.destroy(new Error('timed out')));
			sent.once('error', () => resolve(0));
			sent.end(body);
		});
	}

	/** An address that looks like the registered one. */
	address(change: (url: URL) => void): string {
		const url = new URL(this.url);
		change(url);
		return url.toString();
	}

	/** All that was pushed and answered 200. */
	get acceptedMessages(): Message[] {
		return [...this.messages.values()].filter(({ id }) => this.accepted.has(id));
	}

	/** Waits until n8n has nothing of this traffic left to do; gives back what became of it. */
	async settled(): Promise<Counts> {
		this.agent.destroy();
		let last = '';
		let since = Date.now();
		return await waitFor(
			async () => {
				const counts = await this.counts();
				const { new: waiting = 0, running = 0 } = counts.executions;
				if (waiting + running === 0 && counts.lost === 0) return counts;
				const now = JSON.stringify(counts);
				if (now !== last) since = Date.now();
				last = now;
				return waiting + running === 0 && Date.now() - since > QUIET_MS ? counts : undefined;
			},
			{ what: 'n8n to finish its executions', timeoutMs: SETTLE_TIMEOUT_MS, everyMs: 300 },
		);
	}

	/** The calls of the node behind the trigger for those messages of this traffic. */
	executedOf(message: Message): Executed[] {
		return this.deployment.downstream.executed.get(message.id) ?? [];
	}

	private async counts(): Promise<Counts> {
		const all = [...this.messages.values()].map((message) => this.executedOf(message));
		const repeated = all.filter(({ length }) => length > 1);
		const rows = await this.deployment.postgres.query(
			`select status, count(*) from execution_entity where id > ${this.firstExecution} group by status order by status`,
		);
		return {
			pushed: this.pushed,
			answered200: this.pushed - Object.values(this.refused).reduce((sum, n) => sum + n, 0),
			refused: this.refused,
			executed: all.filter(({ length }) => length > 0).length,
			repeated: repeated.length,
			apartMs: repeated.map(([first, second]) => second.at - first.at).sort((a, b) => a - b),
			lost: this.acceptedMessages.filter((message) => this.executedOf(message).length === 0).length,
			executions: Object.fromEntries(rows.map(([status, count]) => [status, Number(count)])),
		};
	}
}

/** What is no callback, or not from the vendor, and how it must be refused. */
export function intruders(traffic: Traffic, { body }: Message) {
	const send = async (text: string, type: string) =>
		await traffic.post(
			traffic.address(() => {}),
			text,
			{ 'content-type': type },
		);
	const forge = async (change: (url: URL) => void) =>
		await traffic.post(traffic.address(change), body);
	return {
		malformed: [
			async () => await send(body.slice(0, -9), 'text/plain'),
			async () => await send(body.slice(0, -9), 'application/json'),
			async () => await send('', 'application/json'),
			async () => await send('{"data":{}}', 'application/json'),
		],
		forged: [
			async () => await forge((url) => url.searchParams.set('secret', randomUUID())),
			async () => await forge((url) => url.searchParams.delete('secret')),
		],
	};
}

/** Runs `work` for every item, `width` of them at a time. */
export async function inParallel<T>(
	items: readonly T[],
	width: number,
	work: (item: T) => Promise<void>,
): Promise<void> {
	const left = [...items];
	const lane = async () => {
		for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
	};
	await Promise.all(Array.from({ length: width }, lane));
}

/** Resolves after `ms`: the time between two pushes is part of what is tested. */
export const after = pause;
