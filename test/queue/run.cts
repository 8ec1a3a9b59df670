/**
 * `npm run test:queue`: the packed tarball in n8n's queue mode (PostgreSQL, Redis, main, two webhook
 * processes, two workers, nginx) against the simulated vendor. Ends with `N passed, N failed`.
 * Names of scenarios behind it (`npm run test:queue -- turns`) run only those.
 */
import { claimFolder } from '../../scripts/lib/cache.cts';
import { progressTo } from '../../scripts/lib/progress.cts';
import { prepareToolchain } from '../../scripts/lib/stack.cts';
import { Checks } from '../e2e/checks.cts';
import { conclude } from '../e2e/conclude.cts';
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

const SCENARIOS: Record<string, Scenario> = {
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

async function main(chosen: string[]): Promise<number> {
	const unknown = chosen.find((name) => !(name in SCENARIOS));
	if (unknown !== undefined) {
		console.error(`No scenario ${unknown}. There are ${Object.keys(SCENARIOS).join(', ')}`);
		return 2;
	}
	const begin = Date.now();
	const checks = new Checks();
	const folder = await claimFolder('queue', { empty: true });
	let deployment: Deployment | undefined;
	await checks.run('n8n in queue mode with the tarball and an active workflow', async () => {
		const progress = progressTo();
		deployment = await Deployment.start(folder.path, await prepareToolchain(progress), progress);
	});
	if (deployment) {
		for (const [name, scenario] of Object.entries(SCENARIOS)) {
			if (chosen.length === 0 || chosen.includes(name)) await scenario(checks, deployment);
		}
		await checks.run('everything ends', deployment.stop.bind(deployment));
	}
	return await conclude(checks, folder, begin);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => process.exit(130));
}
void main(process.argv.slice(2)).then((code) => process.exit(code));
