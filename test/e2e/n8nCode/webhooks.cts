/** How n8n reads a request to a webhook, and what it does with the answer. */
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { Request } from 'express';
import { addRawBody, parseBody } from '../../support/n8nBody.cts';
import { check, fromN8n, load, type Loose, made, NODE, silent, workflowOf } from './asked.cts';

/** Runs them. */
export async function webhookChecks(): Promise<void> {
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
