/**
 * `npm run test:e2e`: the packed tarball in a real n8n against the simulated vendor, in the order of
 * the calls below. Ends with `N passed, N failed`. With `-- --n8n 2.0.3` in that version of n8n, with
 * `-- --n8n <folder>` in one that is installed there.
 */
import { parseArgs } from 'node:util';
import { claimFolder } from '../../scripts/lib/cache.cts';
import { type Progress, progressTo } from '../../scripts/lib/progress.cts';
import {
	prepareN8n,
	prepareOwnN8n,
	prepareToolchain,
	type N8nToolchain,
	Stack,
} from '../../scripts/lib/stack.cts';
import { accountChecks } from './accounts.cts';
import { agentGuideChecks } from './agentGuide.cts';
import { answeringChecks } from './answering.cts';
import { askingChecks } from './asking.cts';
import { askingInChatChecks } from './askingInChat.cts';
import { callbackChecks } from './callbacks.cts';
import { Checks } from './checks.cts';
import { credentialChecks } from './credentials.cts';
import { conversationChecks } from './conversations.cts';
import { conclude } from './conclude.cts';
import { contractChecks } from './contract.cts';
import { crashChecks } from './crash.cts';
import { groupChecks } from './group.cts';
import { examplesChecks } from './examples/index.cts';
import { archiveIn } from './examples/records.cts';
import { guardChecks } from './guard.cts';
import { listChecks } from './lists.cts';
import { lockedChecks } from './locked.cts';
import { mediaChecks } from './media.cts';
import { restartChecks } from './restart.cts';
import { stormChecks } from './storm.cts';
import { toolChecks } from './tools.cts';
import { voiceChecks } from './voice.cts';
import { waitingChecks } from './waiting.cts';
import { watchdogChecks } from './watchdog.cts';

/** n8n as the command line names it; without it, the pinned one. */
async function wantedN8n(progress: Progress): Promise<N8nToolchain> {
	const { values } = parseArgs({ options: { n8n: { type: 'string' } }, strict: true });
	const { n8n } = values;
	if (n8n === undefined || /^\d+\.\d+\.\d+$/.test(n8n)) return await prepareN8n(progress, n8n);
	return await prepareOwnN8n(n8n, progress);
}

async function main(): Promise<number> {
	const begin = Date.now();
	const checks = new Checks();
	const folder = await claimFolder('e2e', { empty: true });
	let stack: Stack | undefined;
	const stands = await checks.run('n8n with the tarball and an active workflow', async () => {
		const progress = progressTo();
		const toolchain = await prepareToolchain(progress, wantedN8n);
		stack = await Stack.start({
			toolchain,
			progress,
			folder: folder.path,
			// Not the 6 s of the vendor: how busy this machine is must not decide here.
			vendor: { pushTimeoutMs: 60_000 },
			storedWorkflow: 'restore',
			// Many callbacks would take an hour without.
			settings: {
				...(process.env.EYUN_E2E_MESSAGES ? { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } : {}),
				N8N_RESTRICT_FILE_ACCESS_TO: archiveIn(folder.path),
			},
		});
	});
	if (stands && stack) {
		await credentialChecks(checks, stack);
		await answeringChecks(checks, stack);
		await callbackChecks(checks, stack);
		await groupChecks(checks, stack);
		await listChecks(checks, stack);
		await mediaChecks(checks, stack);
		await voiceChecks(checks, stack);
		await askingChecks(checks, stack);
		await askingInChatChecks(checks, stack);
		await accountChecks(checks, stack);
		await waitingChecks(checks, stack);
		await guardChecks(checks, stack);
		await crashChecks(checks, stack);
		await lockedChecks(checks, stack);
		await conversationChecks(checks, stack);
		await toolChecks(checks, stack);
		await agentGuideChecks(checks, stack);
		await examplesChecks(checks, stack);
		await stormChecks(checks, stack);
		await contractChecks(checks, stack);
		await watchdogChecks(checks, stack);
		await restartChecks(checks, stack);
		await checks.run('n8n and simulator end', stack.stop.bind(stack));
	}
	return await conclude(checks, folder, begin);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => process.exit(130));
}
void main().then((code) => process.exit(code));
