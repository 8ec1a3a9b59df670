import { sleep } from 'n8n-workflow';

/** What tells the time and lets it pass. */
export interface Clock {
	/** The process's steady clock, which never jumps; milliseconds. */
	steadyMs(): number;
	/** The clock on the wall; Unix milliseconds. */
	wallMs(): number;
	sleep(milliseconds: number): Promise<void>;
}

/** The clocks of this process. */
export const processClock: Clock = {
	steadyMs: () => performance.now(),
	wallMs: () => Date.now(),
	sleep: async (milliseconds) => await sleep(milliseconds),
};
