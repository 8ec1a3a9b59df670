/** A newcomer looks for the nodes: n8n's list of nodes, by what people call WeChat. */
import assert from 'node:assert/strict';
import { action, closePanel, openNodeCreator, openPanel, storeChain, trigger } from './editor.cts';
import type { Ui } from './ui.cts';

/**
 * What people type when they look for the nodes. The trigger is found by these as well: n8n lists both together, by the
 * words of the action node alone.
 */
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
	'发送消息',
	'收消息',
	'群',
	'群聊',
	'@',
	'转发',
	'撤回',
	'回复',
	'机器人',
	'朋友圈',
	'视频号',
	'标签',
	'拉群',
	'微信登录',
	'qr code',
	'mass send',
	'at all',
	'recall',
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

	await ui.check('the lists of a node are filtered by Chinese words', async () => {
		const send = action(ui, 'Filtered', { resource: 'message', operation: 'sendText' });
		const manage = action(ui, 'Group', { resource: 'group', operation: 'get' });
		const hears = trigger(ui, { events: [] });
		const workflow = await storeChain(ui, 'filtered lists', [hears, send, manage]);
		const found = [
			[0, 'events', '转账', 'Private Message: Transfer'],
			[0, 'events', '群', 'Any Group Message'],
			[1, 'resource', '群', 'Group'],
			[1, 'operation', '发消息', 'Send Text'],
			[2, 'operation', '二维码', 'Get QR Code'],
		] as const;
		for (const [place, parameter, words, name] of found) {
			const panel = await openPanel(ui, workflow, place);
			const field = panel.getByTestId(`parameter-input-${parameter}`);
			await field.click();
			await page.keyboard.type(words);
			const options = page.getByRole('option').filter({ visible: true });
			await options.filter({ hasText: name }).first().waitFor();
			// Not because nothing is filtered.
			await options.filter({ hasText: 'Forward Image' }).waitFor({ state: 'detached' });
			for (const text of await options.allInnerTexts()) assert.ok(text.includes(words), text);
			await ui.picture(`filtered-${parameter}-${name}`);
			await page.keyboard.press('Escape');
			await closePanel(page);
		}
	});
}
