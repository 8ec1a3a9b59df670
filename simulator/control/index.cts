/** The control interface as functions; routes.cts offers the same over HTTP. */
import { faultKinds, type Fault } from '../faults.cts';
import { finishJob } from '../jobs.cts';
import type { Held } from '../holds.cts';
import type { MediaRequest, PushRecord, ReceivedRequest } from '../log.cts';
import type { Simulation } from '../simulation.cts';
import type { Job, SentMessage } from '../world-types.cts';
import * as callbacks from './callbacks.cts';
import { ControlError, needCount } from './input.cts';
import * as logins from './logins.cts';
import { notice } from './notices.cts';
import * as people from './people.cts';

export { ControlError } from './input.cts';

export class Control {
	constructor(private readonly sim: Simulation) {}

	readonly say = this.bind(callbacks.say);
	readonly push = this.bind(callbacks.push);
	readonly notice = this.bind(notice);
	readonly friendRequest = this.bind(callbacks.friendRequest);
	readonly scan = this.bind(logins.scan);
	readonly host = this.bind(logins.host);
	readonly account = this.bind(logins.account);
	readonly mode = this.bind(logins.mode);
	readonly secondLogin = this.bind(logins.secondLogin);
	readonly populate = this.bind(people.populate);
	readonly friend = this.bind(people.friend);
	readonly friendAccept = this.bind(people.friendAccept);
	readonly group = this.bind(people.group);
	readonly inviteRequest = this.bind(people.inviteRequest);
	readonly joinGroup = this.bind(people.joinGroup);
	readonly channelReply = this.bind(people.channelReply);

	/** Pushes the last body again, byte for byte, `times` times (1). */
	repeat(input: { times?: number } = {}): Promise<callbacks.PushResult[]> {
		return callbacks.repeat(this.sim, input);
	}

	/** Throws a hosted account (default: the first) offline; pushes 30000. */
	offline(input: { wcId?: string; reason?: string } = {}): Promise<PushRecord> {
		return logins.offline(this.sim, input);
	}

	/** Logs a hosted account (default: the first) in again: a new wId. */
	online(input: { wcId?: string; wId?: string; deviceType?: string } = {}): {
		wcId: string;
		wId: string;
	} {
		return logins.online(this.sim, input);
	}

	/** Makes the next requests go wrong (see Fault). */
	fault(fault: Fault): Fault {
		if (!faultKinds.includes(fault.kind)) {
			throw new ControlError(`kind must be one of ${faultKinds.join(', ')}`);
		}
		for (const name of ['times', 'ms', 'everyMs', 'bytes'] as const) needCount(name, fault[name]);
		const { status } = fault;
		if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status < 600)) {
			throw new ControlError('status must be from 200 to 599');
		}
		this.sim.faults.add(fault);
		return fault;
	}

	/** Takes all faults back; requests that were held go on. */
	clearFaults(): void {
		this.sim.faults.clear();
		this.sim.holds.release();
	}

	/** Requests that a fault of kind hold keeps, of one path ('*' at its end: all that begin so) or of all. */
	held(path?: string): Held[] {
		return this.sim.holds.list(path);
	}

	/** Waits until so many requests are held; ControlError when they are not after `ms` (10 s). */
	async untilHeld(count: number, path?: string, ms = 10_000): Promise<Held[]> {
		if (await this.sim.changes.until(() => this.held(path).length >= count, ms)) {
			return this.held(path);
		}
		throw new ControlError(
			`${String(this.held(path).length)} requests are held, not ${String(count)}`,
		);
	}

	/**
	 * Lets held requests go on: the oldest `count` of them; or, without a count, all, and holds no
	 * more. Gives back how many.
	 */
	release(input: { path?: string; count?: number } = {}): { released: number } {
		needCount('count', input.count);
		if (input.count === undefined) this.sim.faults.endHolds(input.path);
		return { released: this.sim.holds.release(input.path, input.count) };
	}

	/** Ends a running asynchronous job, or all; `failure` makes it fail with that text. */
	async finishJob(input: { id?: string; failure?: string } = {}): Promise<Job[]> {
		const running = [...this.sim.world.jobs.values()].filter(
			(job) => job.type === 0 && (input.id === undefined || job.id === input.id),
		);
		if (input.id !== undefined && running.length === 0) {
			throw new ControlError(`No job ${input.id} is running`);
		}
		for (const job of running) await finishJob(this.sim, job, input.failure);
		return running;
	}

	/** Requests to the vendor's API in the order of arrival, of one path or of all. */
	requests(path?: string): ReceivedRequest[] {
		return this.sim.requests.all().filter((entry) => path === undefined || entry.path === path);
	}

	/** How many requests are under way. */
	get inFlight(): number {
		return this.sim.requests.inFlight;
	}

	/** The largest number of requests that were under way at the same time since the last clear. */
	get maxInFlight(): number {
		return this.sim.requests.maxInFlight;
	}

	clearRequests(): void {
		this.sim.requests.clear();
	}

	/** Messages sent through the API, revoked or not. */
	messages(): SentMessage[] {
		return [...this.sim.world.messages];
	}

	/** Pushes, what they said and what the receiver answered. */
	pushes(): PushRecord[] {
		return this.sim.pusher.log.all();
	}

	/** Downloads of files, and whether a token came with them. */
	media(): MediaRequest[] {
		return this.sim.media.requests.all();
	}

	/** Everything back to the start; callback addresses and logins too (new wIds). */
	reset(): void {
		this.sim.reset();
	}

	/** A function of the control interface with the simulation put in. */
	private bind<Input, Output>(
		run: (sim: Simulation, input: Input) => Output,
	): (input: Input) => Output {
		return (input) => run(this.sim, input);
	}
}
