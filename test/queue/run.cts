/**
 * `npm run test:queue`: the packed tarball in n8n's queue mode (PostgreSQL, Redis, main, two webhook
 * processes, two workers, nginx) against the simulated vendor. Ends with `N passed, N failed`.
 * Names of parts behind it (`-- turns`) run only those.
 */
import { prepareToolchain } from '../../scripts/lib/stack.cts';
import { runParts } from '../frame/parts.cts';
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
	options: {},
	async perform({ checks, folder, progress, each }) {
		const deployment = await checks.make(
			'n8n in queue mode with the tarball and an active workflow',
			async () => await Deployment.start(folder, await prepareToolchain(progress), progress),
		);
		if (!deployment) return;
		await each(async (scenario) => await scenario(checks, deployment));
		await checks.run('everything ends', deployment.stop.bind(deployment));
	},
});
