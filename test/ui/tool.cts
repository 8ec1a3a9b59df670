/** The node as a tool of an AI agent: found by its button, and what the model fills in. */
import assert from 'node:assert/strict';
import { storeAgent } from './agent.cts';
import { action, openCanvas, openNode } from './editor.cts';
import type { Page } from 'playwright-core';
import type { Ui } from './ui.cts';

export async function tool(ui: Ui): Promise<void> {
	const { page, stack } = ui;
	const { wcId } = stack.simulator.defaults;

	await ui.check('the tool is found by the button below an agent, and added', async () => {
		const { workflow } = await storeAgent(ui, 'agent without tools');
		await openCanvas(ui, workflow);
		await page
			.locator('[data-test-id="canvas-node-input-handle"]', { hasText: 'Tool' })
			.getByTestId('canvas-handle-plus')
			.click();
		await openTools(page);
		await page.getByTestId('node-creator-search-bar').fill('wechat');
		const entry = page
			.getByTestId('node-creator-item-name')
			.filter({ hasText: 'Eyun WeChat Tool' });
		await entry.waitFor();
		await ui.picture('tool-search');
		await entry.click();
		await page.getByTestId('ndv').getByTestId('node-parameters').waitFor();
		await page.getByTestId('ndv').getByTestId('parameter-input-operation').waitFor();
		await ui.picture('tool-added');
	});

	await ui.check('a tool shows what the model fills in', async () => {
		const node = action(ui, 'Send Text', {
			resource: 'message',
			operation: 'sendText',
			wId: { __rl: true, mode: 'list', value: wcId, cachedResultName: `模拟小助手 (${wcId})` },
		});
		const { workflow, toolIds } = await storeAgent(ui, 'agent with a tool', [
			{ ...node, type: 'n8n-nodes-eyun.eyunTool' },
		]);
		const panel = await openNode(ui, workflow.id, toolIds[0]);
		await ui.documentPicture('tool');
		const text = await panel.getByTestId('node-parameters').innerText();
		assert.doesNotMatch(text, /undefined|\[object/);
		// Whom to write to, and what.
		assert.equal(text.match(/Defined automatically by the model/g)?.length, 2);
	});
}

/** n8n mostly opens the tools at once, but in a long session with all kinds of AI nodes before them. */
async function openTools(page: Page): Promise<void> {
	const tools = page.getByRole('paragraph').filter({ hasText: /^Tools$/ });
	const kind = page.getByTestId('node-creator-item-name').filter({ hasText: /^\s*Tools\s*$/ });
	await tools.waitFor({ timeout: 3_000 }).catch(async () => {
		await kind.click();
		await tools.waitFor();
	});
}
