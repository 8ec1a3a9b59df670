/** What takes more than one call: members mentioned by name, and an endpoint called by its path. */
import assert from 'node:assert/strict';
import { outputOf } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { callWebhook, chain, eyunNode, WEBHOOK } from './workflows.cts';

const PATH = 'e2e-mention';
const MENTION = 'Mention Members';
const CUSTOM = 'Call Any Endpoint';

export async function groupChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, simulator } = stack;
	const { control, defaults } = simulator;

	await checks.run('a member is mentioned by name, then the message revoked by path', async () => {
		const workflow = await client.createWorkflow(
			chain(PATH, [
				eyunNode(stack, MENTION, {
					resource: 'message',
					operation: 'mentionMembers',
					wId: defaults.wId,
					wcId: defaults.group,
					content: 'look here',
					at: '={{ $json.body.who }}',
				}),
				eyunNode(stack, CUSTOM, {
					resource: 'custom',
					operation: 'request',
					path: '/revokeMsg',
					body: `={{ JSON.stringify({ wId: "${defaults.wId}", wcId: $json.wcId, msgId: $json.msgId, createTime: $json.createTime }).replace("}", ',"newMsgId":' + $json.newMsgId + "}") }}`,
				}),
			]),
		);
		await client.activateWorkflow(workflow);
		await callWebhook(stack, PATH, { who: [defaults.friend] });
		const [{ id }] = await client.waitForExecutions(workflow.id, 1);
		await client.deactivateWorkflow(workflow.id);
		const execution = await client.execution(id);
		const message = control.messages().at(-1);
		assert.equal(message?.content, '@小明\u2005look here');
		assert.deepEqual(message?.at, [defaults.friend]);
		assert.equal(outputOf(execution, WEBHOOK).length, 1);
		assert.deepEqual(outputOf(execution, CUSTOM), [{ success: true }]);
		assert.equal(message?.revoked, true);
	});
}
