import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	WebhookSetupMethodNames,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { type Load, loadRunning, type Running } from './later';
import { EVENTS_SUBTITLE } from './trigger/settings/eventChoices';
import { TRIGGER_PROPERTIES, WEBHOOK_PATH } from './trigger/settings/properties';
import type { NodeContext } from './trigger/state/triggerId';
import type { ProcessState, TriggerState } from './trigger/state/triggerState';

type Hook = (this: IHookFunctions) => Promise<boolean>;

/** The functions by which n8n registers and removes a webhook; all three are needed. */
const lifecycle = (hooks: Record<WebhookSetupMethodNames, Hook>) => hooks;

/** The trigger node: starts a workflow for what Eyun pushes. */
export class EyunTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Eyun WeChat Trigger',
		name: 'eyunTrigger',
		icon: { light: 'file:eyun.svg', dark: 'file:eyun.dark.svg' },
		group: ['trigger'],
		// Not 1: n8n evaluates an expression for every webhook call of a node of version 1.
		version: [1.1],
		defaultVersion: 1.1,
		subtitle: EVENTS_SUBTITLE,
		description:
			'Receives WeChat (微信) messages and events through the Eyun gateway and starts the workflow; its actions send messages',
		eventTriggerDescription: 'Send a WeChat message to the logged-in account',
		activationMessage:
			'Eyun now pushes the messages and events of all WeChat accounts of this developer account to this workflow.',
		defaults: { name: 'Eyun WeChat Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'eyunApi', required: true }],
		triggerPanel: {
			header: 'Wait for a WeChat message',
			executionsHelp: {
				inactive:
					'<b>While building your workflow</b>, click "Execute step" and send a message to the logged-in WeChat account. While n8n listens, the trigger forwards every callback to the workflow or system that received callbacks before.<br /><br /><b>Once you are happy with your workflow</b>, publish it. Then every event starts it automatically.',
				active:
					'<b>This workflow is published</b> and every event starts it. See the Executions tab. If you click "Execute step", the published workflow still receives every event.',
			},
			activationHint:
				'Once your workflow is finished, publish it. Then every event starts it automatically.',
		},
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: WEBHOOK_PATH,
				responseMode: 'onReceived',
				// Empty: n8n takes the answer that webhook() gives it. No expression in here, see version.
				responseData: '',
				ndvHideMethod: true,
			},
		],
		properties: TRIGGER_PROPERTIES,
	};

	webhookMethods = {
		default: lifecycle({
			/**
			 * Never true: after a failed push Eyun stops for ten minutes, and a registration makes it
			 * resume at once, so n8n is to register anew at every start.
			 */
			checkExists: async () => false,
			create: this.withState(({ register }) => register),
			delete: this.withState(({ deactivate }) => deactivate),
		}),
	};

	/**
	 * The watchdog. n8n (2.41) also registers webhooks anew at its start only for nodes that have
	 * something to keep in memory as well, and a registration at the start is wanted.
	 */
	trigger = this.withState(({ watch }) => watch);

	webhook = this.withState(({ receive }) => receive);

	execute = this.withState(({ executeTrigger }) => executeTrigger);

	/**
	 * @param shared what the triggers of one process of n8n share; a test makes a process of its own
	 * @param load gives what runs
	 */
	constructor(
		private readonly shared?: ProcessState,
		private readonly load: Load = loadRunning,
	) {}

	/** n8n calls a node's functions with the context as `this`; here the state of its node is handed in. */
	private withState<Context extends NodeContext, Result>(
		choose: (running: Running) => (context: Context, state: TriggerState) => Promise<Result>,
	): (this: Context) => Promise<Result> {
		// Fields are made before the constructor's own lines run, so these are asked for when it is called.
		const found = async () => ({ running: await this.load(), shared: this.shared });
		return async function (this: Context) {
			const { running, shared = running.THIS_PROCESS } = await found();
			return await choose(running)(this, shared.of(this));
		};
	}
}
