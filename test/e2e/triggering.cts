/** A workflow of the trigger and what is put behind it, with the credential that sees who receives the callbacks. */
import type { IDataObject, INode } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import { outputOf, type StoredWorkflow } from '../../scripts/lib/n8n-client.cts';
import { isOlder } from '../../scripts/lib/n8n-install.cts';
import type { Stack } from '../../scripts/lib/stack.cts';
import { waitFor } from '../../scripts/lib/wait.cts';
import { startReceiver, type Receiver } from '../unit/simulatorClient.cts';
import { inARow } from './workflows.cts';

export const TRIGGER = 'Eyun WeChat Trigger';

export class Triggering {
	private constructor(
		private readonly stack: Stack,
		readonly workflow: StoredWorkflow,
	) {}

	static async create(
		stack: Stack,
		name: string,
		parameters: IDataObject = {},
		behind: Parameters<typeof inARow>[1] = [],
		node: Partial<INode> = {},
	) {
		const { account, password } = stack.simulator.defaults;
		const credential = {
			name: 'Eyun account (e2e)',
			type: CREDENTIAL_TYPE,
			data: { baseUrl: stack.simulator.url, authentication: 'account', account, password },
		};
		const id = await stack.client.saveCredential(credential);
		const workflow = await stack.client.createWorkflow(
			inARow(name, [
				{
					name: TRIGGER,
					type: 'n8n-nodes-eyun.eyunTrigger',
					typeVersion: 1.1,
					webhookId: `e2e-${name.replace(/\W+/g, '-')}`,
					parameters: parameters as never,
					credentials: { [CREDENTIAL_TYPE]: { id, name: credential.name } },
					...node,
				},
				...behind,
			]),
		);
		return new Triggering(stack, workflow);
	}

	/** What the vendor has registered, the whole address. */
	get registered(): string | undefined {
		const { world, defaults } = this.stack.simulator;
		return world.accounts.get(defaults.account)?.callback?.url;
	}

	/** Registers an address with the vendor, as another system does. */
	register(url: string | null) {
		const { world, defaults } = this.stack.simulator;
		const account = world.accounts.get(defaults.account);
		if (!account) throw new Error('The simulator has no account');
		account.callback = url === null ? null : { url, type: 2 };
		account.pausedUntilMs = 0;
	}

	/** Activates the workflow and waits until that has been carried out. Throws the node's own error. */
	async activate(): Promise<void> {
		const { client } = this.stack;
		await client.activateWorkflow(await client.getWorkflow(this.workflow.id));
		await client.published(this.workflow.id);
	}

	async deactivate(): Promise<void> {
		const { client } = this.stack;
		await client.deactivateWorkflow(this.workflow.id);
		await client.published(this.workflow.id);
	}

	/** Tries to activate the workflow; gives back the error that the user sees. */
	async refusal(): Promise<string> {
		const error: unknown = await this.activate().then(
			() => undefined,
			(failure: unknown) => failure,
		);
		await this.deactivate();
		if (!(error instanceof Error)) throw new Error('The workflow could be activated');
		return error.message;
	}

	/** Waits until the vendor has registered what `isRight` accepts. */
	async registeredAs(what: string, isRight: (url: string | undefined) => boolean): Promise<void> {
		await waitFor(() => isRight(this.registered) || undefined, { what, timeoutMs: 30_000 });
	}

	/** Starts listening for a test event, and waits until the vendor pushes to it. */
	async listen(): Promise<void> {
		await this.stack.client.listen(this.workflow.id, TRIGGER);
		await this.registeredAs('the test address', (url) => url?.includes('/webhook-test/') ?? false);
	}

	/** What left the trigger, by execution, once all have finished. */
	async outputs(count: number): Promise<Array<{ mode: string; items: IDataObject[] }>> {
		const { client } = this.stack;
		const all = await client.waitForExecutions(this.workflow.id, count, 60_000);
		return await Promise.all(
			all.map(async ({ id, mode }) => ({
				mode,
				items: outputOf(await client.execution(id), TRIGGER),
			})),
		);
	}
}

/** Another system that receives the callbacks, with a secret in its address. */
export async function otherSystem(): Promise<Receiver & { address: string }> {
	const receiver = await startReceiver();
	return Object.assign(receiver, { address: `${receiver.url}?key=a%26b` });
}

/** Whether executions start under keys that this n8n keeps unique: see docs/versions.md. */
export function takesKeys({ version }: Stack): boolean {
	return !isOlder(version, '2.35');
}

/** Whether this n8n goes on reading SQLite while another program writes to it; n8n 1 has one connection. */
export function readsWhileLocked({ version }: Stack): boolean {
	return !version.startsWith('1.');
}

/** Whether this n8n itself refuses callbacks while SQLite is locked, before it asks the trigger. */
export function refusesWhileLocked({ version }: Stack): boolean {
	return isOlder(version, '2.8');
}
