/** One origin for several hosts, as the workflows of one n8n have one: each by a path of its own, once it is active. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { TriggerHost } from './triggerHost.cts';

export interface N8nGate {
	/** The `webhookBase` of the host of this name. */
	baseOf(name: string): string;
	/** Lets requests through to a host; to all others n8n answers 404. */
	open(name: string, host: TriggerHost): void;
	/** Shuts all hosts, as when n8n ends. */
	shut(): void;
	stop(): Promise<void>;
}

/** Starts one on loopback. */
export async function startN8nGate(): Promise<N8nGate> {
	const hosts = new Map<string, TriggerHost>();
	const server = createServer((incoming, answer) => {
		const [, name, ...path] = incoming.url!.split('/');
		const host = hosts.get(name);
		if (host === undefined) return void answer.writeHead(404).end();
		const { headers, method } = incoming;
		const onward = request({ port: host.port, path: `/${path.join('/')}`, headers, method });
		onward.once('response', (response) => {
			answer.writeHead(response.statusCode!, response.headers);
			response.pipe(answer);
		});
		incoming.pipe(onward);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		baseOf: (name) => `http://127.0.0.1:${port}/${name}`,
		open: (name, host) => void hosts.set(name, host),
		shut: () => hosts.clear(),
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
