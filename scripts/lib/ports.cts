/** Free TCP ports on the loopback address. */
import { createServer } from 'node:net';

/** The first of `preferred` that is free, else any free one. It may be taken a moment later. */
export async function freePort(...preferred: number[]): Promise<number> {
	for (const port of preferred) {
		if ((await tryPort(port)) !== undefined) return port;
	}
	const port = await tryPort(0);
	if (port === undefined) throw new Error('No TCP port is free on 127.0.0.1');
	return port;
}

async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
		});
	});
}
