import type { Registration } from './registrations';

/** The test runs of this process that are over or ending. */
export class TestRuns {
	/** Test runs that wait for no event any more. */
	readonly served = new WeakSet<Registration>();

	/** Test runs that are ending, by the address of their webhook. */
	readonly endings = new Map<string, Promise<void>>();
}
