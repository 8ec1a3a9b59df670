/** (c) The memory that n8n takes for a 50 MB file that is downloaded from the vendor and sent on. */
import assert from 'node:assert/strict';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import type { BenchN8n, BenchNode, BenchWorkflow } from './n8n.cts';
import { type MemoryUse, memoryDuring } from './memory.cts';
import { byId, eyunCredential, eyunNode, headerCredential, httpRequest } from './nodes.cts';
import type { Vendor } from './vendor.cts';

export const FILE_BYTES = 50 * 1024 * 1024;

const WARM_UP_BYTES = 100 * 1024;

export interface FileRound {
	/** What n8n took more at its peak than before, in bytes; absent where it cannot be measured. */
	grownBytes?: number;
	wallMs: number;
}

export type FileWay = 'ours' | 'httpRequest';

interface Where {
	simulator: string;
	wId: string;
	friend: string;
}

/**
 * Lets n8n pass files on, after a small one for which code is loaded. First all rounds of this node,
 * then those of HTTP Request, because n8n keeps memory that it once had. Throws when the file does not
 * arrive as a whole.
 */
export async function measureFile(
	n8n: BenchN8n,
	vendor: Vendor,
	rounds: Record<FileWay, number>,
): Promise<Record<FileWay, FileRound[]>> {
	const where = await vendor.ask('where');
	const ours = await n8n.credential(eyunCredential('Simulator', where.simulator, where.token));
	const header = await n8n.credential(headerCredential(where.token));
	const workflows: Record<FileWay, BenchWorkflow> = {
		ours: await n8n.workflow(
			'file-ours',
			ourNodes(where).map((node) => ({ ...node, credentials: ours })),
		),
		httpRequest: await n8n.workflow(
			'file-http',
			httpNodes(where).map((node) => ({ ...node, credentials: header })),
		),
	};
	const results: Record<FileWay, FileRound[]> = { ours: [], httpRequest: [] };
	for (const way of ['ours', 'httpRequest'] as const) {
		for (let round = 0; round <= rounds[way]; round++) {
			const bytes = round === 0 ? WARM_UP_BYTES : FILE_BYTES;
			const result = await executeTrigger(n8n, vendor, workflows[way], bytes);
			if (round > 0) results[way].push(result);
		}
	}
	return results;
}

async function executeTrigger(
	n8n: BenchN8n,
	vendor: Vendor,
	workflow: BenchWorkflow,
	bytes: number,
): Promise<FileRound> {
	await vendor.ask('received');
	let wallMs = 0;
	const memory = await memoryDuring(n8n.process.pid, async () => {
		({ wallMs } = await workflow.run(message(bytes)));
		const { calls } = await vendor.ask('received');
		const link = calls.find(({ path }) => path === '/sendFile');
		// The simulator does not fetch what it is sent; the real vendor does.
		if (link) {
			await fetchAsVendor((JSON.parse(link.body) as { path: string }).path, bytes);
		} else {
			assert.ok(
				calls.some(({ path }) => path === '/sendFileBase64'),
				'No file was sent',
			);
		}
	});
	return { wallMs, ...grown(memory) };
}

function grown(memory: MemoryUse | undefined): Pick<FileRound, 'grownBytes'> {
	return memory ? { grownBytes: memory.peak - memory.before } : {};
}

async function fetchAsVendor(url: string, expected: number): Promise<void> {
	const { data } = await axios.get<AsyncIterable<Buffer>>(url, {
		proxy: false,
		responseType: 'stream',
	});
	let bytes = 0;
	for await (const chunk of data) bytes += chunk.length;
	assert.equal(bytes, expected, 'n8n did not serve the whole file');
}

/** A callback about a received file, as far as it matters here (spec/FACTS.md: messageType table). */
function message(bytes: number): IDataObject {
	const content =
		'<msg><appmsg appid=""><title>report.pdf</title><type>6</type>' +
		`<appattach><totallen>${bytes}</totallen></appattach></appmsg></msg>`;
	return { messageType: '60009', data: { msgId: 4200695367, content } };
}

/** The message is the body of the webhook, which Download Media understands. */
function ourNodes({ wId, friend }: Where): BenchNode[] {
	return [
		{
			...eyunNode({
				resource: 'incomingMessage',
				operation: 'downloadMedia',
				message: '={{ $json }}',
				wId: byId(wId),
			}),
			name: 'Download',
		},
		{
			...eyunNode({
				resource: 'message',
				operation: 'sendFile',
				wId: byId(wId),
				wcId: byId(friend),
				path: { __rl: true, mode: 'binary', value: 'data' },
				fileName: 'report.pdf',
			}),
			name: 'Send',
		},
	];
}

/** Without a public address of its own for files, HTTP Request has to send them inside the request. */
function httpNodes({ simulator, wId, friend }: Where): BenchNode[] {
	const content = '={{ $json.body.data.content }}';
	const msgId = '={{ $json.body.data.msgId }}';
	return [
		{
			...httpRequest(`${simulator}/getMsgFile`, { wId, msgId, content }),
			name: 'Ask',
		},
		{
			name: 'Download',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.5,
			parameters: {
				url: '={{ $json.data.url }}',
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
		{
			name: 'Extract from File',
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1.1,
			parameters: { operation: 'binaryToPropery', options: {} },
		},
		{
			...httpRequest(`${simulator}/sendFileBase64`, {
				wId,
				wcId: friend,
				fileName: 'report.pdf',
				base64: '=data:application/pdf;base64,{{ $json.data }}',
			}),
			name: 'Send',
		},
	];
}
