/** A Redis of its own, with nothing on disk. */
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/ports.cts';
import { findProgram } from '../support/findProgram.cts';
import { type RunningServer, startServer } from './server.cts';

/** Starts Redis on a free port of 127.0.0.1; `folder` is there already. */
export async function startRedis(folder: string): Promise<RunningServer> {
	const port = await freePort();
	const settings = { port, bind: '127.0.0.1', dir: folder, appendonly: 'no' };
	return await startServer({
		name: 'Redis',
		program: findProgram('redis-server', 'redis-server'),
		args: [
			...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
			'--save',
			'',
		],
		logFile: join(folder, 'redis.log'),
		port,
	});
}
