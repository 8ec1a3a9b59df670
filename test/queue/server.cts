/** Servers that are installed on the machine: started in a folder of their own, ended. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:net';
import { lastLines } from '../../scripts/lib/run.cts';
import { waitFor } from '../../scripts/lib/wait.cts';

export interface RunningServer {
	port: number;
	stop(): Promise<void>;
}

export interface ServerOptions {
	/** Stands in errors. */
	name: string;
	program: string;
	args: string[];
	/** All that the server prints. */
	logFile: string;
	port: number;
	/** What ends it politely. */
	signal?: NodeJS.Signals;
	/** A folder that goes when the server ends, however that comes about. */
	folder?: string;
}

const READY_TIMEOUT_MS = 30_000;

/** Starts a server and waits until it takes connections. It ends with this process. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
	const { name, program, args, logFile, port, signal = 'SIGTERM', folder = '' } = options;
	const log = openSync(logFile, 'a');
	const guard = join(__dirname, 'guard.cjs');
	const child = spawn(process.execPath, [guard, signal, program, ...args], {
		stdio: ['ignore', log, log, 'pipe'],
		env: { ...process.env, REMOVE_AFTER: folder },
		// Not in our group: Ctrl-C reaches us first, and n8n ends before its database.
		detached: true,
	});
	closeSync(log);
	let over = false;
	const ended = new Promise<void>((resolve) => {
		child.once('exit', () => {
			over = true;
			resolve();
		});
	});
	await waitFor(
		async () => {
			if (over) {
				throw new Error(`${name} ended at once:\n${lastLines(readFileSync(logFile, 'utf8'), 15)}`);
			}
			return (await takesConnections(port)) || undefined;
		},
		{ what: `${name} (its log: ${logFile})`, timeoutMs: READY_TIMEOUT_MS },
	);
	return {
		port,
		stop: async () => {
			if (!over) child.kill('SIGTERM');
			await ended;
		},
	};
}

async function takesConnections(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
