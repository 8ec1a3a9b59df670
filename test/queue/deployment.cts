/**
 * n8n in queue mode on one machine: PostgreSQL, Redis, a main process, two webhook processes, two
 * workers, nginx in front, this package in each of them, and a simulated vendor.
 */
import { cpSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import { N8nClient, type StoredWorkflow } from '../../scripts/lib/n8n-client.cts';
import { type N8nOptions, type RunningN8n, startN8n } from '../../scripts/lib/n8n-process.cts';
import { installIntoN8n } from '../../scripts/lib/package.cts';
import type { Progress } from '../../scripts/lib/progress.cts';
import { folderSettings } from '../../scripts/lib/settings.cts';
import type { Toolchain } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { type Simulator, startSimulator } from '../../simulator/server.cts';
import { type Downstream, startDownstream } from './downstream.cts';
import { type RunningNginx, type Rule, startNginx } from './nginx.cts';
import { DATABASE, type RunningPostgres, startPostgres, USER } from './postgres.cts';
import { startRedis } from './redis.cts';
import type { RunningServer } from './server.cts';
import { callingWorkflow } from './workflow.cts';

/** How n8n calls the process, and the folder it has for itself, as on a machine of its own. */
const PROCESSES = {
	main: ['start'],
	'webhook-1': ['webhook'],
	'webhook-2': ['webhook'],
	'worker-1': ['worker', '--concurrency=10'],
	'worker-2': ['worker', '--concurrency=10'],
} satisfies Record<string, N8nOptions['command']>;

export type ProcessName = keyof typeof PROCESSES;

const BESIDE_MAIN: ProcessName[] = ['webhook-1', 'webhook-2', 'worker-1', 'worker-2'];

/** As many executions as one worker has under way at most. */
export const CONCURRENCY = 10;

const TRIGGER_ID = 'b8f7c9e2-2f7b-4a8e-9d55-0c4f6a1e7a01';

const CREDENTIAL_NAME = 'Eyun simulator';

/** What the processes of n8n have in common. */
interface Home {
	folder: string;
	toolchain: Toolchain;
	encryptionKey: string;
}

/** What they stand on. */
interface Servers {
	simulator: Simulator;
	downstream: Downstream;
	postgres: RunningPostgres;
	redis: RunningServer;
	nginx: RunningNginx;
}

/** A deployment that runs. */
export class Deployment {
	private readonly processes = new Map<ProcessName, RunningN8n>();

	readonly simulator: Simulator;

	/** What the workflow calls. */
	readonly downstream: Downstream;

	readonly postgres: RunningPostgres;

	readonly nginx: RunningNginx;

	private readonly redis: RunningServer;

	private constructor(
		private readonly home: Home,
		servers: Servers,
	) {
		this.simulator = servers.simulator;
		this.downstream = servers.downstream;
		this.postgres = servers.postgres;
		this.nginx = servers.nginx;
		this.redis = servers.redis;
	}

	/** The active workflow: the trigger, and behind it a call of `downstream`. */
	workflow!: StoredWorkflow;

	/** Signed in at main. */
	client!: N8nClient;

	/** Starts everything; ends what was started when a step fails. */
	static async start(
		folder: string,
		toolchain: Toolchain,
		progress: Progress,
	): Promise<Deployment> {
		const { encryptionKey } = await folderSettings(folder);
		const servers: Array<{ stop(): Promise<void> }> = [];
		const begun = <T extends { stop(): Promise<void> }>(server: T) => {
			servers.push(server);
			return server;
		};
		try {
			const deployment = await progress.step('PostgreSQL, Redis, nginx, simulator', async () => {
				const simulator = begun(await startSimulator());
				const downstream = await startDownstream();
				const postgres = begun(await startPostgres(folder));
				const redis = begun(await startRedis(folder));
				const nginx = begun(await startNginx(folder));
				const home = { folder, toolchain, encryptionKey };
				return new Deployment(home, { simulator, downstream, postgres, redis, nginx });
			});
			servers.push({ stop: async () => await deployment.stopN8n() });
			await progress.step(
				'The tarball, installed for every process',
				async () => await deployment.install(),
			);
			await progress.step('n8n main', async () => await deployment.startProcess('main'));
			await progress.step(
				`n8n ${BESIDE_MAIN.join(', ')}`,
				async () => await deployment.startBesideMain(),
			);
			await progress.step('Workflow active, callback registered', async () => {
				await deployment.balance('path');
				await deployment.furnish();
			});
			return deployment;
		} catch (error) {
			for (const server of servers.reverse()) await server.stop();
			throw error;
		}
	}

	/** The address the vendor pushes to, with its secret. */
	get callbackUrl(): string {
		const { world, defaults } = this.simulator;
		const url = world.accounts.get(defaults.account)?.callback?.url;
		if (url === undefined) throw new Error('No callback address is registered');
		return url;
	}

	process(name: ProcessName): RunningN8n {
		const running = this.processes.get(name);
		if (running === undefined) throw new Error(`${name} does not run`);
		return running;
	}

	/** Puts nginx's rule in force. */
	async balance(rule: Rule): Promise<void> {
		const port = (name: ProcessName) => this.process(name).port;
		const webhooks: [number, number] = [port('webhook-1'), port('webhook-2')];
		await this.nginx.configure({ main: port('main'), webhooks }, rule);
	}

	/** Starts a process, on its earlier port if it ran before, and waits until it is ready. */
	async startProcess(name: ProcessName): Promise<void> {
		const running = await startN8n({
			...this.home.toolchain,
			userFolder: this.folderOf(name),
			encryptionKey: this.home.encryptionKey,
			preferredPort: this.processes.get(name)?.port,
			command: PROCESSES[name] as N8nOptions['command'],
			settings: this.settings(),
		});
		this.processes.set(name, running);
	}

	/** Starts the webhook processes and the workers. */
	async startBesideMain(): Promise<void> {
		await Promise.all(BESIDE_MAIN.map(async (name) => await this.startProcess(name)));
	}

	/** Ends all of n8n politely: who takes callbacks, who works on them, who registers them. */
	async stopN8n(): Promise<void> {
		for (const kind of ['webhook', 'worker', 'main']) {
			const running = [...this.processes].filter(([name]) => name.startsWith(kind));
			await Promise.all(running.map(async ([, n8n]) => await n8n.stop()));
		}
	}

	async stop(): Promise<void> {
		await this.stopN8n();
		for (const server of [this.nginx, this.redis, this.postgres, this.simulator]) {
			await server.stop();
		}
	}

	/** Resolves when n8n has registered its address with the vendor and answered the check push. */
	async registered(earlierPushes = 0): Promise<void> {
		await waitFor(
			() => {
				const pushes = this.simulator.control.pushes().slice(earlierPushes);
				const checks = pushes.filter(({ messageType }) => messageType === '00000');
				return checks.at(-1)?.delivered || undefined;
			},
			{ what: 'the registration of the callback address', timeoutMs: 60_000 },
		);
	}

	private folderOf(name: ProcessName): string {
		return join(this.home.folder, name);
	}

	private async install(): Promise<void> {
		await installIntoN8n(this.home.toolchain.packed, this.folderOf('main'));
		for (const name of BESIDE_MAIN) {
			await mkdir(this.folderOf(name), { recursive: true });
			cpSync(join(this.folderOf('main'), '.n8n'), join(this.folderOf(name), '.n8n'), {
				recursive: true,
			});
		}
	}

	/** What docs/queue-mode.md says, and this machine's addresses. */
	private settings(): Record<string, string> {
		return {
			EXECUTIONS_MODE: 'queue',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
			// The node behind the trigger has expressions. This way they cost less.
			N8N_EXPRESSION_ENGINE: 'legacy',
			N8N_PROXY_HOPS: '1',
			WEBHOOK_URL: `http://127.0.0.1:${this.nginx.port}/`,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.postgres.port),
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_DATABASE: DATABASE,
			// Sooner than after a minute, so that one need not wait for it: a worker that is gone.
			QUEUE_WORKER_LOCK_DURATION: '8000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
			QUEUE_WORKER_STALLED_INTERVAL: '2000',
		};
	}

	/** n8n's API, signed in. */
	async signIn(): Promise<N8nClient> {
		const client = new N8nClient(this.process('main').url);
		const { owner } = await folderSettings(this.home.folder);
		await client.signIn(owner);
		return client;
	}

	private async furnish(): Promise<void> {
		const client = await this.signIn();
		this.client = client;
		const { url, defaults } = this.simulator;
		const credentialId = await client.saveCredential({
			name: CREDENTIAL_NAME,
			type: CREDENTIAL_TYPE,
			data: { baseUrl: url, authentication: 'token', token: defaults.token },
		});
		const file = callingWorkflow({
			name: 'Queue mode',
			triggerId: TRIGGER_ID,
			webhookId: 'b8f7c9e2-2f7b-4a8e-9d55-0c4f6a1e7a02',
			parameters: {},
			credential: { id: credentialId, name: CREDENTIAL_NAME },
			url: this.downstream.url,
			body: '={{ JSON.stringify({ messageId: $json.messageId, executionId: $execution.id }) }}',
		});
		this.workflow = await client.createWorkflow(file);
		await client.activateWorkflow(this.workflow);
		await this.registered();
		await this.rememberMany();
	}

	/**
	 * Fills what the trigger remembers, as it is after 10,000 messages: n8n reads and writes all of
	 * it for each new message, and the longer that takes, the more often two workers get into each
	 * other's way.
	 */
	private async rememberMany(): Promise<void> {
		const entries = `select json_agg(encode(decode(md5(n::text), 'hex'), 'base64'))
			from generate_series(1, 20000) n`;
		await this.postgres.query(
			`insert into processed_data ("workflowId", context, value) values
			('${this.workflow.id}', 'n:${TRIGGER_ID}', json_build_object('mode', 'entries', 'data', (${entries})))`,
		);
	}
}
