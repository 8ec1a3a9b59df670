/** A newcomer looks for the nodes: n8n's list of nodes, by what people call WeChat. */
import assert from 'node:assert/strict';
import { openNodeCreator } from './editor.cts';
import type { Ui } from './ui.cts';

/** What people type when they look for the nodes. The trigger is found by these as well. */
const WORDS = [
	'eyun',
	'wechat',
	'weixin',
	'tencent',
	'微信',
	'个人微信',
	'企业微信',
	'E云',
	'wkteam',
	'发消息',
	'群',
];

/** The name by which the list of nodes has the action node and the trigger together. */
const LISTED = 'Eyun WeChat';

export async function searching(ui: Ui): Promise<void> {
	const { page, stack } = ui;

	await ui.check('the package is installed, with both nodes', async () => {
		for (const name of ['eyun', 'eyunTrigger']) {
			assert.ok(await stack.client.nodeType(`n8n-nodes-eyun.${name}`), name);
		}
	});

	await ui.check(`the list of nodes finds them by ${WORDS.join(', ')}`, async () => {
		await ui.load('/workflow/new');
		const search = await openNodeCreator(page);
		for (const word of WORDS) {
			await search.fill(word);
			const first = page.getByTestId('node-creator-item-name').first();
			await first.filter({ hasText: LISTED }).waitFor();
			await search.fill('');
		}
		await search.fill(WORDS[1]);
		await page.getByTestId('node-creator-item-name').first().filter({ hasText: LISTED }).waitFor();
		await ui.picture('search');
	});

	await ui.check('a trigger is added from the list, with its event chosen', async () => {
		await page.getByTestId('node-creator-item-name').filter({ hasText: LISTED }).first().click();
		await page.getByTestId('node-creator').getByText('On private message text').click();
		const panel = page.getByTestId('ndv');
		await panel.getByTestId('node-parameters').waitFor();
		await panel.getByTestId('parameter-input-events').getByText('Private Message: Text').waitFor();
		await ui.picture('trigger-added');
	});
}
