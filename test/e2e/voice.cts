/** Voices through a real n8n: a received one to n8n's transcription node, one made elsewhere to WeChat. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import type { Stack } from '../../scripts/lib/stack.cts';
import type { Checks } from '../frame/checks.cts';
import { activateFor, credentialFor, type OtherAccount } from './otherAccount.cts';
import { eyunNode, inARow, itemsOf, runOnce } from './workflows.cts';

const TRIGGER = 'Eyun WeChat Trigger';
const TRANSCRIBE = 'Transcribe a Recording';
const SPEECH = 'Speech';
const SEND = 'Send Voice';

const TRANSCRIPT = 'Hello from WeChat';

const OWN: OtherAccount = {
	account: '18700000002',
	wcId: 'wxid_voicehost000001',
	friend: 'wxid_voicefriend0001',
};

/** A second of silence as WAV; the sizes are unknown, as in files that are sent while they are made. */
function streamedWav(rate: number): Buffer {
	const header = Buffer.from('RIFF????WAVEfmt ????????????????????data????', 'latin1');
	header.writeUInt32LE(0xffff_ffff, 4);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(rate, 24);
	header.writeUInt32LE(rate * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.writeUInt32LE(0xffff_ffff, 40);
	return Buffer.concat([header, Buffer.alloc(rate * 2)]);
}

/** Stands in for OpenAI: keeps what it gets, and answers as if it had understood it. */
async function startOpenAi() {
	const uploads: Buffer[] = [];
	const server = createServer((request, response) => {
		if (request.method === 'GET') {
			response.setHeader('content-type', 'audio/wav').end(streamedWav(22_050));
			return;
		}
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			uploads.push(Buffer.concat(parts));
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ text: TRANSCRIPT }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	return { url, uploads, stop: () => server.close() };
}

export async function voiceChecks(checks: Checks, stack: Stack): Promise<void> {
	const { client, simulator } = stack;
	const { control, defaults } = simulator;
	const openAi = await startOpenAi();

	/** Trigger with Download Media, and n8n's own node behind it. */
	async function startTranscribing() {
		const credentials = await credentialFor(stack, OWN);
		const openAiName = 'OpenAI stand-in';
		const openAiId = await client.saveCredential({
			name: openAiName,
			type: 'openAiApi',
			data: { apiKey: 'key', url: openAi.url, header: false },
		});
		return await activateFor(
			stack,
			OWN,
			inARow('e2e-transcribe', [
				{
					...eyunNode(stack, TRIGGER, { events: ['60004'], options: { downloadMedia: true } }),
					type: 'n8n-nodes-eyun.eyunTrigger',
					typeVersion: 1.1,
					webhookId: 'e2e-transcribe',
					credentials,
				},
				{
					name: TRANSCRIBE,
					type: '@n8n/n8n-nodes-langchain.openAi',
					typeVersion: 2,
					parameters: { resource: 'audio', operation: 'transcribe', options: {} },
					credentials: { openAiApi: { id: openAiId, name: openAiName } },
				},
			]),
		);
	}

	await checks.run('a received voice reaches n8n’s transcription node as WAV', async () => {
		const workflow = await startTranscribing();
		const pushed = await control.push({ messageType: '60004', wcId: OWN.wcId });
		assert.ok(pushed.delivered, pushed.reason);
		const [{ id }] = await client.waitForExecutions(workflow.id, 1);
		await client.deactivateWorkflow(workflow.id);
		const [{ json }] = itemsOf(await client.execution(id), TRANSCRIBE);
		assert.equal(json.text, TRANSCRIPT);
		assert.equal(openAi.uploads.length, 1);
		const [upload] = openAi.uploads;
		const text = upload.toString('latin1');
		assert.match(text, new RegExp(`filename="voice-${pushed.msgId}\\.wav"`));
		assert.match(text, /Content-Type: audio\/wav/i);
		const start = text.indexOf('RIFF');
		assert.equal(text.slice(start + 8, start + 16), 'WAVEfmt ');
		assert.equal(upload.readUInt32LE(start + 24), 24_000);
		// The simulator's voice lasts 1960 ms.
		assert.equal(upload.readUInt32LE(start + 40), 24_000 * 1.96 * 2);
	});

	await checks.run('WAV of another node is sent as SILK, with its length', async () => {
		const execution = await runOnce(stack, 'e2e-voice', [
			{
				name: SPEECH,
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: {
					url: `${openAi.url}/speech`,
					options: { response: { response: { responseFormat: 'file' } } },
				},
			},
			eyunNode(stack, SEND, {
				resource: 'message',
				operation: 'sendVoice',
				wId: defaults.wId,
				wcId: defaults.friend,
				content: { __rl: true, mode: 'binary', value: 'data' },
			}),
		]);
		assert.equal(itemsOf(execution, SEND).length, 1);
		const { json } = control.requests('/sendVoice').at(-1) ?? {};
		const { content, length } = json as Record<string, unknown>;
		assert.equal(Number(length), 1_000);
		const { data } = await axios.get<Buffer>(String(content), {
			proxy: false,
			responseType: 'arraybuffer',
		});
		assert.equal(data.toString('latin1', 0, 10), '\x02#!SILK_V3');
	});

	openAi.stop();
}
