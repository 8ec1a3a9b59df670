/**
 * The whole product on one machine: a simulated vendor, a real n8n with this package, a credential
 * and an active workflow. Demo, e2e tests and `npm run dev` stand on it.
 */
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.cts';
import { CHECK_PUSH } from './conversation.cts';
import { CREDENTIAL_TYPE, example, withCredentials } from './example.cts';
import { type CredentialData, N8nClient, type StoredWorkflow } from './n8n-client.cts';
import { installedN8n, type InstalledN8n, N8N_VERSION } from './n8n-install.cts';
import { type N8nOptions, type RunningN8n, startN8n } from './n8n-process.cts';
import type { Owner } from './n8n-session.cts';
import { nodeForN8n, type NodeForN8n } from './node24.cts';
import { ownN8n } from './own-n8n.cts';
import { installIntoN8n, packedPackage, type PackedPackage } from './package.cts';
import { freePort } from './ports.cts';
import type { Progress } from './progress.cts';
import { folderSettings } from './settings.cts';
import { waitFor } from './wait.cts';

/** n8n without this package; comes out of the cache. */
export interface N8nToolchain {
	node: NodeForN8n;
	n8n: InstalledN8n;
}

/** What a stack is made of. */
export interface StackToolchain extends N8nToolchain {
	installation: Installation;
}

/** How this package comes into n8n. */
export interface Installation {
	/** What is installed, for the line of progress. */
	label: string;
	/** Installs into n8n's data folder; gives back whether there was something to do. */
	install(userFolder: string): Promise<boolean>;
}

/** A stack with the package as users get it. */
export interface Toolchain extends StackToolchain {
	packed: PackedPackage;
}

/**
 * Fetches whatever of n8n is missing. Some minutes on the first run, no time later.
 *
 * @param wanted the version of n8n
 */
export async function prepareN8n(
	progress: Progress,
	wanted: string = N8N_VERSION,
): Promise<N8nToolchain> {
	const node = await progress.step(
		'Node for n8n',
		async () => await nodeForN8n(wanted),
		({ version }) => version,
	);
	const n8n = await progress.step(
		`n8n ${wanted} (the first time: 3 GB, some minutes)`,
		async () => await installedN8n(node, wanted),
	);
	return { node, n8n };
}

/** An n8n that is there already, in the place of the one in the cache. Throws where there is none. */
export async function prepareOwnN8n(folder: string, progress: Progress): Promise<N8nToolchain> {
	return await progress.step(
		`n8n in ${folder}`,
		async () => await ownN8n(folder),
		({ n8n, node }) => `${n8n.version}, on Node ${node.version}`,
	);
}

/**
 * Fetches or builds whatever is missing. Some minutes on the first run, seconds later.
 *
 * @param prepare finds n8n; by default in the cache
 */
export async function prepareToolchain(
	progress: Progress,
	prepare: (progress: Progress) => Promise<N8nToolchain> = prepareN8n,
): Promise<Toolchain> {
	const n8nToolchain = await prepare(progress);
	const packed = await progress.step('This package, built and packed', packedPackage);
	const installation: Installation = {
		label: 'The tarball, installed into n8n',
		install: async (userFolder) => await installIntoN8n(packed, userFolder),
	};
	return { ...n8nToolchain, packed, installation };
}

export interface StackOptions {
	toolchain: StackToolchain;
	progress: Progress;
	/** n8n's data folder; holds everything that outlives the stack. */
	folder: string;
	/** Tried first, so that addresses stay the same from run to run. */
	preferredPorts?: { n8n: number; simulator: number };
	/** How the simulated vendor differs from the real one, where it must. */
	vendor?: Partial<SimulatorOptions>;
	/** More settings for n8n, by the names of its environment variables. */
	settings?: Record<string, string>;
	/** Flags of the Node that runs n8n. */
	nodeFlags?: readonly string[];
	/** What to do with a stored auto-reply workflow that somebody may have changed in the editor. */
	storedWorkflow: 'keep' | 'restore';
}

/** n8n 1 keeps files in memory unless it is told otherwise, and gives Eyun no links to them then. */
function filesOnDisk(version: string): Record<string, string> {
	return version.startsWith('1.') ? { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' } : {};
}

export const CREDENTIAL_NAME = 'Eyun simulator';

export class Stack {
	private constructor(
		readonly simulator: Simulator,
		readonly owner: Owner,
		private readonly start: () => Promise<RunningN8n>,
		private running: RunningN8n,
		private api: N8nClient,
		/** The n8n that runs, and what runs it. */
		readonly installed: N8nToolchain,
	) {}

	/** Of n8n, for example `2.41.1`. */
	get version(): string {
		return this.installed.n8n.version;
	}

	/** The active auto-reply workflow. */
	workflow!: StoredWorkflow;

	credentialId = '';

	/** n8n as it runs now; another one after `restartN8n`. */
	get n8n(): RunningN8n {
		return this.running;
	}

	/** A client of `n8n`, signed in as the owner. */
	get client(): N8nClient {
		return this.api;
	}

	/** Starts everything; when a step fails, ends what was started and throws. */
	static async start({ toolchain, progress, ...options }: StackOptions): Promise<Stack> {
		const { folder, preferredPorts } = options;
		const { owner, encryptionKey } = await folderSettings(folder);
		await progress.step(
			toolchain.installation.label,
			async () => await toolchain.installation.install(folder),
			(fresh) => (fresh ? '' : 'already there'),
		);
		const simulator = await progress.step(
			'Simulated Eyun',
			async () =>
				await startSimulator({
					...options.vendor,
					port: await freePort(...(preferredPorts ? [preferredPorts.simulator] : [])),
					// As after Login: Initialize Address List, so that friends and groups can be picked at once.
					seed: ({ instances }) => {
						for (const instance of instances.values()) instance.addressListReady = true;
					},
				}),
			({ url }) => url,
		);
		const n8nOptions: N8nOptions = {
			...toolchain,
			userFolder: folder,
			encryptionKey,
			preferredPort: preferredPorts?.n8n,
			settings: { ...filesOnDisk(toolchain.n8n.version), ...options.settings },
			nodeFlags: options.nodeFlags,
		};
		let stack: Stack | undefined;
		try {
			const n8n = await progress.step(
				'n8n',
				async () => await startN8n(n8nOptions),
				({ url }) => url,
			);
			const again = async () => await startN8n({ ...n8nOptions, preferredPort: n8n.port });
			stack = new Stack(simulator, owner, again, n8n, new N8nClient(n8n.url), toolchain);
			await stack.furnish(progress, options.storedWorkflow);
			return stack;
		} catch (error) {
			await (stack ? stack.stop() : simulator.stop());
			throw error;
		}
	}

	private async furnish(progress: Progress, stored: 'keep' | 'restore'): Promise<void> {
		const { client, owner } = this;
		await progress.step('Owner', async () => await client.signIn(owner), String);
		this.credentialId = await progress.step(
			'Credential',
			async () => await client.saveCredential(this.tokenCredential()),
		);
		this.workflow = await progress.step(
			'Workflow examples/auto-reply.json',
			async () => await this.storeExample(stored),
			({ name }) => name,
		);
		await progress.step('Workflow active, callback registered', async () => await this.activate());
	}

	/** Access to the simulator with its permanent token. */
	tokenCredential(): CredentialData {
		const { url, defaults } = this.simulator;
		return {
			name: CREDENTIAL_NAME,
			type: CREDENTIAL_TYPE,
			data: { baseUrl: url, authentication: 'token', token: defaults.token },
		};
	}

	private async storeExample(stored: 'keep' | 'restore'): Promise<StoredWorkflow> {
		const credential = { id: this.credentialId, name: CREDENTIAL_NAME };
		const workflow = withCredentials(await example('auto-reply'), {
			[CREDENTIAL_TYPE]: credential,
		});
		const known = await this.client.findWorkflow(workflow.name);
		if (!known) return await this.client.createWorkflow(workflow);
		if (stored === 'keep') return known;
		return await this.client.updateWorkflow(known.id, workflow);
	}

	/**
	 * Activates the workflow anew, so that its trigger registers with the simulator of this run. n8n
	 * carries out activations after it has answered, so each one is awaited at the simulator: else a
	 * late cancellation could undo the registration after it.
	 */
	async activate(): Promise<void> {
		const { client, simulator } = this;
		const workflow = await client.getWorkflow(this.workflow.id);
		if (workflow.active) {
			await this.callbackRegistered().catch(() => undefined);
			await client.deactivateWorkflow(workflow.id);
			await this.callbackCancelled();
		}
		const earlier = simulator.control.pushes().length;
		await client.activateWorkflow(await client.getWorkflow(workflow.id));
		await this.callbackRegistered(earlier);
	}

	/** Waits until the vendor holds no callback address. */
	async callbackCancelled(): Promise<void> {
		const { accounts } = this.simulator.world;
		await waitFor(
			() => ([...accounts.values()].some(({ callback }) => callback) ? undefined : true),
			{ what: 'the callback address to be cancelled', timeoutMs: 30_000 },
		);
	}

	/**
	 * Waits until this n8n has accepted the check push; gives back the registered address.
	 *
	 * @param earlier how many pushes belong to a registration before the one waited for
	 */
	async callbackRegistered(earlier = 0): Promise<string> {
		const { simulator, running } = this;
		return await waitFor(
			() => {
				const pushes = simulator.control.pushes().slice(earlier);
				const last = pushes.filter(({ messageType }) => messageType === CHECK_PUSH).at(-1);
				if (!last?.url?.startsWith(`${running.url}/`)) return undefined;
				return last.delivered ? last.url : undefined;
			},
			{ what: `n8n to register its callback (log: ${running.logFile})`, timeoutMs: 30_000 },
		);
	}

	/** Ends n8n and starts it again with the same data and port; the simulator runs on. */
	async restartN8n(): Promise<void> {
		await this.running.stop();
		await this.startN8nAgain();
	}

	/** Ends n8n as a crash does. */
	async killN8n(): Promise<void> {
		process.kill(this.running.pid, 'SIGKILL');
		await this.running.ended;
	}

	/** Starts n8n with the same data and port. */
	async startN8nAgain(): Promise<void> {
		this.running = await this.start();
		this.api = new N8nClient(this.running.url);
		await this.api.signIn(this.owner);
	}

	/** Ends n8n and the simulator. */
	async stop(): Promise<void> {
		await this.running.stop();
		await this.simulator.stop();
	}
}
