import { sleep } from 'n8n-workflow';

/** From one try to the next while n8n cannot store anything, in milliseconds; twice as long each time. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** After so many tries the next one gets its turn: perhaps n8n can never store this one. */
const TRIES_IN_FRONT = 8;

/** All that waits is in memory only. */
const MOST_WAITING = 5_000;

/** One more try. Undefined when it failed again, so that there is to be another one. */
type Attempt<Result> = () => Promise<Result | undefined>;

interface Waiting {
	arrival: number;
	tries: number;
	/** Whether it has ended, so that nothing more is to be tried. */
	attempt(): Promise<boolean>;
}

/**
 * Executions of one trigger that n8n could not store, because its database is locked or away. They
 * are tried again, one after another in the order in which the events came, until n8n stores them:
 * Eyun got its answer, and pushes none of them again.
 */
export class FailedStarts {
	private queue: Waiting[] = [];

	private isWorking = false;

	/** Whether some wait; what comes now is to line up behind them. */
	get hasAny(): boolean {
		return this.queue.length > 0;
	}

	/** Whether one more may line up. */
	get hasRoom(): boolean {
		return this.queue.length < MOST_WAITING;
	}

	/**
	 * Lines up until an attempt succeeds.
	 *
	 * @param arrival its place among the events
	 * @param attempt one more try; it never rejects
	 * @returns what the successful attempt gave
	 */
	async lineUp<Result>(arrival: number, attempt: Attempt<Result>): Promise<Result> {
		return await new Promise<Result>((end) => {
			const waiting: Waiting = {
				arrival,
				tries: 0,
				attempt: async () => {
					const result = await attempt();
					if (result !== undefined) end(result);
					return result !== undefined;
				},
			};
			this.queue = [...this.queue, waiting].sort((one, other) => one.arrival - other.arrival);
			void this.work();
		});
	}

	private async work(): Promise<void> {
		if (this.isWorking) return;
		this.isWorking = true;
		let pauseMs = FIRST_PAUSE_MS;
		await sleep(pauseMs);
		for (let first = this.queue.at(0); first !== undefined; first = this.queue.at(0)) {
			if (await first.attempt()) {
				this.remove(first);
				pauseMs = FIRST_PAUSE_MS;
				continue;
			}
			if (++first.tries % TRIES_IN_FRONT === 0) {
				this.remove(first);
				this.queue.push(first);
			}
			await sleep(pauseMs);
			pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
		}
		this.isWorking = false;
	}

	private remove(done: Waiting): void {
		this.queue = this.queue.filter((waiting) => waiting !== done);
	}
}
