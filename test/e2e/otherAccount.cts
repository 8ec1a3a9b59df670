/** A developer account beside the stack's own, so that its trigger takes the callbacks from no other workflow. */
import type { INodeCredentials } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { StoredWorkflow, WorkflowFile } from '../../scripts/lib/n8n-client.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';

/** A developer account with one WeChat account, which has one friend. */
export interface OtherAccount {
	/** The phone number of the developer account. */
	account: string;
	wcId: string;
	friend: string;
}

/** Makes the account at the vendor; gives back n8n's credential for it, as nodes name theirs. */
export async function credentialFor(
	stack: Stack,
	{ account, wcId, friend }: OtherAccount,
): Promise<INodeCredentials> {
	const { control } = stack.simulator;
	const { token } = control.account({ account, password: 'other' });
	control.host({ wcId, account });
	control.friend({ wcId: friend, nickName: '摄影师', to: wcId });
	const name = `Developer account ${account}`;
	const { data, type } = stack.tokenCredential();
	const id = await stack.client.saveCredential({ name, type, data: { ...data, token } });
	return { [CREDENTIAL_TYPE]: { id, name } };
}

/** Stores a workflow whose trigger has that credential, and activates it; waits for its callback address. */
export async function activateFor(
	{ client, simulator }: Stack,
	{ account }: OtherAccount,
	file: WorkflowFile,
): Promise<StoredWorkflow> {
	const workflow = await client.createWorkflow(file);
	await client.activateWorkflow(workflow);
	await waitFor(
		() => {
			const own = simulator.control.pushes().filter((push) => push.account === account);
			return own.some(({ delivered }) => delivered) || undefined;
		},
		{ what: 'the callback address of the other account', timeoutMs: 30_000 },
	);
	return workflow;
}
