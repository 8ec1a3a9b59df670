/** The trigger in the editor: a test event, publishing, and a callback address that somebody else has. */
import assert from 'node:assert/strict';
import { otherSystem, Triggering } from '../e2e/triggering.cts';
import { openCanvas, openPanel, storeChain, trigger } from './editor.cts';
import type { Ui } from './ui.cts';

export async function triggering(ui: Ui): Promise<void> {
	const { page, stack } = ui;
	const { client, simulator } = stack;
	const { control, defaults } = simulator;
	const workflow = await storeChain(ui, 'trigger', [trigger(ui, { events: ['message'] })]);

	await ui.check('a test event: listens, is pushed a message, shows it', async () => {
		const panel = await openPanel(ui, workflow, 0);
		await ui.documentPicture('trigger');
		const earlier = control.pushes().length;
		await panel.getByTestId('node-execute-button').click();
		await panel.getByText('Stop Listening').first().waitFor();
		await ui.picture('trigger-listens');
		await stack.callbackRegistered(earlier);
		assert.ok((await control.say({ from: defaults.friend, text: 'A test event' })).delivered);
		await panel.getByTestId('output-panel').getByText('A test event').first().waitFor();
		await ui.picture('trigger-event');
	});

	await ui.check('published from the editor: registers, and a message starts it', async () => {
		await publish(ui, workflow.id);
		await page.getByText('Workflow published').waitFor();
		await ui.picture('published');
		await page.getByRole('button', { name: 'Got it' }).click();
		await client.published(workflow.id);
		const before = await client.executionCount(workflow.id);
		assert.ok((await control.say({ from: defaults.friend, text: 'Published' })).delivered);
		await client.waitForExecutions(workflow.id, before + 1);
		await client.deactivateWorkflow(workflow.id);
		await client.published(workflow.id);
	});

	await client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const other = await otherSystem();
	const careful = await Triggering.create(stack, 'conflict');
	await ui.check('publishing beside another system: who it is, and what to choose', async () => {
		careful.register(other.address);
		await publish(ui, careful.workflow.id);
		const error = page.getByText(other.url).filter({ visible: true }).first();
		await error.waitFor();
		await ui.picture('conflict');
		const text = await page.locator('body').innerText();
		console.log(await error.innerText());
		assert.match(text, /Share/);
		assert.match(text, /Take Over/);
		assert.equal(careful.registered, other.address);
	});
	await careful.deactivate();
	careful.register(null);
	await other.stop();
	await stack.activate();
}

/** Opens a workflow and publishes it by its button. */
async function publish(ui: Ui, id: string): Promise<void> {
	const { page } = ui;
	await openCanvas(ui, { id });
	await page.getByTestId('workflow-open-publish-modal-button').click();
	await page.getByTestId('workflow-publish-button').click();
}
