/** A workflow for conversations, its customers, and what it was started with. */
import type { INodeParameters } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../../scripts/lib/example.cts';
import type { StoredWorkflow } from '../../scripts/lib/n8n-client.cts';
import { pause, waitFor } from '../../scripts/lib/wait.cts';
import { eventData } from '../../simulator/events.cts';
import { formatExact } from '../../simulator/json.cts';
import type { Deployment } from './deployment.cts';
import { type Downstream, type Executed, startDownstream } from './downstream.cts';
import type { Message } from './traffic.cts';
import { callingWorkflow } from './workflow.cts';

/** One execution, as the node behind the trigger saw it. */
export interface Started extends Executed {
	workflow: string;
	/** `chatInput` */
	words: string;
	/** Of all messages, in their order. */
	ids: string[];
	/** The binary fields. */
	files: string[];
}

/** What a customer, or the owner, sends. */
export interface Said {
	from: string;
	text?: string;
	/** Written by the owner to this person. */
	to?: string;
	/** `60001` is text, the default; `60002` a picture. */
	code?: string;
}

const SEEN = `={{ JSON.stringify({
	messageId: $json.messageId,
	executionId: $execution.id,
	workflow: $workflow.name,
	words: $json.chatInput,
	ids: ($json.messages ?? [$json]).map((message) => message.messageId),
	files: Object.keys($binary ?? {}),
}) }}`;

/** Longer than n8n needs to get a callback to the node behind the trigger. */
const QUIET_MS = 3_000;

export class Shop {
	private constructor(
		private readonly deployment: Deployment,
		private readonly downstream: Downstream,
		readonly workflow: StoredWorkflow,
	) {}

	/** A workflow that is not active yet, with the credential that sees who receives the callbacks. */
	static async create(
		deployment: Deployment,
		name: string,
		parameters: INodeParameters,
		downstream?: Downstream,
	): Promise<Shop> {
		const { client, simulator } = deployment;
		const { account, password } = simulator.defaults;
		const credential = {
			name: 'Eyun account',
			type: CREDENTIAL_TYPE,
			data: { baseUrl: simulator.url, authentication: 'account', account, password },
		};
		const id = await client.saveCredential(credential);
		const behind = downstream ?? (await startDownstream());
		const place = name.replace(/\W+/g, '-');
		const file = callingWorkflow({
			name,
			triggerId: `trigger-${place}`,
			webhookId: `queue-${place}`,
			parameters,
			credential: { id, name: credential.name },
			url: behind.url,
			body: SEEN,
		});
		const workflow = await client.createWorkflow(file);
		return new Shop(deployment, behind, workflow);
	}

	async activate(): Promise<void> {
		const { client } = this.deployment;
		await client.activateWorkflow(await client.getWorkflow(this.workflow.id));
		await client.published(this.workflow.id);
	}

	async deactivate(): Promise<void> {
		await this.deployment.client.deactivateWorkflow(this.workflow.id);
		await this.deployment.client.published(this.workflow.id);
	}

	/** The executions so far, in the order of their calls. */
	get started(): Started[] {
		return [...this.downstream.executed.values()]
			.flat()
			.map((one) => one as Started)
			.filter(({ workflow }) => workflow === this.workflow.name)
			.sort((one, other) => one.at - other.at);
	}

	/** Waits until nothing is started any more for a while; gives back all executions. */
	async settled(quietMs = QUIET_MS): Promise<Started[]> {
		let count = -1;
		let since = 0;
		return await waitFor(
			() => {
				const { started } = this;
				if (started.length !== count) since = Date.now();
				count = started.length;
				return Date.now() - since > quietMs ? started : undefined;
			},
			{ what: 'the executions to end', timeoutMs: 120_000, everyMs: 100 },
		);
	}
}

/** A callback, as it goes over the wire. */
export function callback({ simulator }: Deployment, { from, to, text, code }: Said): Message {
	const { account, wcId, wId } = simulator.defaults;
	const messageType = code ?? '60001';
	const scene = { wId, fromUser: from, toUser: to ?? wcId, self: to !== undefined };
	const data = eventData(messageType, scene);
	if (text !== undefined) data.content = text;
	return {
		id: String(data.newMsgId),
		body: formatExact({ account, wcId, messageType, data }),
	};
}

/** Only these workflows are active from now on; gives back how to activate the usual one again. */
export async function insteadOfTheUsual(deployment: Deployment): Promise<() => Promise<void>> {
	const { client, workflow, simulator } = deployment;
	await client.deactivateWorkflow(workflow.id);
	await client.published(workflow.id);
	const account = simulator.world.accounts.get(simulator.defaults.account);
	if (account) account.callback = null;
	return async () => {
		const pushes = simulator.control.pushes().length;
		await client.activateWorkflow(await client.getWorkflow(workflow.id));
		await client.published(workflow.id);
		await deployment.registered(pushes);
	};
}

/** The moments of a scenario are part of what is tested. */
export const moment = pause;
