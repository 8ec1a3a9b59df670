/** A person is asked in the chat: by a worker, while webhook processes get the answer. */
import assert from 'node:assert/strict';
import axios from 'axios';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import { outputOf, type StoredWorkflow } from '../../scripts/lib/n8n-client.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { chain } from '../e2e/workflows.cts';
import type { Deployment, ProcessName } from './deployment.cts';
import type { Scenario } from './scenarios.cts';

const ASK = 'Ask';
const PATH = 'queue-asks';
const WEBHOOKS: ProcessName[] = ['webhook-1', 'webhook-2'];

export const askedInChat: Scenario = async (checks, deployment) => {
	const { simulator, postgres } = deployment;
	const { control, defaults } = simulator;
	const started = async (): Promise<number> => {
		const [[count]] = await postgres.query(
			`select count(*) from execution_entity where "workflowId" = '${deployment.workflow.id}'`,
		);
		return Number(count);
	};
	const say = async (text: string) => {
		const { delivered } = await control.say({ from: defaults.friend, text });
		assert.ok(delivered, `"${text}" was not delivered`);
	};
	let client = await deployment.signIn();
	let workflow: StoredWorkflow | undefined;
	const ask = async (text: string) => {
		const url = `http://127.0.0.1:${deployment.nginx.port}/webhook/${PATH}`;
		const call = async () =>
			(await axios.post(url, { text }, { proxy: false, validateStatus: () => true })).status;
		await waitFor(async () => (await call()) === 200 || undefined, {
			what: 'the webhook of the workflow that asks',
			timeoutMs: 30_000,
		});
		await waitFor(
			() => control.messages().some(({ content }) => content.startsWith(text)) || undefined,
			{
				what: `the question "${text}"`,
				timeoutMs: 30_000,
			},
		);
	};
	const answers = async (count: number) => {
		const all = await client.waitForExecutions(workflow?.id ?? '', count);
		assert.deepEqual(
			all.map(({ status }) => status),
			Array.from({ length: count }, () => 'success'),
		);
		const [{ id }] = all;
		return outputOf(await client.execution(id), ASK).map(({ data, senderId }) => ({
			...(data as { approved?: boolean }),
			respondedAt: undefined,
			senderId,
		}));
	};

	await checks.run(
		'asked in the chat by a worker: the answer goes on, and starts nothing',
		async () => {
			await deployment.balance('path');
			workflow = await create(deployment);
			client = await deployment.signIn();
			await client.activateWorkflow(workflow);
			const before = await started();
			await ask('Ship by queue?');
			await say('同意');
			assert.deepEqual(await answers(1), [
				{ approved: true, respondedAt: undefined, senderId: defaults.friend },
			]);
			assert.equal(await started(), before);
		},
	);

	await checks.run(
		'asked in the chat, and both webhook processes killed before the answer',
		async () => {
			const before = await started();
			await ask('Ship after all?');
			for (const name of WEBHOOKS) {
				const running = deployment.process(name);
				process.kill(running.pid, 'SIGKILL');
				await running.ended;
			}
			await Promise.all(WEBHOOKS.map(async (name) => await deployment.startProcess(name)));
			await deployment.balance('path');
			await say('2');
			assert.deepEqual(await answers(2), [
				{ approved: false, respondedAt: undefined, senderId: defaults.friend },
			]);
			assert.equal(await started(), before);
			await say('2');
			await waitFor(async () => (await started()) === before + 1 || undefined, {
				what: 'the next message to start the other workflow',
				timeoutMs: 15_000,
			});
			await client.deactivateWorkflow(workflow?.id ?? '');
		},
	);
};

async function create(deployment: Deployment): Promise<StoredWorkflow> {
	const { url, defaults } = deployment.simulator;
	const { account, password, wcId, friend } = defaults;
	const client = await deployment.signIn();
	const credential = {
		name: 'Eyun account (queue)',
		type: CREDENTIAL_TYPE,
		data: { baseUrl: url, authentication: 'account', account, password },
	};
	const id = await client.saveCredential(credential);
	return await client.createWorkflow(
		chain(PATH, [
			{
				name: ASK,
				type: 'n8n-nodes-eyun.eyun',
				typeVersion: 1,
				credentials: { [CREDENTIAL_TYPE]: { id, name: credential.name } },
				parameters: {
					resource: 'message',
					operation: 'sendAndWait',
					wId: { __rl: true, mode: 'list', value: wcId },
					wcId: friend,
					message: '={{ $json.body.text }}',
					answer: 'chat',
					approvalOptions: { values: { approvalType: 'double' } },
				},
			},
		]),
	);
}
