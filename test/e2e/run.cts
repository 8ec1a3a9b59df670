/**
 * `npm run test:e2e`: the packed tarball in a real n8n against the simulated vendor. Ends with
 * `N passed, N failed`. With `-- --n8n 2.0.3` in that version of n8n, with `-- --n8n <folder>` in one that
 * is installed there, with `-- --n8n latest` in the one that npm gives to everybody. Names of parts behind
 * it (`-- storm asking`) run only those.
 */
import { prepareToolchain, type Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { runParts } from '../frame/parts.cts';
import { startStack } from '../frame/stack.cts';
import { wantedN8n } from '../frame/wantedN8n.cts';
import { accountChecks } from './accounts.cts';
import { agentGuideChecks } from './agentGuide.cts';
import { answeringChecks } from './answering.cts';
import { askingChecks } from './asking.cts';
import { askingInChatChecks } from './askingInChat.cts';
import { callbackChecks } from './callbacks.cts';
import { contractChecks } from './contract.cts';
import { conversationChecks } from './conversations.cts';
import { crashChecks } from './crash.cts';
import { credentialChecks } from './credentials.cts';
import { examplesChecks } from './examples/index.cts';
import { archiveIn } from './examples/records.cts';
import { groupChecks } from './group.cts';
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

type Part = (checks: Checks, stack: Stack) => Promise<void>;

/** Named as the files are that hold them. */
const PARTS: Record<string, Part> = {
	credentials: credentialChecks,
	answering: answeringChecks,
	callbacks: callbackChecks,
	group: groupChecks,
	lists: listChecks,
	media: mediaChecks,
	voice: voiceChecks,
	asking: askingChecks,
	askingInChat: askingInChatChecks,
	accounts: accountChecks,
	waiting: waitingChecks,
	guard: guardChecks,
	crash: crashChecks,
	locked: lockedChecks,
	conversations: conversationChecks,
	tools: toolChecks,
	agentGuide: agentGuideChecks,
	examples: examplesChecks,
	storm: stormChecks,
	contract: contractChecks,
	watchdog: watchdogChecks,
	// Last, because it leaves no active workflow behind.
	restart: restartChecks,
};

void runParts({
	folder: 'e2e',
	parts: PARTS,
	options: { n8n: { type: 'string' } },
	async perform({ checks, folder, progress, options, each }) {
		const stack = await checks.make('n8n with the tarball and an active workflow', async () => {
			const toolchain = await prepareToolchain(
				progress,
				async () => await wantedN8n(progress, options.n8n),
			);
			return await startStack(toolchain, folder, progress, {
				// Many callbacks would take an hour without.
				...(process.env.EYUN_E2E_MESSAGES ? { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } : {}),
				N8N_RESTRICT_FILE_ACCESS_TO: archiveIn(folder),
			});
		});
		if (!stack) return;
		await each(async (part) => await part(checks, stack));
		await checks.run('n8n and simulator end', stack.stop.bind(stack));
	},
});
