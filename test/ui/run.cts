/**
 * `npm run test:ui`: Chromium at the editor of a real n8n with the packed tarball, against the simulated
 * vendor. Ends with `N passed, N failed`. Names of subjects behind it (`npm run test:ui -- pickers`) run
 * only those; `--pictures` writes the pictures of docs/pictures anew.
 */
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { cacheRoot, claimFolder } from '../../scripts/lib/cache.cts';
import { progressTo } from '../../scripts/lib/progress.cts';
import { prepareToolchain, Stack } from '../../scripts/lib/stack.cts';
import { Checks } from '../e2e/checks.cts';
import { conclude } from '../e2e/conclude.cts';
import { credentialWindow } from './credential.cts';
import { darkTheme } from './dark.cts';
import { allOperations } from './operations.cts';
import { pickers } from './pickers.cts';
import { Pictures } from './pictures.cts';
import { review } from './review.cts';
import { searching } from './searching.cts';
import { steps } from './steps.cts';
import { tool } from './tool.cts';
import { triggering } from './triggering.cts';
import { Ui } from './ui.cts';

/** What is looked at; each stands alone. */
const SUBJECTS: Record<string, (ui: Ui) => Promise<void>> = {
	searching,
	credential: credentialWindow,
	operations: allOperations,
	pickers,
	steps,
	triggering,
	tool,
	review,
	dark: darkTheme,
};

async function main(args: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: { pictures: { type: 'boolean', default: false } },
	});
	const unknown = positionals.find((name) => !(name in SUBJECTS));
	if (unknown !== undefined) {
		console.error(`No subject ${unknown}. There are ${Object.keys(SUBJECTS).join(', ')}`);
		return 2;
	}
	const begin = Date.now();
	const checks = new Checks();
	const folder = await claimFolder('ui', { empty: true });
	const pictures = await Pictures.in(join(cacheRoot(), 'ui-pictures'), values.pictures);
	let stack: Stack | undefined;
	let ui: Ui | undefined;
	await checks.run('n8n with the tarball, and a browser that is signed in', async () => {
		const progress = progressTo();
		const toolchain = await prepareToolchain(progress);
		stack = await Stack.start({
			toolchain,
			progress,
			folder: folder.path,
			// Not the 6 s of the vendor: how busy this machine is must not decide here.
			vendor: { pushTimeoutMs: 60_000 },
			storedWorkflow: 'restore',
		});
		ui = await Ui.open(checks, stack, pictures);
	});
	if (ui) {
		for (const [name, subject] of Object.entries(SUBJECTS)) {
			if (positionals.length > 0 && !positionals.includes(name)) continue;
			// What stops a whole subject counts as a failure, and the next one is looked at all the same.
			await lookAt(ui, subject).catch(async (error) => {
				await checks.run(name, async () => await Promise.reject(error));
			});
		}
		await checks.run('the browser ends', ui.close.bind(ui));
	}
	if (stack) await checks.run('n8n and simulator end', stack.stop.bind(stack));
	console.log(`Pictures: ${pictures.folder}`);
	return await conclude(checks, folder, begin);
}

async function lookAt(ui: Ui, subject: (ui: Ui) => Promise<void>): Promise<void> {
	await ui.goHome();
	await subject(ui);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => process.exit(130));
}
void main(process.argv.slice(2)).then((code) => process.exit(code));
