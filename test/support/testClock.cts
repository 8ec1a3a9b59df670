import type { Clock } from '../../nodes/Eyun/transport/limits/clock';

/** A clock that stands until a test moves it. */
export class TestClock implements Clock {
	private passedMs = 0;
	private sleepers: Array<{ untilMs: number; wake: () => void }> = [];

	/** @param startMs what the clock on the wall shows at first, as a date */
	constructor(private readonly start = '2026-03-10T12:00:00Z') {}

	steadyMs = () => this.passedMs;

	wallMs = () => Date.parse(this.start) + this.passedMs;

	sleep = async (milliseconds: number) =>
		await new Promise<void>((wake) => {
			this.sleepers.push({ untilMs: this.passedMs + milliseconds, wake });
		});

	/** How many wait for it at the moment. */
	get asleep(): number {
		return this.sleepers.length;
	}

	/** Lets time pass, and whatever waits for it happen in its order. */
	async pass(milliseconds: number): Promise<void> {
		const endMs = this.passedMs + milliseconds;
		for (;;) {
			await settle();
			const [next] = this.sleepers.sort((one, other) => one.untilMs - other.untilMs);
			if (next === undefined || next.untilMs > endMs) break;
			this.sleepers.shift();
			this.passedMs = next.untilMs;
			next.wake();
		}
		this.passedMs = endMs;
		await settle();
	}
}

/** Lets everything happen that does not wait for the clock. */
async function settle(): Promise<void> {
	for (let turns = 0; turns < 5; turns++) await new Promise(setImmediate);
}
