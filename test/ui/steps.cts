/** A step is executed in its panel: what it gave out, or why it failed; and what is known of it before. */
import assert from 'node:assert/strict';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { ACTION, action, BY_HAND, closeNotices, openPanel, storeChain } from './editor.cts';
import type { Ui } from './ui.cts';

/** The latest version of the action node, as n8n names its schemas by it. */
const VERSION = `${String(ACTION.defaultVersion)}.0`;

export async function steps(ui: Ui): Promise<void> {
	const { page, stack } = ui;
	const { control, defaults } = stack.simulator;
	const wId = { __rl: true, mode: 'list', value: defaults.wcId };
	const friend = { __rl: true, mode: 'list', value: defaults.friend };

	await ui.check('Execute step sends once, and shows what it gave out', async () => {
		const sent = control.messages().length;
		const send = action(ui, 'Send Text', {
			resource: 'message',
			operation: 'sendText',
			wId: { ...wId, cachedResultName: `模拟小助手 (${defaults.wcId})` },
			wcId: { ...friend, cachedResultName: `小明 (${defaults.friend})` },
			content: 'Hello from n8n',
		});
		const panel = await openPanel(ui, await storeChain(ui, 'step', [BY_HAND, send]), 1);
		await ui.picture('action');
		await panel.getByTestId('node-execute-button').click();
		const output = panel.getByTestId('output-panel');
		await output.getByText('newMsgId').first().waitFor();
		await closeNotices(page);
		await ui.documentPicture('output');
		const messages = control.messages().slice(sent);
		assert.deepEqual(
			messages.map(({ to, content }) => ({ to, content })),
			[{ to: defaults.friend, content: 'Hello from n8n' }],
		);
		assert.ok((await output.innerText()).includes(String(messages[0].newMsgId)));
	});

	await ui.check('a step that fails shows what happened and what to do', async () => {
		const get = action(ui, 'Get Group', {
			resource: 'group',
			operation: 'get',
			wId,
			chatRoomId: { __rl: true, mode: 'id', value: '1@chatroom' },
		});
		const panel = await openPanel(ui, await storeChain(ui, 'failing step', [BY_HAND, get]), 1);
		await panel.getByTestId('node-execute-button').click();
		const output = panel.getByTestId('output-panel');
		await output
			.getByText(/Eyun refused/)
			.first()
			.waitFor();
		await ui.picture('step-failed');
	});

	await ui.check('a step that was not executed yet shows the fields it will give out', async () => {
		const list = action(ui, 'Get Members', { resource: 'group', operation: 'getMembers', wId });
		const next = action(ui, 'Next', { resource: 'message', operation: 'sendText', wId });
		const stored = await storeChain(ui, 'schema', [BY_HAND, list, next]);
		const panel = await openPanel(ui, stored, 2);
		const input = panel.getByTestId('ndv-input-panel');
		await input.getByText('Usually outputs the following fields').waitFor();
		await input.getByText('nickName', { exact: true }).first().waitFor();
		await ui.picture('schema');
	});

	await ui.check('n8n has the fields of every operation of the catalogue', async () => {
		const missing: string[] = [];
		for (const { value: resource, operations } of catalogue) {
			for (const { value: operation } of operations) {
				const path = `/schemas/n8n-nodes-eyun.${ACTION.name}/${VERSION}/${resource}/${operation}.json`;
				const { ok } = await fetch(`${stack.n8n.url}${path}`);
				if (!ok) missing.push(path);
			}
		}
		assert.deepEqual(missing, []);
	});
}
