import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port on loopback that nobody listens on, below those that systems give out by themselves, so that
 * no other test run takes it meanwhile.
 */
export async function closedPort(): Promise<number> {
	for (;;) {
		const port = randomInt(20_000, 32_000);
		const server = createServer();
		const isFree = await new Promise<boolean>((resolve) => {
			server.once('error', () => resolve(false));
			server.listen(port, '127.0.0.1', () => resolve(true));
		});
		if (!isFree) continue;
		await new Promise((resolve) => server.close(resolve));
		return port;
	}
}
