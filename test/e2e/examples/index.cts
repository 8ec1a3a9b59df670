/** The workflows of examples/, each imported as it stands and run in a real n8n against the simulator. */
import { CREDENTIAL_TYPE } from '../../../scripts/lib/example.cts';
import type { Stack } from '../../../scripts/lib/stack.cts';
import type { ModelRequest } from '../../support/scriptedModel.cts';
import { startScriptedModel, textOf } from '../../support/scriptedModel.cts';
import type { Checks } from '../../frame/checks.cts';
import { answerExamples } from './answers.cts';
import { friendExamples } from './friends.cts';
import { groupExamples } from './groups.cts';
import type { Bench } from './imported.cts';
import { loginExamples } from './login.cts';
import { recordExamples } from './records.cts';
import { scheduledExamples } from './scheduled.cts';
import { startStandIns } from './standIns.cts';

/** Answers with the number of the question in its conversation, and the question. */
function script({ messages }: ModelRequest): string {
	const questions = messages.filter(({ role }) => role === 'user');
	return `A${questions.length}: ${textOf(questions[questions.length - 1])}`;
}

export async function examplesChecks(checks: Checks, stack: Stack): Promise<void> {
	const { simulator } = stack;
	const { control, defaults } = simulator;
	await stack.client.deactivateWorkflow(stack.workflow.id);
	await stack.callbackCancelled();
	const [model, standIns] = await Promise.all([startScriptedModel(script), startStandIns()]);
	const { account, password } = defaults;
	const save = async (name: string, type: string, data: Record<string, string>) => ({
		[type]: { id: await stack.client.saveCredential({ name, type, data }), name },
	});
	let seen = 0;
	const bench: Bench = {
		stack,
		credentials: {
			...(await save('Eyun account (examples)', CREDENTIAL_TYPE, {
				baseUrl: simulator.url,
				authentication: 'account',
				account,
				password,
			})),
			...(await save('Model (examples)', 'openAiApi', { apiKey: 'x', url: model.url })),
		},
		sent: () => {
			const all = control.messages();
			const fresh = all.slice(seen);
			seen = all.length;
			return fresh.map(({ path, to, content }) => ({ path, to, content }));
		},
	};
	await answerExamples(checks, bench);
	await groupExamples(checks, bench);
	await friendExamples(checks, bench);
	await recordExamples(checks, bench);
	await scheduledExamples(checks, bench, standIns);
	await loginExamples(checks, bench, standIns);
	await Promise.all([model.stop(), standIns.stop()]);
	await stack.activate();
}
