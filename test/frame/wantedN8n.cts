/** The n8n that a run is made in, as `--n8n` on its command line names it. */
import { versionOf } from '../../scripts/lib/n8n-install.cts';
import type { Progress } from '../../scripts/lib/progress.cts';
import { type N8nToolchain, prepareN8n, prepareOwnN8n } from '../../scripts/lib/stack.cts';

/**
 * Fetches n8n where it is missing.
 *
 * @param wanted a version (`2.0.3`), a tag of npm (`latest`) or a folder; without it, the pinned version
 * @throws where there is no such n8n
 */
export async function wantedN8n(
	progress: Progress,
	wanted: string | undefined,
): Promise<N8nToolchain> {
	if (wanted === undefined || /^\d+\.\d+\.\d+$/.test(wanted)) {
		return await prepareN8n(progress, wanted);
	}
	if (/^[a-z]+$/.test(wanted)) return await prepareN8n(progress, await versionOf(wanted));
	return await prepareOwnN8n(wanted, progress);
}
