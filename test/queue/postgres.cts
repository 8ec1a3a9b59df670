/** A PostgreSQL of its own. */
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/ports.cts';
import { run } from '../../scripts/lib/run.cts';
import { findProgram } from '../support/findProgram.cts';
import { type RunningServer, startServer } from './server.cts';

export const USER = 'n8n';

/** The one that is there in every new cluster. */
export const DATABASE = 'postgres';

/** PostgreSQL refuses to run as root; Debian's package brings this user. */
const UNPRIVILEGED = 'postgres';

export interface RunningPostgres extends RunningServer {
	/** Runs one query; gives back its rows as lists of texts. */
	query(sql: string): Promise<string[][]>;
}

/** Starts PostgreSQL on a free port of 127.0.0.1; its log goes into `logFolder`. */
export async function startPostgres(logFolder: string): Promise<RunningPostgres> {
	const program = (name: string) => findProgram(name, 'postgresql');
	// Not in the user's folders, which another user may not enter.
	const data = mkdtempSync(join(tmpdir(), 'eyun-postgres-'));
	const [runner, ...before] = await unprivileged(data);
	const as = (file: string, args: string[]) =>
		runner === undefined
			? { program: file, args }
			: { program: runner, args: [...before, file, ...args] };

	const settings = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
	const init = as(program('initdb'), [`--pgdata=${data}`, `--username=${USER}`, ...settings]);
	await run(init.program, init.args, { cwd: data });

	const port = await freePort();
	const server = await startServer({
		name: 'PostgreSQL',
		...as(program('postgres'), [
			...['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', ''],
			// The machine does not crash here, only n8n does; and this disk is not what is tested.
			...['-c', 'fsync=off', '-c', 'max_connections=200'],
		]),
		logFile: join(logFolder, 'postgres.log'),
		port,
		folder: data,
		// Does not wait for clients to leave.
		signal: 'SIGINT',
	});
	const psql = program('psql');
	const access = ['-h', '127.0.0.1', '-p', String(port), '-U', USER, '-d', DATABASE];
	return {
		...server,
		query: async (sql) => {
			const rows = await run(psql, [...access, '-X', '-A', '-t', '-F', '\t', '-c', sql]);
			return rows
				.split('\n')
				.filter(Boolean)
				.map((row) => row.split('\t'));
		},
	};
}

/** How to run something that may write to `data`: through `setpriv` for root, else as it is. */
async function unprivileged(data: string): Promise<string[]> {
	if (process.getuid?.() !== 0) return [];
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (kind) => Number(await run('id', [kind, UNPRIVILEGED]))),
	);
	chownSync(data, uid, gid);
	const setpriv = findProgram('setpriv', 'util-linux');
	return [setpriv, `--reuid=${uid}`, `--regid=${gid}`, '--init-groups'];
}
