/** How n8n reads the bodies of webhook requests (body-parser.js of n8n 2.41.1), as far as tests need it. */
import type { Request } from 'express';

/** n8n's `rawBodyReader`: the body is read when somebody asks for it. */
export function addRawBody(request: Request) {
	const type = request.headers['content-type'] ?? '';
	request.contentType = type.split(';')[0].trim() || undefined;
	request.readRawBody = async () => {
		if (request.rawBody) return;
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		request.rawBody = Buffer.concat(chunks);
	};
}

/** n8n parses JSON before the node sees it, and refuses what it cannot parse with 422. */
export async function parseBody(request: Request) {
	request.body = {};
	const { contentType } = request;
	if (!contentType || !/^(application\/json|text\/plain|.*[/+]xml)$/.test(contentType)) return;
	await request.readRawBody();
	if (contentType === 'application/json' && request.rawBody.length > 0) {
		request.body = JSON.parse(request.rawBody.toString());
	}
}
