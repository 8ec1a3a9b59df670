import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import express from 'express';

/** One message of a conversation, as OpenAI's chat completions take it. */
export interface ModelMessage {
	role: string;
	content: unknown;
}

/** What the model was asked, with its tools. */
export interface ModelRequest {
	messages: ModelMessage[];
	tools?: Array<{ function: { name: string; description?: string; parameters: unknown } }>;
}

/** What the model answers: words, or a tool to call. */
export type ModelAnswer = string | { tool: string; arguments: object };

export interface ScriptedModel {
	/** For the credential of n8n's OpenAI nodes. */
	url: string;
	requests: ModelRequest[];
	stop(): Promise<void>;
}

/** Text of a message's content, which may come in parts. */
export function textOf({ content }: ModelMessage): string {
	if (typeof content === 'string') return content;
	return Array.isArray(content)
		? content.map((part) => String((part as { text?: string }).text ?? '')).join('')
		: '';
}

/** A model that answers by a script, behind OpenAI's address for chat completions, on loopback. */
export async function startScriptedModel(
	script: (request: ModelRequest) => ModelAnswer,
): Promise<ScriptedModel> {
	const requests: ModelRequest[] = [];
	const app = express();
	app.use(express.json({ limit: '10mb' }));
	app.post('/v1/chat/completions', (request, response) => {
		const asked = request.body as ModelRequest & { stream?: boolean };
		requests.push(asked);
		const answer = script(asked);
		const message =
			typeof answer === 'string'
				? { role: 'assistant', content: answer }
				: {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								index: 0,
								id: `call_${requests.length}`,
								type: 'function',
								function: { name: answer.tool, arguments: JSON.stringify(answer.arguments) },
							},
						],
					};
		const finish = typeof answer === 'string' ? 'stop' : 'tool_calls';
		const head = { id: 'chatcmpl-1', created: 1, model: 'scripted' };
		if (!asked.stream) {
			return void response.json({
				...head,
				object: 'chat.completion',
				choices: [{ index: 0, message, finish_reason: finish }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
		}
		response.setHeader('content-type', 'text/event-stream');
		const chunk = (delta: object, finish_reason: string | null) =>
			`data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
		response.end(`${chunk(message, null)}${chunk({}, finish)}data: [DONE]\n\n`);
	});
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
}
