/** A person in between: a tool call that waits for somebody's yes, and a question with its page. */
import assert from 'node:assert/strict';
import { storeAgent } from './agent.cts';
import {
	action,
	BY_HAND,
	openCanvas,
	openNode,
	openNodeCreator,
	openPanel,
	storeChain,
} from './editor.cts';
import type { Ui } from './ui.cts';

export async function review(ui: Ui): Promise<void> {
	const { page, stack } = ui;
	const { control, defaults } = stack.simulator;
	const wId = { __rl: true, mode: 'list', value: defaults.wcId };
	const wcId = { __rl: true, mode: 'list', value: defaults.friend };

	await ui.check('a review step stands between an agent and its tool', async () => {
		const send = action(ui, 'Send Text', { resource: 'message', operation: 'sendText', wId });
		const ask = action(ui, 'Ask the Boss', {
			resource: 'message',
			operation: 'sendAndWait',
			wId,
			wcId,
		});
		const { workflow, toolIds } = await storeAgent(ui, 'Agent with a review', [
			{ ...ask, type: 'n8n-nodes-eyun.eyunHitlTool' },
			{ ...send, type: 'n8n-nodes-eyun.eyunTool', servesTool: 'Ask the Boss' },
		]);
		await openCanvas(ui, workflow);
		await ui.documentPicture('review');
		const panel = await openNode(ui, workflow.id, toolIds[0]);
		await ui.picture('review-panel');
		assert.doesNotMatch(await panel.innerText(), /undefined|\[object/);
	});

	await ui.check('the list of nodes has it among those with a human in the loop', async () => {
		await ui.load('/workflow/new');
		await (await openNodeCreator(page)).fill('approval');
		await page.getByTestId('node-creator-item-name').getByText('Eyun WeChat').first().waitFor();
		await ui.picture('review-search');
	});

	await ui.check('a question sends a link to a page that asks', async () => {
		const ask = action(ui, 'Ask', {
			resource: 'message',
			operation: 'sendAndWait',
			wId,
			wcId,
			message: 'May order 4711 be shipped?',
		});
		const sent = control.messages().length;
		const panel = await openPanel(ui, await storeChain(ui, 'question', [BY_HAND, ask]), 1);
		await panel.getByTestId('node-execute-button').click();
		await page
			.getByText(/waiting/i)
			.first()
			.waitFor();
		await ui.picture('question-waits');
		const link = /https?:\S+/.exec(control.messages().slice(sent).at(-1)?.content ?? '')?.[0];
		assert.ok(link, 'no link was sent');
		const phone = await page.context().newPage();
		ui.problems.watch(phone);
		await phone.setViewportSize({ width: 390, height: 250 });
		await phone.goto(link);
		await ui.documentPicture('question', phone);
		await phone.getByRole('button').first().click();
		await phone.waitForLoadState();
		await ui.picture('question-answered', phone);
		await phone.close();
		await panel.getByTestId('output-panel').getByText('approved').first().waitFor();
	});
}
