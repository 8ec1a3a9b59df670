/** The node as a tool of an AI agent: found by its button, and what the model fills in. */
import assert from 'node:assert/strict';
import { storeAgent } from './agent.cts';
import type { StoredWorkflow } from '../../scripts/lib/n8n-client.cts';
import { action, openNode } from './editor.cts';
import type { Ui } from './ui.cts';

export async function tool(ui: Ui): Promise<void> {
	const { page, stack } = ui;
	const { wcId } = stack.simulator.defaults;

	await ui.check('the tool is found by the button below an agent, and added', async () => {
		const { workflow } = await storeAgent(ui, 'agent without tools');
		await openTools(ui, workflow);
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

/** So often n8n may open all kinds of AI nodes instead of the tools, as it does at times; a person would click again. */
const TRIES = 3;

async function openTools(ui: Ui, { id }: Pick<StoredWorkflow, 'id'>): Promise<void> {
	const { page } = ui;
	const tools = page.getByRole('paragraph').filter({ hasText: /^Tools$/ });
	for (let left = TRIES; left > 0; left--) {
		await ui.load(`/workflow/${id}`);
		await page
			.locator('[data-test-id="canvas-node-input-handle"]', { hasText: 'Tool' })
			.getByTestId('canvas-handle-plus')
			.click();
		const isOpen = await tools.waitFor({ timeout: 5_000 }).then(
			() => true,
			() => false,
		);
		if (isOpen) return;
	}
	throw new Error(`n8n did not open the tools in ${TRIES} tries`);
}
