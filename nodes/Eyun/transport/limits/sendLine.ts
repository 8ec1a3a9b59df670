import type { Clock } from './clock';
import { processClock } from './clock';
import type { SendLimits } from './sendLimits';
import type { Block } from './sendLog';
import { SendLog } from './sendLog';

/** The right to make the next send of an account. Nobody else has it until it is used or given back. */
export interface Turn {
	/** Counts the send and lets the next one come. Only the first time: a send counts once. */
	count(): void;
	/** Lets the next one come, without counting. */
	leave(): void;
}

/** How waiting for a turn ended. */
export type TurnEnd =
	| { turn: Turn }
	/** A limit is reached for longer than the send may wait. */
	| { block: Block }
	/** The execution was cancelled. */
	| { cancelled: true };

interface Waiter {
	limits: SendLimits;
	/** Until when it may wait, by the steady clock. */
	untilMs: number;
	/** Whether its execution was cancelled. */
	isCancelled: () => boolean;
	end(result: TurnEnd): void;
}

/** So that a clock that is set, or a computer that slept, is noticed, and no timer lasts long. */
const LONGEST_SLEEP_MS = 1_000;

/** The sends of one account, of whatever execution: one after the other, in the order in which they came. */
export class SendLine {
	private readonly log: SendLog;
	private readonly waiting: Waiter[] = [];
	/** Somebody has the turn. */
	private isTaken = false;
	private isAsleep = false;

	/** @param clock the process's, unless a test brings its own */
	constructor(private readonly clock: Clock = processClock) {
		this.log = new SendLog(clock);
	}

	/**
	 * Waits until the account may send once more.
	 *
	 * @param limits those of the credential
	 * @param cancelled n8n's signal of a cancelled execution
	 */
	async take(limits: SendLimits, cancelled?: AbortSignal): Promise<TurnEnd> {
		if (cancelled?.aborted) return { cancelled: true };
		// A flood of executions is not to pile up waiting for what cannot come in time.
		const block = this.blockBehindOthers(limits);
		if (block !== undefined && block.inMs > limits.longestWaitMs) return { block };
		return await new Promise((resolve) => {
			const leaveLine = () => {
				this.waiting.splice(this.waiting.indexOf(waiter), 1);
				resolve({ cancelled: true });
				this.serve();
			};
			const waiter: Waiter = {
				limits,
				untilMs: this.clock.steadyMs() + limits.longestWaitMs,
				isCancelled: () => cancelled?.aborted === true,
				end: (result) => {
					cancelled?.removeEventListener('abort', leaveLine);
					resolve(result);
				},
			};
			cancelled?.addEventListener('abort', leaveLine, { once: true });
			this.waiting.push(waiter);
			this.serve();
		});
	}

	/** Who fails rather than waits is told by what was sent, once its turn has come. */
	private blockBehindOthers(limits: SendLimits): Block | undefined {
		const ahead = this.waiting.length;
		if (ahead === 0 || limits.longestWaitMs === 0) return undefined;
		return this.log.blockOf(limits, ahead);
	}

	/** Serves whoever stands first, and sends away those whose time does not suffice. */
	private serve(): void {
		while (!this.isTaken && this.waiting.length > 0) {
			const [first] = this.waiting;
			const block = this.log.blockOf(first.limits);
			if (block === undefined) {
				this.waiting.shift();
				first.end({ turn: this.turnOf(first) });
			} else if (this.clock.steadyMs() + block.inMs > first.untilMs) {
				this.waiting.shift();
				first.end({ block });
			} else {
				this.endOverdue(block);
				this.serveLater(block.inMs);
				return;
			}
		}
	}

	private turnOf({ isCancelled }: Waiter): Turn {
		this.isTaken = true;
		let isOver = false;
		const leave = () => {
			if (isOver) return;
			isOver = true;
			this.isTaken = false;
			this.serve();
		};
		const count = () => {
			if (!isOver && !isCancelled()) this.log.note();
			leave();
		};
		return { count, leave };
	}

	/** The first one waits for a limit; those behind it that cannot wait as long are told so. */
	private endOverdue(ofFirst: Block): void {
		const nowMs = this.clock.steadyMs();
		for (const waiter of this.waiting.filter(({ untilMs }) => untilMs <= nowMs)) {
			this.waiting.splice(this.waiting.indexOf(waiter), 1);
			waiter.end({ block: this.log.blockOf(waiter.limits) ?? ofFirst });
		}
	}

	private serveLater(milliseconds: number): void {
		if (this.isAsleep) return;
		this.isAsleep = true;
		void this.clock.sleep(Math.min(milliseconds, LONGEST_SLEEP_MS)).then(() => {
			this.isAsleep = false;
			this.serve();
		});
	}
}
