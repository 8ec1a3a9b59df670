/** What stands behind the trigger in the workflow: counts what was really executed. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of the node behind the trigger. */
export interface Executed {
	messageId: string;
	executionId: string;
	/** When it came, in milliseconds since 1970. */
	at: number;
}

export interface Downstream {
	url: string;
	/** Calls by message. Only grows. */
	executed: ReadonlyMap<string, Executed[]>;
	/** How long each answer takes, as a real service would. */
	takesMs: number;
}

/** Starts it on any free port of 127.0.0.1. It ends with its process. */
export async function startDownstream(): Promise<Downstream> {
	const executed = new Map<string, Executed[]>();
	const downstream = { url: '', executed, takesMs: 0 };
	const server = createServer((request: IncomingMessage, response: ServerResponse) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => (body += text));
		request.on('end', () => {
			const call = { ...(JSON.parse(body) as Omit<Executed, 'at'>), at: Date.now() };
			executed.set(call.messageId, [...(executed.get(call.messageId) ?? []), call]);
			setTimeout(() => {
				response.setHeader('content-type', 'application/json');
				response.end('{}');
			}, downstream.takesMs);
		});
	});
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	downstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return downstream;
}
