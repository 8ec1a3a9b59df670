/**
 * Pieces of n8n's own code on which this package relies, called directly: what the stand-ins in
 * test/support imitate, and what a test from outside would need a broken database for. Runs in the
 * Node of n8n, started by contract.cts with the path of n8n's script; prints a line of JSON for each
 * check. docs/n8n-contract.md says what each is about.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Request } from 'express';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, INode } from 'n8n-workflow';
import { Starts } from '../../nodes/Eyun/trigger/state/starts.ts';
import { REPOSITORY } from '../../scripts/lib/package.cts';
import { TestCredentials } from '../support/credentials.cts';
import { CONTRACT, TRAPS, wrongAboutN8n } from '../support/contractDocs.cts';
import { DedupStore } from '../support/dedupStore.cts';
import { USER_PAGES } from '../support/guides.cts';
import { addRawBody, parseBody } from '../support/n8nBody.cts';

// Before n8n reads its settings.
process.env.N8N_PROXY_HOPS = '2';

/* What n8n exports here has no types that another package may use. */
type Loose = any; // eslint-disable-line @typescript-eslint/no-explicit-any

const fromN8n = createRequire(process.argv[2]);
const load = (path: string): Loose => fromN8n(`../dist/${path}.js`);

/** One line for contract.cts. */
export interface Told {
	name: string;
	/** Absent when the check passed. */
	error?: string;
}

async function check(name: string, body: () => void | Promise<void>): Promise<void> {
	const told: Told = { name };
	try {
		await body();
	} catch (error) {
		told.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
	}
	console.log(JSON.stringify(told));
}

const silent: Loose = new Proxy(
	{},
	{ get: (_, name) => (name === 'scoped' ? () => silent : () => {}) },
);
const tracing = {
	startSpan: async (_: unknown, work: (span: Loose) => Promise<unknown>) => await work(silent),
	pickWorkflowAttributes: () => ({}),
	pickNodeAttributes: () => ({}),
};

/** An object of one of n8n's classes without its constructor, with the parts that a check needs. */
function made(path: string, name: string, parts: object): Loose {
	const type = load(path)[name] as { prototype: object };
	return Object.assign(Object.create(type.prototype) as object, parts);
}

const NODE = 'Trigger';

/** A workflow with the nodes of these ids, and nothing that could be evaluated. */
const workflowOf = (...ids: string[]) => ({
	id: 'w',
	name: 'w',
	nodes: Object.fromEntries(ids.map((id) => [id, { id, name: id }])),
	staticData: {},
	getNode: (name: string) => ({ id: name, name }),
	expression: { acquireIsolate: async () => true, releaseIsolate: async () => {} },
});

async function emitChecks(): Promise<void> {
	const { DuplicateExecutionError } = load('errors/duplicate-execution.error');

	/** Lets n8n's `emit` start an execution; `run` is what storing it gives back or throws. */
	function emitting(run: (key: unknown) => Promise<string>) {
		const saved: unknown[] = [];
		const ended = { status: 'success' };
		const factory = made(
			'workflows/triggers/trigger-execution-context.factory',
			'TriggerExecutionContextFactory',
			{
				logger: silent,
				errorReporter: silent,
				eventService: silent,
				ownershipService: silent,
				activeExecutions: { getPostExecutePromise: async () => ended },
				workflowStaticDataService: { saveStaticData: async (it: unknown) => saved.push(it) },
				workflowExecutionService: {
					runWorkflow: async (...args: unknown[]) => await run(args[6]),
				},
				engineV2ActiveTriggers: { handles: () => false },
				scheduleTriggerJobRegistrar: { interceptsNode: () => false },
			},
		);
		const workflow = { ...workflowOf(NODE), timezone: 'UTC' };
		const context = factory.getExecuteTriggerFunctions(
			{ id: 'w' },
			{},
			'trigger',
			'init',
			async () => ({
				id: 'w',
			}),
		)(workflow, { id: NODE, name: NODE });
		const done = new Promise<unknown>((resolve, reject) => {
			context.emit([[{ json: {} }]], undefined, { resolve, reject }, 'the key');
		});
		return { context, done, saved, ended, workflow };
	}

	await check('emit takes a key for the execution as its fourth argument', async () => {
		const keys: unknown[] = [];
		await emitting(async (key) => String(keys.push(key))).done;
		assert.deepEqual(keys, ['the key']);
	});
	await check('emit is known as one that tells of failures', async () => {
		const { context, done } = emitting(async () => '1');
		const starts = new Starts();
		starts.useEmit(context.emit as never);
		assert.equal(starts.emit?.tells, true, 'see "The text of emit" in docs/n8n-contract.md');
		await done;
	});
	await check('emit tells that a key is known: its promise resolves with undefined', async () => {
		const known = emitting(async () => {
			throw new DuplicateExecutionError('the key', new Error());
		});
		assert.equal(await known.done, undefined);
	});
	await check('emit tells that storing failed: its promise rejects', async () => {
		const failing = emitting(async () => {
			throw new Error('SQLITE_BUSY');
		});
		await assert.rejects(failing.done, /SQLITE_BUSY/);
	});
	await check(
		'emit tells the end of the execution: its promise resolves with the run',
		async () => {
			const { done, ended } = emitting(async () => '1');
			assert.equal(await done, ended);
		},
	);
	await check(
		'engine 2.0 refuses an emit that waits for the end, and is chosen by a setting',
		() => {
			const dispatcher = made('services/engine-v2-dispatcher.service', 'EngineV2Dispatcher', {});
			const isChosen = (settings: object) =>
				dispatcher.handlesWorkflow({ settings }, 'trigger') as boolean;
			assert.deepEqual([isChosen({}), isChosen({ engineType: 'v2' })], [false, true]);
			const triggers = made(
				'workflows/triggers/engine-v2-active-triggers',
				'EngineV2ActiveTriggers',
				{},
			);
			triggers.assertSupported({});
			assert.throws(() => triggers.assertSupported({ donePromise: {} }), /Engine 2\.0 cannot/);
		},
	);
	await check('emit stores the static data of the trigger', async () => {
		const { done, saved, workflow } = emitting(async () => '1');
		await done;
		assert.deepEqual(saved, [workflow]);
	});
}

async function webhookChecks(): Promise<void> {
	const { extractWebhookOnReceivedResponse } = load(
		'webhooks/webhook-on-received-response-extractor',
	);
	await check('an empty responseData leaves the answer to webhook()', () => {
		const given = { code: '1000' };
		assert.equal(extractWebhookOnReceivedResponse('', { webhookResponse: given }), given);
		assert.equal(extractWebhookOnReceivedResponse(undefined, { webhookResponse: '' }), '');
	});

	await check('n8n answers a webhook through the five methods that we silence', async () => {
		const { createWebhookHandlerFor } = load('webhooks/webhook-request-handler');
		const { createStaticResponse } = load('webhooks/webhook-response');
		const { WebhookResponseHeaders } = load('webhooks/webhook-response-headers');
		const headers = WebhookResponseHeaders.fromObject({ 'content-type': 'text/plain' });
		const used = new Set<string>();
		for (const answer of [
			{ data: { code: '1000' }, responseCode: 200 },
			{ data: 'text', responseCode: 200, headers: { a: 'b' } },
			createStaticResponse({ code: '1000' }, 200, headers),
			createStaticResponse('text', 200, headers),
			new Error('not stored'),
		]) {
			const response: Loose = new Proxy(
				{},
				{
					get:
						(_, name) =>
						(...args: unknown[]) => {
							used.add(`${String(name)}${args.length > 0 ? '' : '()'}`);
							return response;
						},
				},
			);
			const handle = createWebhookHandlerFor({
				executeWebhook: async () => {
					if (answer instanceof Error) throw answer;
					return answer;
				},
			});
			await handle({ method: 'POST', headers: {}, params: { path: 'eyun' }, path: '/' }, response);
		}
		const silenced = ['status', 'setHeader', 'setHeaders', 'json', 'send'];
		assert.deepEqual(
			[...used].filter((name) => !silenced.includes(name)),
			[],
		);
		assert.ok(used.has('json') && used.has('send') && used.has('setHeaders'));
	});

	await check('n8n reads bodies as the stand-in of the tests does', async () => {
		const n8n = load('middlewares/body-parser');
		const bodies: Array<[type: string | undefined, body: string]> = [
			['application/json', '{"newMsgId":7365193471029381234}'],
			['application/json; charset=utf-8', '{"a":1}'],
			['application/json', '{"a":'],
			['application/json', ''],
			['text/plain', 'hello'],
			['text/html', '{"a":1}'],
			['application/octet-stream', '{"a":1}'],
			[undefined, '{"a":1}'],
		];
		for (const [type, body] of bodies) {
			const request = () =>
				Object.assign(Readable.from([Buffer.from(body)]), {
					headers: type === undefined ? {} : { 'content-type': type },
				}) as unknown as Request;
			/** What a node sees: whether n8n refused, and the raw body after asking for it. */
			const seen = async (
				prepare: (it: Request) => void,
				parse: (it: Request) => Promise<void>,
			) => {
				const it = request();
				prepare(it);
				const isRefused = await parse(it).then(
					() => false,
					() => true,
				);
				if (!it.rawBody) await it.readRawBody();
				return { isRefused, raw: it.rawBody.toString() };
			};
			// n8n asks for the body of a node of a version above 1 only when it can parse it.
			const isParsed = (it: Request) =>
				/^(application\/json|text\/plain|.*[/+]xml)$/.test(it.contentType ?? '');
			const real = await seen(
				(it) => void n8n.rawBodyReader(it, {}, () => {}),
				async (it) => (isParsed(it) ? await n8n.parseBody(it) : undefined),
			);
			assert.deepEqual(real, await seen(addRawBody, parseBody), `${type}: ${body}`);
			assert.equal(real.raw, body);
		}
	});

	await check(
		'a test webhook is there before our create, and is put up again after it',
		async () => {
			const steps: string[] = [];
			const tests = made('webhooks/test-webhooks', 'TestWebhooks', {
				logger: silent,
				timeouts: {},
				toWorkflow: () => workflowOf(NODE),
				registrations: {
					toKey: () => 'key',
					get: async () => undefined,
					register: async ({ webhook }: Loose) =>
						void steps.push(`up ${JSON.stringify(webhook.staticData)}`),
				},
				webhookService: {
					getNodeWebhooks: () => [],
					createWebhookIfNotExists: async (it: Loose, _: unknown, ...modes: string[]) => {
						steps.push(`create ${modes.join(' ')}`);
						it.staticData = { kept: true };
					},
				},
			});
			const { Container } = fromN8n('@n8n/di') as Loose;
			const { WebhookService } = load('webhooks/webhook.service');
			Container.set(WebhookService, {
				getNodeWebhooks: () => [
					{ node: NODE, path: 'eyun', webhookDescription: {}, workflowId: 'w' },
				],
			});
			await tests.needsWebhook({
				workflowEntity: { id: 'w' },
				additionalData: {},
				timeoutMs: 1_000_000,
			});
			for (const timeout of Object.values(tests.timeouts)) clearTimeout(timeout as NodeJS.Timeout);
			assert.deepEqual(steps, ['up undefined', 'create manual manual', 'up {"kept":true}']);
		},
	);

	await check('the address of a caller is read with N8N_PROXY_HOPS', () => {
		const { AbstractServer } = load('abstract-server');
		const { Container } = fromN8n('@n8n/di') as Loose;
		const { DbConnection } = fromN8n('@n8n/db') as Loose;
		Container.set(DbConnection, silent);
		const server = new (class extends AbstractServer {})();
		assert.equal(server.app.get('trust proxy'), Number(process.env.N8N_PROXY_HOPS));
	});

	await check('a test webhook is taken down after our delete, not before', async () => {
		const steps: string[] = [];
		const tests = made('webhooks/test-webhooks', 'TestWebhooks', {
			registrations: {
				getAllRegistrations: async () => [
					{ webhook: { workflowId: 'w', staticData: { kept: true } } },
				],
				deregister: async () => void steps.push('down'),
			},
			webhookService: {
				deleteWebhook: async (it: Loose, _: unknown, ...modes: string[]) =>
					void steps.push(`delete ${modes.join(' ')} ${JSON.stringify(it.staticData)}`),
			},
		});
		await tests.deactivateWebhooks(workflowOf(NODE));
		assert.deepEqual(steps, ['delete internal update {"kept":true}', 'down']);
	});
}

async function activationChecks(): Promise<void> {
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

async function executionChecks(): Promise<void> {
	await check('checkProcessedAndRecord does what the stand-in of the tests does', async () => {
		const { DeduplicationHelper } = load('deduplication/deduplication-helper');
		const { Container } = fromN8n('@n8n/di') as Loose;
		const { ProcessedDataRepository } = fromN8n('@n8n/db') as Loose;
		let row: Loose;
		const copy = (value: Loose) => JSON.parse(JSON.stringify(value)) as Loose;
		Container.set(ProcessedDataRepository, {
			findOne: async () => (row === undefined ? null : copy(row)),
			insert: async (value: Loose) => void (row = copy(value)),
			update: async (_: unknown, value: Loose) => void (row = copy(value)),
		});
		const helper = new DeduplicationHelper();
		const store = new DedupStore();
		const context: Loose = { workflow: { id: 'w' }, node: { id: 'n' } };
		const options = { mode: 'entries', maxEntries: 4 } as const;
		for (const ids of [['a'], ['a', 'b'], ['c', 'd', 'e'], ['a', 'e', 'f'], ['b', 'g', 'g']]) {
			const [real, imitated] = [
				await helper.checkProcessedAndRecord(ids, 'node', context, options),
				await store.checkProcessedAndRecord(ids, 'node', context, options),
			];
			assert.deepEqual(imitated, real, ids.join());
			assert.deepEqual([...store.rows.values()], [row.value.data], ids.join());
		}
		// Two calls at once: the second to write knows nothing of the first.
		await Promise.all(
			['x', 'y'].map(async (id) => {
				await helper.checkProcessedAndRecord([id], 'node', context, options);
			}),
		);
		const again = await helper.checkProcessedAndRecord(['x', 'y'], 'node', context, options);
		assert.equal(
			again.processed.length,
			1,
			'n8n loses nothing any more: the recorder may be simpler',
		);
	});

	await check('preAuthentication is called when the stand-in of the tests calls it', async () => {
		const node = { credentials: { eyunApi: { id: '1', name: 'Eyun API' } } } as unknown as INode;
		for (const sessionToken of ['', 'old']) {
			for (const isExpired of [false, true]) {
				const stored: ICredentialDataDecryptedObject = { sessionToken, token: 't' };
				const calls: string[] = [];
				const kept: unknown[] = [];
				const type = {
					name: 'eyunApi',
					properties: new TestCredentials({}).getCredentialsProperties(),
					preAuthentication: async () => {
						calls.push('real');
						return { sessionToken: 'new' };
					},
				};
				const helper = made('credentials-helper', 'CredentialsHelper', {
					credentialTypes: { getByName: () => type },
					getCredentials: async () => ({ getData: async () => stored }),
					updateCredentials: async (_: unknown, __: unknown, data: unknown) => void kept.push(data),
				});
				const imitation = new TestCredentials(stored);
				Object.assign(imitation, {
					type: {
						...type,
						preAuthentication: async () => {
							calls.push('imitated');
							return { sessionToken: 'new' };
						},
					},
				});
				const helpers = { helpers: {} } as unknown as IHttpRequestHelper;
				const [given, givenToo] = [{ ...stored }, { ...stored }];
				const real = await helper.preAuthentication(helpers, given, 'eyunApi', node, isExpired);
				const imitated = await imitation.preAuthentication(
					helpers,
					givenToo,
					'eyunApi',
					node,
					isExpired,
				);
				const what = `token "${sessionToken}", expired: ${isExpired}`;
				assert.deepEqual(calls, real ? ['real', 'imitated'] : [], what);
				assert.deepEqual(imitated, real, what);
				// It is put into the object that was handed in, and stored.
				assert.deepEqual(givenToo, given, what);
				assert.equal(real === undefined || real === given, true, what);
				assert.deepEqual(kept, real ? [{ ...stored, sessionToken: 'new' }] : [], what);
			}
		}
	});

	await check('an execution that somebody retries has the mode "retry"', async () => {
		const modes: string[] = [];
		const service = made('executions/execution.service', 'ExecutionService', {
			logger: silent,
			executionPersistence: {
				findWithUnflattenedData: async () => ({
					status: 'error',
					data: { executionData: {}, resultData: {} },
					workflowData: { id: 'w' },
				}),
			},
			workflowRunner: {
				run: async ({ executionMode }: Loose) => {
					modes.push(executionMode as string);
					throw new Error('far enough');
				},
			},
		});
		await assert.rejects(service.retry({ executionId: '1', user: {} }), /far enough/);
		assert.deepEqual(modes, ['retry']);
	});
}

async function placeChecks(): Promise<void> {
	await check('n8n has the code that the pages of this package name', () => {
		const folder = join(dirname(process.argv[2]), '..', '..');
		const read = (file: string) => {
			const whole = join(folder, file);
			return existsSync(whole) ? readFileSync(whole, 'utf8') : undefined;
		};
		assert.deepEqual(
			[CONTRACT, TRAPS].flatMap((page) => wrongAboutN8n(page, read)),
			[],
		);
	});

	await check('n8n has the settings that the guides name', () => {
		const folder = join(dirname(process.argv[2]), '..', '..');
		const pages = [...USER_PAGES, 'examples/docker-compose.yml'];
		const named = pages
			.map((page) => readFileSync(join(REPOSITORY, page), 'utf8'))
			.flatMap(
				(text) =>
					text.match(/\b(?:N8N_[A-Z_]+|EXECUTIONS_[A-Z_]+|WEBHOOK_URL|GENERIC_TIMEZONE)\b/g) ?? [],
			);
		const code = [
			'@n8n/config/dist',
			'n8n-core/dist/binary-data',
			'n8n/dist/modules/community-packages',
			'n8n/dist/services',
		]
			.flatMap((path) =>
				readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' })
					.filter((file) => file.endsWith('.js'))
					.map((file) => readFileSync(join(folder, path, file), 'utf8')),
			)
			.join('\n');
		const missing = [...new Set(named)].filter(
			(name) => !code.includes(`'${name}'`) && !code.includes(`process.env.${name}`),
		);
		assert.ok(named.length > 10);
		assert.deepEqual(missing, []);
	});
}

async function main(): Promise<void> {
	await placeChecks();
	await emitChecks();
	await webhookChecks();
	await activationChecks();
	await executionChecks();
	process.exit(0);
}
void main();
