/** What n8n does with a trigger when a workflow is activated, tested or deactivated. */
import assert from 'node:assert/strict';
import {
	check,
	fromN8n,
	load,
	type Loose,
	made,
	NODE,
	silent,
	tracing,
	workflowOf,
} from './asked.cts';

/** Runs them. */
export async function activationChecks(): Promise<void> {
	const { WebhookPathTakenError } = fromN8n('n8n-workflow') as Loose;
	const registrarWith = (webhookService: object) =>
		made('workflows/triggers/webhook-trigger-registrar', 'WebhookTriggerRegistrar', {
			logger: silent,
			errorReporter: silent,
			tracing,
			workflowStaticDataService: { saveStaticData: async () => {} },
			webhookService: { createWebhook: () => ({ node: NODE }), ...webhookService },
		});

	await check('a webhook takes callbacks before our create is called', async () => {
		const steps: string[] = [];
		const registrar = registrarWith({
			storeWebhook: async () => void steps.push('stored'),
			createWebhookIfNotExists: async () => void steps.push('create'),
		});
		await registrar.register({ workflow: workflowOf(NODE), webhookData: { node: NODE } });
		assert.deepEqual(steps, ['stored', 'create']);
	});

	await check('after a create that failed n8n calls our delete', async () => {
		const steps: string[] = [];
		const registrar = registrarWith({
			storeWebhook: async () => {},
			createWebhookIfNotExists: async () => {
				throw new Error('refused');
			},
			deleteWebhook: async () => void steps.push('delete'),
			deleteWorkflowWebhooksForNodes: async () => void steps.push('gone'),
		});
		const registering = registrar.register({
			workflow: workflowOf(NODE),
			webhookData: { node: NODE },
		});
		await assert.rejects(registering, /refused/);
		assert.deepEqual(steps, ['delete', 'gone']);
	});

	const activator = (parts: object) =>
		made('workflows/triggers/workflow-trigger-activator', 'WorkflowTriggerActivator', {
			logger: silent,
			...parts,
		});

	load('workflow-execute-additional-data').getBase = async () => ({});
	const neverMind = { signal: new AbortController().signal, onDetached: () => {} };

	await check('create and trigger() of a node run at the same time, whichever fails', async () => {
		const steps: string[] = [];
		let bothBegan = () => {};
		const together = new Promise<void>((resolve) => (bothBegan = resolve));
		const begin = async (what: string) => {
			if (steps.push(what) === 2) bothBegan();
			await together;
		};
		const { activated, failures } = await activator({
			tracing,
			eventService: silent,
			createWorkflow: () => workflowOf(NODE),
			createWorkflowDataResolver: () => async () => ({}),
			triggerCountService: { count: () => 1 },
			workflowRepository: silent,
			workflowStaticDataService: silent,
			webhookTriggerRegistrar: {
				getWebhookTriggers: () => [{ node: NODE }],
				register: async () => {
					await begin('create');
					// The one kind of error after which n8n does not try five times.
					throw new WebhookPathTakenError(NODE);
				},
			},
			getNonWebhookTriggerNodeIdsForNodeIds: () => [NODE],
			nonWebhookTriggerRegistrar: {
				createRegistrationContext: () => ({}),
				register: async () => await begin('trigger'),
			},
		}).activate({}, {}, new Set([NODE]), 'activate', neverMind);
		assert.deepEqual(steps.sort(), ['create', 'trigger']);
		assert.deepEqual([activated, failures.length], [[NODE], 1]);
	});

	await check('a webhook takes no more callbacks when our delete is called', async () => {
		const steps: string[] = [];
		await activator({
			createWorkflow: () => workflowOf(NODE),
			workflowStaticDataService: { saveStaticData: async () => void steps.push('saved') },
			webhookTriggerRegistrar: {
				clearWorkflowWebhooksForNodes: async () => void steps.push('gone'),
				getNodeWebhookTriggers: () => [{ node: NODE }],
				deregister: async () => void steps.push('delete'),
			},
		}).deregisterWebhookTriggers(workflowOf(NODE), {}, new Set([NODE]), neverMind);
		assert.deepEqual(steps, ['gone', 'delete', 'saved']);
	});

	await check('at its start n8n registers again only what has a trigger()', () => {
		const nodes = [
			{ id: 'both', name: 'both' },
			{ id: 'webhook only', name: 'webhook only' },
		];
		const it = activator({
			nonWebhookTriggerRegistrar: { getRegisteredTriggerNodeIds: () => new Set<string>() },
			nodeTypes: {
				getByNameAndVersion: (type: string) => ({
					description: { properties: [] },
					webhook: async () => ({}),
					...(type === 'both' ? { trigger: async () => ({}) } : {}),
				}),
			},
		});
		const described = nodes.map((node) => ({
			...node,
			type: node.id,
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}));
		const found = it.getUnregisteredNonWebhookTriggerNodeIds('w', described) as Set<string>;
		assert.deepEqual([...found], ['both']);
	});

	await check('activations are called activate, init, leadershipChange and update', () => {
		const applier = made(
			'workflows/publication/workflow-publication-applier',
			'WorkflowPublicationApplier',
			{},
		);
		const { WorkflowPublicationReason: reason } = fromN8n('@n8n/db') as Loose;
		const mode = (why: unknown, before: object | null) =>
			applier.resolveActivationMode({ reason: why }, before) as string;
		assert.deepEqual(
			[
				mode(reason.Publish, null),
				mode(reason.Publish, {}),
				mode(reason.Startup, {}),
				mode(reason.LeadershipTakeover, {}),
				mode(reason.Reconcile, {}),
			],
			['activate', 'update', 'init', 'leadershipChange', 'update'],
		);
	});
}
