/** One n8n process on the loopback address, of any kind: start, wait until ready, stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import type { InstalledN8n } from './n8n-install.cts';
import type { NodeForN8n } from './node24.cts';
import { freePort } from './ports.cts';
import { lastLines } from './run.cts';
import { waitFor } from './wait.cts';

export interface N8nOptions {
	node: NodeForN8n;
	n8n: InstalledN8n;
	/** Holds `.n8n` with database, settings and nodes. */
	userFolder: string;
	encryptionKey: string;
	/** Tried first; another one is taken when it is not free. */
	preferredPort?: number;
	/** More settings for n8n, by the names of its environment variables. */
	settings?: Record<string, string>;
	/** The n8n command with its flags: `start` (the default), `webhook`, or `worker`. */
	command?: [name: 'start' | 'webhook' | 'worker', ...flags: string[]];
	/** Flags of Node itself, for example `--inspect=127.0.0.1:9229`. */
	nodeFlags?: readonly string[];
}

export interface RunningN8n {
	/** For example `http://127.0.0.1:5678`, without a slash at the end. */
	url: string;
	port: number;
	pid: number;
	/** All that n8n printed, over restarts too. */
	logFile: string;
	/** Resolves when the process ends, with what it said last; whether asked for or not. */
	ended: Promise<string>;
	/** Ends the process: politely, and after 20 s by force. Harmless when it has ended already. */
	stop(): Promise<void>;
	/** Ends the process at once and without a word, as a crash would. */
	kill(): Promise<void>;
}

const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 20_000;
const PORT_ATTEMPTS = 3;

/** Starts n8n and waits until it is ready. Throws with the end of its log when it does not get there. */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	for (let attempt = 1; ; attempt++) {
		// From the second attempt on any port: the preferred one was taken under our hands.
		const wanted = attempt === 1 && options.preferredPort ? [options.preferredPort] : [];
		const started = launch(options, await freePort(...wanted), await freePort());
		try {
			await untilReady(started, (options.command ?? ['start'])[0] === 'start');
			return started;
		} catch (error) {
			await started.stop();
			const portTaken = /port \d+ is already in use/i.test((error as Error).message);
			if (!portTaken || attempt === PORT_ATTEMPTS) throw error;
		}
	}
}

function launch(options: N8nOptions, port: number, brokerPort: number): RunningN8n {
	const { node, n8n, userFolder, command = ['start'], nodeFlags = [] } = options;
	mkdirSync(userFolder, { recursive: true });
	const logFile = join(userFolder, 'n8n.log');
	const log = openSync(logFile, 'a');
	const guard = join(__dirname, 'end-with-parent.cjs');
	const child = spawn(node.binary, [...nodeFlags, '--require', guard, n8n.script, ...command], {
		// n8n reads a `.env` file in its working folder: it must not be the user's.
		cwd: userFolder,
		env: environment(options, port, brokerPort),
		stdio: ['ignore', log, log, 'pipe'],
		// A group of its own: Ctrl-C reaches us first, and the group can be ended as one.
		detached: process.platform !== 'win32',
	});
	closeSync(log);
	const ended = endOf(child, logFile);
	return {
		// As n8n writes it into its webhook addresses: without the port where it is the usual one (80).
		url: new URL(`http://127.0.0.1:${port}`).origin,
		port,
		pid: child.pid ?? 0,
		logFile,
		ended,
		stop: async () => await stop(child, ended),
		kill: async () => await kill(child, ended),
	};
}

/** What of the user's environment would change n8n, or send loopback calls through a proxy. */
const OTHER_N8N =
	/^(N8N_|DB_|QUEUE_|EXECUTIONS_|WORKFLOWS?_|CREDENTIALS_|ENDPOINT_|EXTERNAL_|NODES_|NODE_FUNCTION_|GENERIC_|WEBHOOK_|VUE_APP_|NODE_OPTIONS$|npm_)/;

function environment(options: N8nOptions, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !OTHER_N8N.test(name));
	const { NO_PROXY, no_proxy } = process.env;
	const direct = [NO_PROXY ?? no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(',');
	return {
		...Object.fromEntries(inherited),
		NO_PROXY: direct,
		no_proxy: direct,
		N8N_USER_FOLDER: options.userFolder,
		N8N_ENCRYPTION_KEY: options.encryptionKey,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		// A worker has no server but the one that says how it is.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		NO_COLOR: '1',
		...options.settings,
	};
}

async function endOf(child: ChildProcess, logFile: string): Promise<string> {
	const reason = await new Promise<string>((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (code, signal) => resolve(`ended with ${code ?? signal}`));
	});
	return `n8n ${reason}. The end of ${logFile}:\n${lastLines(readFileSync(logFile, 'utf8'), 15)}`;
}

async function untilReady(n8n: RunningN8n, servesEditor: boolean): Promise<void> {
	let over: string | undefined;
	void n8n.ended.then((text) => (over = text));
	await waitFor(
		async () => {
			if (over !== undefined) throw new Error(over);
			if (!(await answers200(`${n8n.url}/healthz/readiness`))) return undefined;
			// Older n8n says that it is ready before it serves the editor; other processes serve none.
			return !servesEditor || (await answers200(`${n8n.url}/rest/settings`)) || undefined;
		},
		{
			what: `n8n to be ready (its log: ${n8n.logFile})`,
			timeoutMs: READY_TIMEOUT_MS,
			everyMs: 150,
		},
	);
}

async function answers200(url: string): Promise<boolean> {
	return await axios
		.get(url, { proxy: false, timeout: 5000 })
		.then(({ status }) => status === 200)
		.catch(() => false);
}

async function kill(child: ChildProcess, ended: Promise<string>): Promise<void> {
	if (!isRunning(child)) return;
	killGroup(child.pid);
	await ended;
}

function isRunning(child: ChildProcess): child is ChildProcess & { pid: number } {
	return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
	if (!isRunning(child)) return;
	const { pid } = child;
	const force = setTimeout(() => killGroup(pid), STOP_TIMEOUT_MS);
	child.kill('SIGTERM');
	await ended;
	clearTimeout(force);
}

/** n8n with what it started (its task runners). */
function killGroup(pid: number): void {
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
