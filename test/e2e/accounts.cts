/** An account chosen from the list outlasts its logins; lists answer, and say what is missing. */
import assert from 'node:assert/strict';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import { outputOf } from '../../scripts/lib/n8n-client.cts';
import { N8nRefusal } from '../../scripts/lib/n8n-session.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { callWebhook, chain, eyunNode } from './workflows.cts';

const PATH = 'e2e-account';
const SEND = 'Send Text';

export async function accountChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, simulator } = stack;
	const { control, defaults } = simulator;
	const chosen = (value: string) => ({ __rl: true, mode: 'list', value });
	const send = eyunNode(stack, SEND, {
		resource: 'message',
		operation: 'sendText',
		wId: chosen(defaults.wcId),
		wcId: chosen(defaults.friend),
		content: '={{ $json.body.text }}',
	});

	/** As Login: Initialize Address List does, after each login. */
	const loadAddressLists = () => {
		for (const instance of simulator.world.instances.values()) instance.addressListReady = true;
	};

	await checks.run('the editor lists accounts and, once they are loaded, chats', async () => {
		const accounts = await client.openList(send, 'account');
		assert.deepEqual(accounts.results, [
			{ name: `模拟小助手 (${defaults.wcId})`, value: defaults.wcId },
		]);
		control.online();
		await assert.rejects(client.openList(send, 'chat'), (error: N8nRefusal) => {
			assert.match(error.message, /The address list of this account is empty/);
			assert.match(JSON.stringify(error.body), /Login: Initialize Address List/);
			return true;
		});
		loadAddressLists();
		const { results } = await client.openList(send, 'chat', '小明');
		const [found, ...more] = results;
		assert.deepEqual(found, { name: `小明 (${defaults.friend})`, value: defaults.friend });
		// The search stops at the first hit, and says how far it is.
		for (const { name } of more) assert.match(name, /^Searched \d+ of \d+ so far/);
	});

	await checks.run('a workflow goes on after its account has logged in again', async () => {
		const workflow = await client.createWorkflow(chain(PATH, [send]));
		await client.activateWorkflow(workflow);
		await callWebhook(stack, PATH, { text: 'before' });
		await client.waitForExecutions(workflow.id, 1);
		await control.offline({ reason: '手机端退出登录' });
		await callWebhook(stack, PATH, { text: 'lost' });
		await client.waitForExecutions(workflow.id, 2);
		const { wId } = control.online();
		// As the stack has it: parts that come next look people up.
		loadAddressLists();
		await callWebhook(stack, PATH, { text: 'after' });
		const [third, second] = await client.waitForExecutions(workflow.id, 3);
		await client.deactivateWorkflow(workflow.id);
		const refused = (await client.execution(second.id)).data.resultData.error;
		assert.match(refused?.message ?? '', /is not online: 手机端退出登录/);
		assert.equal(outputOf(await client.execution(third.id), SEND).length, 1);
		const texts = control.messages().map(({ content }) => content);
		assert.deepEqual(texts.slice(-2), ['before', 'after']);
		assert.match(control.requests('/sendText').at(-1)?.body ?? '', new RegExp(wId));
	});
	await checks.run(
		'a token refused with HTTP 401: one new log-in, and the message once',
		async () => {
			const { account, password } = defaults;
			const credential = {
				name: 'Eyun account (e2e, 401)',
				type: CREDENTIAL_TYPE,
				data: { baseUrl: simulator.url, authentication: 'account', account, password },
			};
			const id = await client.saveCredential(credential);
			const node = { ...send, credentials: { [CREDENTIAL_TYPE]: { id, name: credential.name } } };
			const workflow = await client.createWorkflow(chain(`${PATH}-401`, [node]));
			await client.activateWorkflow(workflow);
			await callWebhook(stack, `${PATH}-401`, { text: 'logs in' });
			await client.waitForExecutions(workflow.id, 1);
			const logIns = () => control.requests('/member/login').length;
			const before = logIns();
			control.fault({ kind: 'http401', path: '/sendText', times: 1 });
			await callWebhook(stack, `${PATH}-401`, { text: 'after 401' });
			const [second] = await client.waitForExecutions(workflow.id, 2);
			await client.deactivateWorkflow(workflow.id);
			assert.equal(outputOf(await client.execution(second.id), SEND).length, 1);
			assert.equal(logIns() - before, 1);
			const texts = control.messages().map(({ content }) => content);
			assert.deepEqual(texts.slice(-2), ['logs in', 'after 401']);
		},
	);
}
