/** What n8n does for an execution: credentials, its record of what was seen, tries again. */
import assert from 'node:assert/strict';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, INode } from 'n8n-workflow';
import { TestCredentials } from '../../support/credentials.cts';
import { DedupStore } from '../../support/dedupStore.cts';
import { check, fromN8n, load, type Loose, made, silent } from './asked.cts';

/** Runs them. */
export async function executionChecks(): Promise<void> {
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
