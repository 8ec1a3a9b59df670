/** How a run of checks ends, the same for one n8n and for queue mode. */
import { rm } from 'node:fs/promises';
import type { ClaimedFolder } from '../../scripts/lib/cache.cts';
import { seconds } from '../../scripts/lib/progress.cts';
import type { Checks } from './checks.cts';

/**
 * Prints what came of the checks and frees the data folder; gives back the exit code. After a failure
 * data and logs stay, until the next run needs the folder.
 *
 * @param begin when the run began, in milliseconds since 1970
 */
export async function conclude(
	checks: Checks,
	folder: ClaimedFolder,
	begin: number,
): Promise<number> {
	if (checks.allPassed) {
		await rm(folder.path, { recursive: true, force: true, maxRetries: 3 });
	} else {
		console.log(`n8n's data and logs: ${folder.path}`);
	}
	await folder.release();
	console.log(`All that took ${seconds(Date.now() - begin)}`);
	if (checks.omissions !== '') console.log(checks.omissions);
	console.log(checks.summary);
	return checks.allPassed ? 0 : 1;
}
