/** The dark theme: the icon in its other colours. */
import assert from 'node:assert/strict';
import { openCanvas } from './editor.cts';
import type { Ui } from './ui.cts';

export async function darkTheme(ui: Ui): Promise<void> {
	const { page, stack } = ui;

	// Not the published one, beside which n8n shows advice of its own.
	const { name, nodes, connections, settings } = stack.workflow;
	const copy = await stack.client.createWorkflow({
		name,
		nodes,
		connections,
		settings,
	});

	await ui.check('the example on the canvas', async () => {
		await openCanvas(ui, copy);
		await ui.documentPicture('canvas');
	});

	await ui.check('dark theme: canvas and panel, with the dark icon', async () => {
		await page.evaluate("localStorage.setItem('N8N_THEME', 'dark')");
		await ui.load(`/workflow/${copy.id}`);
		try {
			const node = page.locator('[data-test-id="canvas-node"][data-node-name="Send Text"]');
			await node.waitFor();
			const icon = node.locator('img').first();
			await icon.waitFor();
			assert.match((await icon.getAttribute('src')) ?? '', /eyun\.dark\.svg/);
			await ui.picture('canvas-dark');
			await node.dblclick();
			await page.getByTestId('ndv').getByTestId('node-parameters').waitFor();
			await ui.picture('panel-dark');
		} finally {
			await page.evaluate("localStorage.removeItem('N8N_THEME')");
			await ui.load('/home/workflows');
		}
	});
}
