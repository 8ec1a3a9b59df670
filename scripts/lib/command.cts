/** How a command of this project runs: its options, its help, how it ends. */
import { endOnSignals } from './ending.cts';
import { progressTo, type Progress } from './progress.cts';

/** One command. */
export interface Command<Options> {
	/** What `--help` prints. */
	help: string;
	/** Reads the options; undefined where the user wants help. Throws Error for options that are none. */
	options(given: string[]): Options | undefined;
	run(options: Options, progress: Progress): Promise<void>;
	/** Begins what is said when it fails. */
	failed: string;
}

/**
 * Runs a command with the options it was called with, and ends the process: 0 when it succeeded or helped,
 * 1 when it failed, 2 for wrong options.
 */
export async function runCommand<Options>(command: Command<Options>): Promise<never> {
	process.exit(await exitCodeOf(command));
}

async function exitCodeOf<Options>({
	help,
	options,
	run,
	failed,
}: Command<Options>): Promise<number> {
	let chosen: Options | undefined;
	try {
		chosen = options(process.argv.slice(2));
	} catch (error) {
		console.error(`${(error as Error).message}\n\n${help}`);
		return 2;
	}
	if (chosen === undefined) {
		console.log(help);
		return 0;
	}
	endOnSignals();
	try {
		await run(chosen, progressTo());
		return 0;
	} catch (error) {
		console.error(`\n${failed}: ${(error as Error).message}`);
		return 1;
	}
}
