/** Delays that end at once when the simulator stops, so that no test process hangs on them. */
export class Timers {
	private readonly pending = new Map<NodeJS.Timeout, () => void>();

	/** Resolves after the time, or at once when the simulator stops. */
	wait(ms: number): Promise<void> {
		if (ms <= 0) return Promise.resolve();
		return new Promise((resolve) => this.start(ms, resolve, resolve));
	}

	/** Runs an action after the time, unless the simulator stops before. */
	later(ms: number, action: () => void): void {
		this.start(ms, action, () => undefined);
	}

	/** Ends all timers. */
	stop(): void {
		for (const [timer, ended] of this.pending) {
			clearTimeout(timer);
			ended();
		}
		this.pending.clear();
	}

	private start(ms: number, action: () => void, ended: () => void): void {
		const timer = setTimeout(() => {
			this.pending.delete(timer);
			action();
		}, ms);
		this.pending.set(timer, ended);
	}
}

/** Lets callers wait until something changes, with a time limit. */
export class Changes {
	private waiting = new Set<() => void>();
	private stopped = false;

	constructor(private readonly timers: Timers) {}

	/** Tells everybody who waits. */
	emitEvent(): void {
		const told = this.waiting;
		this.waiting = new Set();
		for (const resume of told) resume();
	}

	/** Resolves true as soon as the test holds, false when the time is over. */
	async until(holds: () => boolean, ms: number): Promise<boolean> {
		const end = Date.now() + ms;
		const over = this.timers.wait(ms);
		while (!holds()) {
			if (Date.now() >= end) return false;
			await Promise.race([over, new Promise<void>((resolve) => this.waiting.add(resolve))]);
			if (this.stopped) return false;
		}
		return true;
	}

	/** Ends all waiting for good. */
	stop(): void {
		this.stopped = true;
		this.emitEvent();
	}
}
