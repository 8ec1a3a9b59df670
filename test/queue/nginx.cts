/** An nginx of its own, with the rule that docs/queue-mode.md recommends. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axios from 'axios';
import { REPOSITORY } from '../../scripts/lib/package.cts';
import { freePort } from '../../scripts/lib/ports.cts';
import { run } from '../../scripts/lib/run.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { findProgram } from '../support/findProgram.cts';
import { type RunningServer, startServer } from './server.cts';

/** What stands in the documentation, and what takes its place here. */
export interface Backends {
	main: number;
	webhooks: [number, number];
}

/** Which process nginx gave a request to. */
export interface Passage {
	/** What the sender wrote into its header `x-push`. */
	push: string;
	/** Its port, or several when the first could not be reached. */
	upstream: string;
}

export interface RunningNginx extends RunningServer {
	/** Puts other processes, or the other rule, in force for all requests from now on. */
	configure(backends: Backends, rule: Rule): Promise<void>;
	/** What went through the location of the webhooks since the last time. */
	takePassages(): Passage[];
}

/** `path`: as documented, one address to one process. `turns`: without that line, in turns. */
export type Rule = 'path' | 'turns';

const GUIDE = 'docs/queue-mode.md';

/** Starts nginx on a free port of 127.0.0.1, passing nothing on yet; `folder` is there already. */
export async function startNginx(folder: string): Promise<RunningNginx> {
	const program = findProgram('nginx', 'nginx-light');
	const file = join(folder, 'nginx.conf');
	const log = join(folder, 'nginx-pushes.log');
	writeFileSync(log, '');
	const port = await freePort();
	const write = (servers: string) => writeFileSync(file, configuration(folder, servers));
	const generation = (number: number) =>
		`server { listen 127.0.0.1:${port}; server_name generation; return 200 ${number}; }`;
	write(generation(0));
	const args = ['-c', file, '-e', join(folder, 'nginx-error.log')];
	const logFile = join(folder, 'nginx.log');
	const server = await startServer({ name: 'nginx', program, args, logFile, port });
	let read = 0;
	let generations = 0;
	return {
		...server,
		configure: async (backends, rule) => {
			generations++;
			write(`${documented(port, log, backends, rule)}\n${generation(generations)}`);
			await run(program, [...args, '-s', 'reload']);
			// Workers with the old rule take no new connections once one with the new rule answers.
			await waitFor(async () => (await answers(port, String(generations))) || undefined, {
				what: 'nginx to take its new configuration',
				timeoutMs: 10_000,
			});
		},
		takePassages: () => {
			const all = readFileSync(log, 'utf8');
			const fresh = all.slice(read, all.lastIndexOf('\n') + 1);
			read += fresh.length;
			return fresh
				.split('\n')
				.filter(Boolean)
				.map((line) => {
					const [push, upstream] = line.split('\t');
					return { push, upstream };
				});
		},
	};
}

async function answers(port: number, generation: string): Promise<boolean> {
	return await axios
		.get<number>(`http://127.0.0.1:${port}/`, { headers: { host: 'generation' }, proxy: false })
		.then(({ data }) => String(data) === generation)
		.catch(() => false);
}

/** Everything around the part that the documentation shows. */
function configuration(folder: string, servers: string): string {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
		.map((kind) => `${kind}_temp_path ${join(folder, `nginx-${kind}`)};`)
		.join('\n');
	return `
daemon off;
worker_processes 1;
pid ${join(folder, 'nginx.pid')};
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
log_format pushes '$http_x_push\\t$upstream_addr';
access_log off;
${temporary}
${servers}
}
`;
}

/** The rule as the documentation shows it, with the addresses of this run. */
function documented(port: number, log: string, backends: Backends, rule: Rule): string {
	const guide = readFileSync(join(REPOSITORY, GUIDE), 'utf8');
	const [, shown] = /^```nginx\n(.*?)^```/ms.exec(guide) ?? [];
	if (shown === undefined) throw new Error(`${GUIDE} shows no nginx configuration`);
	const changes: Array<[shown: RegExp, here: string]> = [
		[/listen 80;/, `listen 127.0.0.1:${port} default_server;`],
		[/webhook-1\.internal:5678/, `127.0.0.1:${backends.webhooks[0]}`],
		[/webhook-2\.internal:5678/, `127.0.0.1:${backends.webhooks[1]}`],
		[/main\.internal:5678/, `127.0.0.1:${backends.main}`],
		[/access_log off;/, `access_log ${log} pushes;`],
		[/hash \$uri consistent;/, rule === 'path' ? '$&' : ''],
	];
	let text = shown;
	for (const [pattern, here] of changes) {
		if (!pattern.test(text)) throw new Error(`${GUIDE}: the nginx rule has no ${pattern}`);
		text = text.replace(pattern, here);
	}
	return text;
}
