import { randomUUID } from 'node:crypto';

import { KnownNames } from '../../callbacks/conversation/knownNames';
import { RecentKeys } from '../../common/recentKeys';
import { QuestionBook } from '../../questions/book';
import { AccountStates } from './accountStates';
import { Backlog } from './backlog';
import { Bursts } from './bursts';
import { Deduplicator } from './deduplicator';
import { Durable } from './durable';
import { PausedChats } from './pausedChats';
import { Pushes } from './pushes';
import { Registrations } from './registrations';
import { Starts } from './starts';
import { TestRuns } from './testRuns';
import type { NodeContext } from './triggerId';
import { triggerIdOf } from './triggerId';
import { WaitingEvents } from './waitingEvents';

/** What this process knows of one trigger node, from its first use until it is deactivated. */
export class TriggerState {
	/** Keys of the events that this process has let through. */
	readonly seen = new RecentKeys<true>();

	/** What others have handed on to it, and it to those behind it. */
	readonly handedOn = new RecentKeys<true>();

	readonly pushes = new Pushes();

	readonly starts = new Starts();

	readonly deduplicator = new Deduplicator();

	readonly accounts = new AccountStates();

	readonly paused = new PausedChats();

	readonly bursts = new Bursts();

	readonly waiting = new WaitingEvents();

	readonly durable = new Durable();

	/** Where this process serves the webhook of the trigger, once it has been called. */
	ownUrl: string | undefined;

	/**
	 * @param id names the node (`triggerIdOf`)
	 * @param shared what all triggers of the process share
	 */
	constructor(
		readonly id: string,
		readonly shared: ProcessState,
	) {}
}

/** How a process of n8n is reached without its public address. */
export interface Door {
	/** The public address of n8n, up to the path that n8n itself sees. */
	outside: string;
	/** The same place from inside: protocol, address and port. */
	inside: string;
}

/** How long n8n takes to activate its workflows when it starts, in milliseconds. */
const STARTING_MS = 60_000;

/** Clocks of machines may differ by so many seconds. */
const CLOCK_DIFFERENCE = 60;

/** What one process of n8n knows of its triggers: the state of each, and what they share. */
export class ProcessState {
	readonly registrations = new Registrations();

	readonly testRuns = new TestRuns();

	readonly backlog = new Backlog();

	/** What is asked in chats and not answered yet. */
	readonly questions = new QuestionBook();

	/** How this process is reached from itself; known from the first request on. */
	door: Door | undefined;

	/** What people and groups are called. */
	readonly names = new KnownNames();

	/** Only this process knows it: by it, it knows calls that it makes to itself. */
	readonly token = randomUUID();

	/** When the process began, on its steady clock, in milliseconds. */
	readonly startedMs = performance.now();

	/** The same as Unix time, in seconds, and a little later. */
	private readonly startedAt = Date.now() / 1_000 + CLOCK_DIFFERENCE;

	private readonly states = new Map<string, TriggerState>();

	/** n8n copies the whole node each time a context is asked for it. */
	private readonly known = new WeakMap<NodeContext, TriggerState>();

	/**
	 * The state of a context's node; made at first use.
	 *
	 * @param context any n8n context of the node
	 */
	of(context: NodeContext): TriggerState {
		const known = this.known.get(context);
		if (known !== undefined) return known;
		const id = triggerIdOf(context);
		const state = this.states.get(id) ?? new TriggerState(id, this);
		this.states.set(id, state);
		this.known.set(context, state);
		return state;
	}

	/** When n8n starts, triggers become active one after another; this process may not know all of them yet. */
	get isStarting(): boolean {
		return performance.now() - this.startedMs < STARTING_MS;
	}

	/** The state of a trigger, if there is one. */
	stateOf(triggerId: string): TriggerState | undefined {
		return this.states.get(triggerId);
	}

	/** Whether a trigger is active in this process, so that its events start executions through it. */
	get hasActive(): boolean {
		return [...this.states.values()].some(({ starts }) => starts.emit !== undefined);
	}

	/**
	 * Whether a message is from after the start of this process, so that nobody can have passed it
	 * on before a restart.
	 *
	 * @param timestamp Unix time in seconds, from Eyun
	 */
	isFromAfterStart(timestamp: number | null): boolean {
		return timestamp !== null && timestamp > this.startedAt;
	}

	/**
	 * Frees the state of a trigger that has been deactivated, once nothing of it is on its way into
	 * n8n's database, which may take any time. A trigger that is active again by then keeps it.
	 */
	free(state: TriggerState): void {
		void this.freeWhenIdle(state);
	}

	private async freeWhenIdle(state: TriggerState): Promise<void> {
		const { id, starts, deduplicator } = state;
		await starts.idle();
		await deduplicator.idle();
		const isRegistered = [true, false].some((test) => this.registrations.of(id, test));
		if (isRegistered || starts.emit !== undefined) return;
		if (this.states.get(id) === state) this.states.delete(id);
	}

	/** The states of all triggers. */
	get all(): TriggerState[] {
		return [...this.states.values()];
	}

	/** Resolves when no event is on its way into n8n's database, and no answer to its execution. */
	async idle(): Promise<void> {
		await Promise.all([...this.states.values()].map(async ({ starts }) => await starts.idle()));
		await this.questions.idle();
	}

	/** How many triggers this process keeps a state for. */
	get size(): number {
		return this.states.size;
	}
}

/**
 * What the nodes of this process share. Not on a node: n8n makes the nodes again when it reads its types again,
 * and both serve the same workflows.
 */
export const THIS_PROCESS = new ProcessState();
