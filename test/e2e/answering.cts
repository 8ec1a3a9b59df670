/** The main job: a friend writes, the workflow answers; and the answer's ids come through exactly. */
import assert from 'node:assert/strict';
import { talk } from '../../scripts/lib/conversation.cts';
import { outputOf, type WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { callWebhook, chain, eyunNode } from './workflows.cts';

const TRIGGER = 'Eyun WeChat Trigger';
const SEND = 'Send Text';
const REVOKE_PATH = 'e2e-revoke';

export async function answeringChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator, client, workflow } = stack;
	const { control, defaults } = simulator;

	await checks.run('a friend says hello and is answered', async () => {
		const { answer } = await talk(simulator, 'Hello');
		assert.match(answer.content, /Hello/);
		assert.equal(answer.path, '/sendText');
		assert.equal(answer.wId, defaults.wId);
	});

	await checks.run('the trigger gives the 63-bit id of the message as exact text', async () => {
		const [{ id }] = await client.waitForExecutions(workflow.id, 1);
		const [event] = outputOf(await client.execution(id), TRIGGER);
		const said = control
			.pushes()
			.filter(({ messageType }) => messageType === '60001')
			.at(-1);
		assert.equal(said?.body.includes(`"newMsgId":${String(event.messageId)},`), true, said?.body);
		assert.equal(event.wId, defaults.wId);
		assert.equal(event.chatId, defaults.friend);
	});

	await checks.run('that answer is revoked with the ids it returned', async () => {
		const [{ id }] = await client.waitForExecutions(workflow.id, 1);
		const [sent] = outputOf(await client.execution(id), SEND);
		const answer = control.messages().at(-1);
		assert.equal(sent.newMsgId, String(answer?.newMsgId));
		assert.ok(BigInt(String(sent.newMsgId)) > 2n ** 53n);

		const revoke = await client.createWorkflow(revokeWorkflow(stack));
		await client.activateWorkflow(revoke);
		await callWebhook(stack, REVOKE_PATH, { wId: defaults.wId, ...sent });
		await client.waitForExecutions(revoke.id, 1);
		await client.deactivateWorkflow(revoke.id);

		const body = control.requests('/revokeMsg').at(-1)?.body ?? '';
		assert.match(body, new RegExp(`"newMsgId":\\s*${String(sent.newMsgId)}[,}]`));
		assert.equal(answer?.revoked, true, 'the simulator did not take the message back');
	});
}

/** Takes back the message whose ids are posted to its webhook. */
function revokeWorkflow(stack: Stack): WorkflowFile {
	const posted = (name: string) => `={{ $json.body.${name} }}`;
	return chain(REVOKE_PATH, [
		eyunNode(stack, 'Revoke', {
			resource: 'message',
			operation: 'revoke',
			wId: posted('wId'),
			wcId: posted('wcId'),
			msgId: posted('msgId'),
			newMsgId: posted('newMsgId'),
			createTime: posted('createTime'),
		}),
	]);
}
