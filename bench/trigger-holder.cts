/** A server that keeps everyone waiting: what executions wait for that are to be running at once. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Holder {
	url: string;
	/** How many wait for an answer. */
	readonly held: number;
	/** Answers all who wait. */
	release(): void;
}

/** Starts a holder on any free port of 127.0.0.1. It ends with its process. */
export async function startHolder(): Promise<Holder> {
	const held = new Set<ServerResponse>();
	const server = createServer((_request, response) => {
		held.add(response);
		response.on('close', () => held.delete(response));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get held() {
			return held.size;
		},
		release() {
			for (const response of held) response.end('{}');
		},
	};
}
