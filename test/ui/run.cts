/**
 * `npm run test:ui`: Chromium at the editor of a real n8n with the packed tarball, against the simulated
 * vendor. Ends with `N passed, N failed`. Names of parts behind it (`-- pickers`) run only those;
 * `--pictures` writes the pictures of docs/pictures anew.
 */
import { join } from 'node:path';
import { cacheRoot } from '../../scripts/lib/cache.cts';
import { prepareToolchain } from '../../scripts/lib/stack.cts';
import { runParts } from '../frame/parts.cts';
import { startStack } from '../frame/stack.cts';
import { credentialWindow } from './credential.cts';
import { darkTheme } from './dark.cts';
import { examples } from './examples.cts';
import { allOperations } from './operations.cts';
import { pickers } from './pickers.cts';
import { Pictures } from './pictures.cts';
import { review } from './review.cts';
import { searching } from './searching.cts';
import { steps } from './steps.cts';
import { tool } from './tool.cts';
import { triggering } from './triggering.cts';
import { Ui } from './ui.cts';

/** What is looked at. */
const PARTS: Record<string, (ui: Ui) => Promise<void>> = {
	searching,
	credential: credentialWindow,
	operations: allOperations,
	pickers,
	steps,
	triggering,
	tool,
	review,
	examples,
	dark: darkTheme,
};

void runParts({
	folder: 'ui',
	parts: PARTS,
	options: { pictures: { type: 'boolean', default: false } },
	async perform({ checks, folder, progress, options, each }) {
		const pictures = await Pictures.in(join(cacheRoot(), 'ui-pictures'), options.pictures);
		const stack = await checks.make(
			'n8n with the tarball',
			async () => await startStack(await prepareToolchain(progress), folder, progress),
		);
		if (!stack) return;
		const ui = await checks.make(
			'a browser that is signed in',
			async () => await Ui.open(checks, stack, pictures),
		);
		if (ui) {
			await each(async (lookAt) => {
				await ui.goHome();
				await lookAt(ui);
			});
			await checks.run('the browser ends', ui.close.bind(ui));
		}
		await checks.run('n8n and simulator end', stack.stop.bind(stack));
		console.log(`Pictures: ${pictures.folder}`);
	},
});
