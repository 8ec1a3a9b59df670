import 'reflect-metadata';

import type * as Di from '@n8n/di';
import { mkdtemp, rm } from 'node:fs/promises';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The container of the very n8n-core that runs the node; another copy of the library may lie beside it. */
const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as typeof Di;

/** n8n's own store for files, in its usual mode, in a folder that goes with it. */
export interface BinaryStore {
	/** Stores a file as a node before ours would; the item then holds no content, only an id. */
	put(content: Buffer, fileName: string, mimeType: string): Promise<IBinaryData>;
	/** The content of a file, wherever it is kept. */
	read(file: IBinaryData): Promise<Buffer>;
	/** The content that a signed address stands for, as n8n's server would answer it. */
	fetch(url: string): Promise<Buffer>;
	stop(): Promise<void>;
}

/** Opens a store; `mode` "default" keeps files in memory, as n8n did before its version 2. */
export async function openBinaryStore(
	mode: 'filesystem' | 'default' = 'filesystem',
): Promise<BinaryStore> {
	const folder = await mkdtemp(join(tmpdir(), 'eyun-binary-'));
	const config = { mode, localStoragePath: folder, signingSecret: 'signing secret of the tests' };
	Container.set(BinaryDataConfig, config as BinaryDataConfig);
	const service = Container.get(BinaryDataService);
	Object.assign(service, { config });
	await service.init();
	return {
		put: async (content, fileName, mimeType) =>
			await service.store({ type: 'execution', workflowId: 'test', executionId: '1' }, content, {
				data: '',
				fileName,
				mimeType,
			}),
		read: async (file) => await service.getAsBuffer(file),
		fetch: async (url) => {
			const token = new URL(url).searchParams.get('token') ?? '';
			return await service.getAsBuffer({
				data: '',
				mimeType: '',
				id: service.validateSignedToken(token),
			});
		},
		stop: async () => await rm(folder, { recursive: true, force: true }),
	};
}

/** A file inside the item, as nodes leave it that do not use n8n's store. */
export function inlineFile(content: Buffer, fileName: string, mimeType: string): IBinaryData {
	return { data: content.toString('base64'), fileName, mimeType };
}

/**
 * Opens a store for the tests of a file. To be called once, at its top.
 *
 * @returns the store; to be used inside tests and hooks only
 */
export function useBinaryStore(): Omit<BinaryStore, 'stop'> {
	let open: BinaryStore;
	beforeAll(async () => {
		open = await openBinaryStore();
	});
	afterAll(async () => {
		await open.stop();
	});
	return {
		put: async (...file) => await open.put(...file),
		read: async (file) => await open.read(file),
		fetch: async (url) => await open.fetch(url),
	};
}
