import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

/** What the server does when a request has come in whole. */
export type RawAnswer = (socket: Socket, request: string) => void;

/** A server that reads requests as HTTP and answers with whatever bytes a test wants. */
export interface RawServer {
	url: string;
	/** The requests that came in whole: method, path and body. */
	requests: Array<{ path: string; body: string }>;
	/** What is answered from now on. */
	answer: RawAnswer;
	stop(): Promise<void>;
}

/** Starts one on loopback. */
export async function startRawServer(answer: RawAnswer): Promise<RawServer> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket)).on('error', () => {});
		let text = '';
		socket.on('data', (chunk) => {
			text += chunk.toString('latin1');
			const [head, body] = text.split(/\r\n\r\n(.*)/s);
			const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
			if (body === undefined || body.length < length) return;
			raw.requests.push({ path: head.split(' ')[1], body: Buffer.from(body, 'latin1').toString() });
			text = '';
			raw.answer(socket, body);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const raw: RawServer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests: [],
		answer,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((done) => server.close(done));
		},
	};
	return raw;
}
