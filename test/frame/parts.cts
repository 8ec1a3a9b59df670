/** The frame of the long runs `test:e2e`, `test:queue` and `test:ui`: what each does around its own checks. */
import { rm } from 'node:fs/promises';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { type ClaimedFolder, claimFolder } from '../../scripts/lib/cache.cts';
import { chosenNames } from '../../scripts/lib/chosen.cts';
import { endOnSignals } from '../../scripts/lib/ending.cts';
import { type Progress, progressTo, seconds } from '../../scripts/lib/progress.cts';
import { Checks } from './checks.cts';

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
	typeof parseArgs<{ options: Options; allowPositionals: true }>
>['values'];

/** A run whose parts can be picked by name on the command line. */
export interface PartedRun<Part, Options extends ParseArgsOptionsConfig> {
	/** Of its data folder in the cache. */
	folder: string;
	/** In the order in which they are performed; each stands alone. */
	parts: Record<string, Part>;
	/** What the command line takes beside names of parts, as `parseArgs` wants it. */
	options: Options;
	/** Starts what the parts need, performs them, and ends it. */
	perform(given: Given<Part, Options>): Promise<void>;
}

/** What a run has to work with. */
export interface Given<Part, Options extends ParseArgsOptionsConfig> {
	checks: Checks;
	/** Where n8n keeps its data; empty. */
	folder: string;
	progress: Progress;
	options: Values<Options>;
	/**
	 * Performs the chosen parts, one after another. What stops a whole part counts as a failure, and the
	 * next one is performed all the same.
	 */
	each(perform: (part: Part) => Promise<void>): Promise<void>;
}

/**
 * Performs a run as the command line wants it, prints `N passed, N failed` last, and ends the process: 0 when
 * everything passed, 1 when something failed, 2 for a command line that cannot be right.
 */
export async function runParts<Part, Options extends ParseArgsOptionsConfig>(
	run: PartedRun<Part, Options>,
): Promise<never> {
	endOnSignals();
	process.exit(await exitCodeOf(run, process.argv.slice(2)));
}

/** The same for these words of a command line, but gives back the exit code. */
export async function exitCodeOf<Part, Options extends ParseArgsOptionsConfig>(
	{ folder: folderName, parts, options: config, perform }: PartedRun<Part, Options>,
	args: string[],
): Promise<number> {
	let chosen: string[];
	let options: Values<Options>;
	try {
		const { values, positionals } = parseArgs({ args, options: config, allowPositionals: true });
		chosen = chosenNames(positionals, Object.keys(parts));
		options = values;
	} catch (error) {
		console.error((error as Error).message);
		return 2;
	}
	const begin = Date.now();
	const checks = new Checks();
	const folder = await claimFolder(folderName, { empty: true });
	const each = async (performOne: (part: Part) => Promise<void>) => {
		for (const name of chosen) {
			await performOne(parts[name]).catch(async (error) => {
				await checks.run(name, async () => await Promise.reject(error));
			});
		}
	};
	await perform({ checks, folder: folder.path, progress: progressTo(), options, each });
	await tidyUp(checks, folder);
	console.log(`All that took ${seconds(Date.now() - begin)}`);
	if (checks.omissions !== '') console.log(checks.omissions);
	console.log(checks.summary);
	return checks.allPassed ? 0 : 1;
}

/** Frees the data folder. After a failure data and logs stay in it, until the next run needs it. */
async function tidyUp(checks: Checks, folder: ClaimedFolder): Promise<void> {
	if (checks.allPassed) {
		await rm(folder.path, { recursive: true, force: true, maxRetries: 3 });
	} else {
		console.log(`n8n's data and logs: ${folder.path}`);
	}
	await folder.release();
}
