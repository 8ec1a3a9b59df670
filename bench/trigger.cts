/** (d) Callbacks: what n8n takes in a second and what a dropped one costs. */
import { join } from 'node:path';
import { waitFor } from '../scripts/lib/wait.cts';
import type { Progress } from '../scripts/lib/progress.cts';
import type { Toolchain } from '../scripts/lib/stack.cts';
import { inARow } from '../test/e2e/workflows.cts';
import { BenchN8n, type BenchNode } from './n8n.cts';
import { eyunCredential } from './nodes.cts';
import { inTurns } from './rounds.cts';
import { cpuOf } from './trigger-cpu.cts';
import { Executions } from './trigger-executions.cts';
import type { CallbackKind, LoadPlan, LoadResult } from './trigger-load.cts';
import { Vendor } from './vendor.cts';

/** n8n's settings beside the defaults, by the names of its environment variables. */
export const SETTINGS = {
	defaults: {},
	lazyAcquire: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
};

export type Setting = keyof typeof SETTINGS;

/** Executions that run, while callbacks come in. */
export const RUNNING = 50;

/** How long callbacks come in each time. */
const LOAD_MS = 3_000;

export interface TriggerRound {
	/** Callbacks that came. */
	callbacks: number;
	/** Callbacks a second, until the last one was answered. */
	answeredPerSecond: number;
	/** Callbacks a second, until the last execution has ended; absent where they start none. */
	endedPerSecond?: number;
	/** What n8n took of the processor for each, executions included; absent where it is not known. */
	cpuMs?: number;
	/** 99 of 100 were answered within this time, in milliseconds. */
	p99Ms: number;
	/** The slowest answer, in milliseconds. */
	slowestMs: number;
}

/** Who gets the callbacks: our trigger as it comes or with Several Events per Execution, the Webhook node alone, or what one would build with it. */
type Receiver = 'ours' | 'oursTogether' | 'webhook' | 'built';

interface Way {
	receiver: Receiver;
	kind: CallbackKind;
	/** Whether each callback starts an execution. */
	executes: boolean;
	/** Whether `RUNNING` executions run meanwhile. */
	busy?: boolean;
}

const WAYS = {
	acceptedOurs: { receiver: 'ours', kind: 'fresh', executes: true },
	acceptedTogether: { receiver: 'oursTogether', kind: 'fresh', executes: true },
	acceptedWebhook: { receiver: 'webhook', kind: 'fresh', executes: true },
	busyOurs: { receiver: 'ours', kind: 'fresh', executes: true, busy: true },
	busyTogether: { receiver: 'oursTogether', kind: 'fresh', executes: true, busy: true },
	repeatOurs: { receiver: 'ours', kind: 'repeat', executes: false },
	repeatBuilt: { receiver: 'built', kind: 'repeat', executes: true },
	filteredOurs: { receiver: 'ours', kind: 'group', executes: false },
	filteredBuilt: { receiver: 'built', kind: 'group', executes: true },
	ownOurs: { receiver: 'ours', kind: 'own', executes: false },
	ownBuilt: { receiver: 'built', kind: 'own', executes: true },
} satisfies Record<string, Way>;

export type TriggerWay = keyof typeof WAYS;

/** Round by round, for each of n8n's settings. */
export type TriggerRounds = Record<Setting, Record<TriggerWay, TriggerRound[]>>;

/**
 * Lets callbacks come to one n8n after another, each with settings of its own and an empty database,
 * in folders within `folder`. Throws when a callback is lost, or executed where it should not be.
 */
export async function measureTrigger(
	toolchain: Toolchain,
	folder: string,
	progress: Progress,
	rounds: number,
): Promise<TriggerRounds> {
	const results = {} as TriggerRounds;
	for (const setting of Object.keys(SETTINGS) as Setting[]) {
		const userFolder = join(folder, setting);
		const vendor = await Vendor.start();
		try {
			const n8n = await BenchN8n.start(toolchain, userFolder, progress, SETTINGS[setting]);
			try {
				const executions = new Executions(toolchain.node.binary, userFolder);
				const bench = await TriggerBench.prepare(n8n, vendor, executions);
				results[setting] = await progress.step(
					`Callbacks, ${Object.keys(WAYS).length} ways, ${rounds} rounds (${setting})`,
					async () =>
						await inTurns(rounds, Object.keys(WAYS) as TriggerWay[], async (way) =>
							bench.measure(WAYS[way]),
						),
				);
			} finally {
				await n8n.stop();
			}
		} finally {
			await vendor.stop();
		}
	}
	return results;
}

interface Target {
	url: string;
	workflowId: string;
}

class TriggerBench {
	private constructor(
		private readonly n8n: BenchN8n,
		private readonly vendor: Vendor,
		private readonly executions: Executions,
		private readonly targets: Record<Receiver | 'waiting', Target>,
	) {}

	/** Activates all workflows, and lets each receive once what is to be a repeat later. */
	static async prepare(
		n8n: BenchN8n,
		vendor: Vendor,
		executions: Executions,
	): Promise<TriggerBench> {
		const { simulator, token, holder } = await vendor.ask('where');
		const credentials = await n8n.credential(eyunCredential('Simulator', simulator, token));
		const registered = async (account?: string) =>
			await waitFor(async () => (await vendor.ask('callbackUrl', account)) ?? undefined, {
				what: 'the trigger to register',
				timeoutMs: 15_000,
				everyMs: 100,
			});
		const ours = await n8n.activate(inARow('trigger-ours', [{ ...OURS, credentials }]));
		// The vendor pushes to one address for each developer account.
		const second = await vendor.ask('account', SECOND_ACCOUNT);
		const together = await n8n.activate(
			inARow('trigger-ours-together', [
				{
					...OURS,
					webhookId: `${OURS.webhookId}-2`,
					parameters: { ...OURS.parameters, options: { severalEvents: true } },
					credentials: await n8n.credential(eyunCredential('Second', simulator, second)),
				},
			]),
		);
		const behindWebhook = async (path: string, nodes: BenchNode[]) => {
			const { id } = await n8n.activate(inARow(path, [webhook(path), ...nodes]));
			return { url: `${n8n.process.url}/webhook/${path}`, workflowId: id };
		};
		const bench = new TriggerBench(n8n, vendor, executions, {
			ours: { url: await registered(), workflowId: ours.id },
			oursTogether: { url: await registered(SECOND_ACCOUNT), workflowId: together.id },
			webhook: await behindWebhook('trigger-webhook', []),
			built: await behindWebhook('trigger-built', [FILTER, REMOVE_DUPLICATES]),
			waiting: await behindWebhook('trigger-waiting', [get(holder)]),
		});
		for (const receiver of ['ours', 'oursTogether', 'webhook', 'built'] as const) {
			await bench.receiveOnce(receiver);
		}
		return bench;
	}

	/** For a moment after the activation n8n still answers 404. */
	private async receiveOnce(receiver: Receiver): Promise<void> {
		const { url, workflowId } = this.targets[receiver];
		await this.executions.begin();
		await waitFor(
			async () => {
				const { answers } = await this.vendor.ask('push', { url, kind: 'repeat', count: 1 });
				return answers === 1 || undefined;
			},
			{ what: `${url} to be there`, timeoutMs: 15_000, everyMs: 100 },
		);
		await this.executions.ended({ [workflowId]: 1 });
	}

	async measure({ receiver, kind, executes, busy = false }: Way): Promise<TriggerRound> {
		const { url, workflowId } = this.targets[receiver];
		await this.executions.begin();
		if (busy) await this.startRunning();
		const cpuBefore = await cpuOf(this.n8n.process.pid);
		const load = await this.push({ url, kind, ms: LOAD_MS });
		const expected = { [workflowId]: executes ? load.answers : 0 };
		const endedAt = await this.executions.ended(
			expected,
			busy ? [this.targets.waiting.workflowId] : [],
			[this.targets.oursTogether.workflowId],
		);
		const cpuAfter = await cpuOf(this.n8n.process.pid);
		if (busy) await this.endRunning(expected);
		return roundOf(load, executes ? endedAt : undefined, cpuBefore, cpuAfter);
	}

	private async push(plan: LoadPlan): Promise<LoadResult> {
		const load = await this.vendor.ask('push', plan);
		if (load.refusal === undefined) return load;
		throw new Error(`n8n answered a callback (${plan.kind}) with ${load.refusal || 'nothing'}`);
	}

	private async startRunning(): Promise<void> {
		const { url } = this.targets.waiting;
		await this.push({ url, kind: 'fresh', count: RUNNING });
		await waitFor(async () => (await this.vendor.ask('held')) === RUNNING || undefined, {
			what: `${RUNNING} executions that run`,
			timeoutMs: 60_000,
			everyMs: 100,
		});
	}

	private async endRunning(others: Record<string, number>): Promise<void> {
		const held = await this.vendor.ask('held');
		if (held !== RUNNING) throw new Error(`Only ${held} executions ran all the time`);
		await this.vendor.ask('release');
		await this.executions.ended(
			{ ...others, [this.targets.waiting.workflowId]: RUNNING },
			[],
			[this.targets.oursTogether.workflowId],
		);
	}
}

function roundOf(
	{ answers, beganAt, ms, p99Ms, slowestMs }: LoadResult,
	endedAt: number | undefined,
	cpuBefore: number | undefined,
	cpuAfter: number | undefined,
): TriggerRound {
	const ended = endedAt === undefined ? undefined : Math.max(endedAt - beganAt, ms);
	return {
		callbacks: answers,
		answeredPerSecond: (answers / ms) * 1_000,
		...(ended === undefined ? {} : { endedPerSecond: (answers / ended) * 1_000 }),
		...(cpuBefore === undefined || cpuAfter === undefined
			? {}
			: { cpuMs: (cpuAfter - cpuBefore) / answers }),
		p99Ms,
		slowestMs,
	};
}

const SECOND_ACCOUNT = 'second';

const OURS: BenchNode = {
	name: 'Eyun WeChat Trigger',
	type: 'n8n-nodes-eyun.eyunTrigger',
	typeVersion: 1.1,
	// Production and test address differ by this.
	webhookId: '7d1f1e5b-5d0f-4c39-9e0e-2f1c7d0a4b11',
	parameters: { events: ['privateMessage'], options: {} },
};

/** Answers as soon as n8n has taken the callback, as it does unless told otherwise. */
function webhook(path: string): BenchNode {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, options: {} },
	};
}

/** Lets pass what the trigger is set to: private messages that somebody else wrote. */
const FILTER: BenchNode = {
	name: 'Filter',
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.3,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 3 },
			combinator: 'and',
			conditions: [
				{
					id: '5a1e5a6c-8a53-4c0e-8b1f-6d2f7c1f0a01',
					leftValue: '={{ $json.body.messageType }}',
					rightValue: '60',
					operator: { type: 'string', operation: 'startsWith' },
				},
				{
					id: '5a1e5a6c-8a53-4c0e-8b1f-6d2f7c1f0a02',
					leftValue: '={{ $json.body.data.self }}',
					rightValue: '',
					operator: { type: 'boolean', operation: 'false', singleValue: true },
				},
			],
		},
		options: {},
	},
};

const REMOVE_DUPLICATES: BenchNode = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.body.data.newMsgId }}',
		options: {},
	},
};

function get(url: string): BenchNode {
	return {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		parameters: { url, options: {} },
	};
}
