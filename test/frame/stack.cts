/** The stack that is checked, at the vendor's and n8n's usual settings but for what a busy machine must not decide. */
import type { Progress } from '../../scripts/lib/progress.cts';
import { Stack, type Toolchain } from '../../scripts/lib/stack.cts';

/** Starts simulator and n8n with the tarball, and in n8n the example of an auto-reply, unchanged and active. */
export async function startStack(
	toolchain: Toolchain,
	folder: string,
	progress: Progress,
	settings?: Record<string, string>,
): Promise<Stack> {
	return await Stack.start({
		toolchain,
		progress,
		folder,
		// Not the 6 s of the vendor: how busy this machine is must not decide here.
		vendor: { pushTimeoutMs: 60_000 },
		storedWorkflow: 'restore',
		settings,
	});
}
