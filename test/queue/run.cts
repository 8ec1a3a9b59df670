/**
 * `npm run test:queue`: the packed tarball in n8n's queue mode (PostgreSQL, Redis, main, two webhook
 * processes, two workers, nginx) against the simulated vendor. Ends with `N passed, N failed`.
 * Names of parts behind it (`-- turns`) run only those; with `-- --n8n 2.0.3` in that version of n8n.
 */
import { prepareToolchain } from '../../scripts/lib/stack.cts';
import { runParts } from '../frame/parts.cts';
import { wantedN8n } from '../frame/wantedN8n.cts';
import { askedInChat } from './asking.cts';
import { together } from './bursts.cts';
import { Deployment } from './deployment.cts';
import { ownerWrites } from './owner.cts';
import {
	inTurns,
	onePath,
	restarted,
	type Scenario,
	webhookKilled,
	workerKilled,
} from './scenarios.cts';
import { shared } from './sharing.cts';

const PARTS: Record<string, Scenario> = {
	path: onePath,
	turns: inTurns,
	worker: workerKilled,
	webhook: webhookKilled,
	restart: restarted,
	bursts: together,
	owner: ownerWrites,
	sharing: shared,
	asking: askedInChat,
};

void runParts({
	folder: 'queue',
	parts: PARTS,
	options: { n8n: { type: 'string' } },
	async perform({ checks, folder, progress, options, each }) {
		const deployment = await checks.make(
			'n8n in queue mode with the tarball and an active workflow',
			async () => {
				const toolchain = await prepareToolchain(
					progress,
					async () => await wantedN8n(progress, options.n8n),
				);
				return await Deployment.start(folder, toolchain, progress);
			},
		);
		if (!deployment) return;
		await each(async (scenario) => await scenario(checks, deployment));
		await checks.run('everything ends', deployment.stop.bind(deployment));
	},
});
