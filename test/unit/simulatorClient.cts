/** A client of the simulator for its own tests: real HTTP, exact numbers. */
import axios from 'axios';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatExact, parseExact, type Json, type JsonObject } from '../../simulator/json.cts';
import type { Simulator } from '../../simulator/server.cts';

export interface Answer {
	code: string;
	message: string;
	data: Json;
}

const asText = {
	responseType: 'text' as const,
	transformResponse: [(data: string): string => data],
};

/** Calls the vendor's API with the default token; numbers in the answer keep their digits. */
export async function post(sim: Simulator, path: string, body: JsonObject = {}): Promise<Answer> {
	const response = await axios.post<string>(sim.url + path, formatExact(body), {
		...asText,
		headers: { Authorization: sim.defaults.token, 'Content-Type': 'application/json' },
	});
	return parseExact(response.data) as unknown as Answer;
}

/** The same with the present wId, giving back `data`; throws unless the code is 1000. */
export async function data<Data = JsonObject>(
	sim: Simulator,
	path: string,
	body: JsonObject = {},
): Promise<Data> {
	const answer = await post(sim, path, { wId: sim.defaults.wId, ...body });
	if (answer.code !== '1000') throw new Error(`${path}: ${answer.code} ${answer.message}`);
	return answer.data as Data;
}

/** Calls the control interface over HTTP. */
export async function control<Data = Record<string, unknown>>(
	sim: Simulator,
	path: string,
	body?: JsonObject,
): Promise<Data> {
	const url = `${sim.url}/_control/${path}`;
	const response = body
		? await axios.post<Data>(url, formatExact(body), {
				headers: { 'Content-Type': 'application/json' },
			})
		: await axios.get<Data>(url);
	return response.data;
}

/** A receiver of callbacks on loopback that remembers what came. */
export interface Receiver {
	url: string;
	/** Bodies as they came. */
	bodies: string[];
	/** What it answers. */
	status: number;
	/** How long it takes, in milliseconds. */
	delayMs: number;
	/** Resolves when so many bodies have come. */
	received(count: number): Promise<string[]>;
	stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
	const arrivals: (() => void)[] = [];
	const server: Server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			// What a test changes from here on is for the next push.
			const { status, delayMs } = receiver;
			setTimeout(() => response.writeHead(status).end('ok'), delayMs).unref();
			receiver.bodies.push(body);
			for (const arrived of arrivals.splice(0)) arrived();
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const receiver: Receiver = {
		url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/callback`,
		bodies: [],
		status: 200,
		delayMs: 0,
		received: async (count) => {
			while (receiver.bodies.length < count) {
				await new Promise<void>((resolve) => arrivals.push(resolve));
			}
			return receiver.bodies;
		},
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
	return receiver;
}
