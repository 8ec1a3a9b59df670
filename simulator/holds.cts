/** Requests that a fault of kind hold keeps until somebody releases them. */
import { matchesPath } from './faults.cts';
import type { Changes } from './timers.cts';

/** A request that waits. */
export interface Held {
	/** Its number in the log of requests. */
	number: number;
	path: string;
	/** The caller has hung up meanwhile. */
	gone: boolean;
}

interface Waiting extends Held {
	/** Lets it go on, or drops it. */
	end: (goesOn: boolean) => void;
}

export class Holds {
	private waiting: Waiting[] = [];

	constructor(private readonly changes: Changes) {}

	/** Waits for the release; false when the request is dropped. `onGone` calls back when the caller hangs up. */
	async wait(
		request: Pick<Held, 'number' | 'path'>,
		onGone: (listener: () => void) => void,
	): Promise<boolean> {
		return await new Promise((resolve) => {
			const { number, path } = request;
			const waiting: Waiting = { number, path, gone: false, end: resolve };
			onGone(() => (waiting.gone = true));
			this.waiting.push(waiting);
			this.changes.emitEvent();
		});
	}

	/** Who waits, in the order of arrival. */
	list(path?: string): Held[] {
		return this.matching(path).map(({ number, path: held, gone }) => ({
			number,
			path: held,
			gone,
		}));
	}

	/** Lets the oldest go on, `count` of them or all; gives back how many. */
	release(path?: string, count = Infinity): number {
		return this.end(this.matching(path).slice(0, count), true);
	}

	/** Drops all. */
	drop(): void {
		this.end(this.waiting, false);
	}

	private matching(path: string | undefined): Waiting[] {
		return this.waiting.filter((held) => path === undefined || matchesPath(path, held.path));
	}

	private end(ended: Waiting[], goesOn: boolean): number {
		this.waiting = this.waiting.filter((held) => !ended.includes(held));
		for (const held of ended) held.end(goesOn);
		return ended.length;
	}
}
