/**
 * Callbacks as the vendor pushes them, as fast as n8n takes them: a few connections that stay open,
 * on each the next callback as soon as the last one is answered. Runs in the vendor's process.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';

/**
 * `fresh`: a text that was never there before. `repeat`: always the same one. `own`: a fresh text
 * that the account itself wrote. `group`: a fresh text in a group.
 */
export type CallbackKind = 'fresh' | 'repeat' | 'own' | 'group';

export interface LoadPlan {
	url: string;
	kind: CallbackKind;
	/** Ends after so many callbacks. */
	count?: number;
	/** Ends after so many milliseconds. */
	ms?: number;
}

export interface LoadResult {
	/** Callbacks that were answered with 200. */
	answers: number;
	/** What was answered instead to one that was not, which ended the load: a status, or 0 for none. */
	refusal?: number;
	/** Milliseconds since the epoch. */
	beganAt: number;
	/** From the first request to the last answer, milliseconds. */
	ms: number;
	/** From a request to the end of its answer, milliseconds. */
	slowestMs: number;
	p99Ms: number;
}

/** Who pushes about whom. */
export interface Scene {
	account: string;
	wcId: string;
	wId: string;
	friend: string;
	group: string;
}

export const CONNECTIONS = 8;

const TEXT = '您好，我想问一下昨天订的货什么时候能到？地址是南京路 100 号。';

/** Makes the bodies of one process; no two of them have an id in common, except repeats. */
export class CallbackBodies {
	/** As bare digits above 2^53, as the vendor's are. */
	private newMsgId = (randomBytes(8).readBigUInt64BE() >> 2n) | (1n << 61n);

	private msgId = 1_040_000_000;

	private readonly repeated: string;

	constructor(private readonly scene: Scene) {
		this.repeated = this.next('fresh');
	}

	next(kind: CallbackKind): string {
		if (kind === 'repeat') return this.repeated;
		const { account, wcId, wId, friend, group } = this.scene;
		const own = kind === 'own';
		const inGroup = kind === 'group' ? `"fromGroup":"${group}",` : '';
		this.newMsgId += 1n;
		this.msgId += 1;
		return (
			`{"account":"${account}","messageType":"${inGroup ? '80001' : '60001'}","wcId":"${wcId}",` +
			`"data":{"wId":"${wId}","fromUser":"${own ? wcId : friend}",${inGroup}` +
			`"toUser":"${own ? friend : wcId}","msgId":${this.msgId},"newMsgId":${this.newMsgId},` +
			`"timestamp":${Math.floor(Date.now() / 1000)},"content":"${TEXT}","self":${own}}}`
		);
	}
}

/** Pushes as planned, or until a callback is not answered with 200. */
export async function pushAll(bodies: CallbackBodies, plan: LoadPlan): Promise<LoadResult> {
	const { url, kind, count = Infinity, ms = Infinity } = plan;
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const times: number[] = [];
	let refusal: number | undefined;
	let started = 0;
	const beganAt = Date.now();
	const begin = performance.now();
	const pushOneByOne = async () => {
		while (started < count && performance.now() - begin < ms && refusal === undefined) {
			started += 1;
			const body = bodies.next(kind);
			const sentAt = performance.now();
			const status = await post(agent, url, body).catch(() => 0);
			if (status === 200) times.push(performance.now() - sentAt);
			else refusal = status;
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, pushOneByOne));
	const took = performance.now() - begin;
	agent.destroy();
	times.sort((a, b) => a - b);
	return {
		answers: times.length,
		...(refusal === undefined ? {} : { refusal }),
		beganAt,
		ms: took,
		slowestMs: times.at(-1) ?? 0,
		p99Ms: times[Math.ceil(times.length * 0.99) - 1] ?? 0,
	};
}

async function post(agent: Agent, url: string, body: string): Promise<number> {
	return await new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json;charset=UTF-8',
			'content-length': Buffer.byteLength(body),
		};
		const sent = request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume();
			response.on('end', () => resolve(response.statusCode ?? 0));
			response.on('error', reject);
		});
		sent.on('error', reject);
		sent.end(body);
	});
}
