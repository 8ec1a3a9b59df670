import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { isRecord } from '../../common/records';

/** What is posted: the body as it is sent, and how long it may take in milliseconds. */
export type JsonRequest = Partial<IHttpRequestOptions> & {
	url: string;
	body: string | Buffer;
	headers?: Record<string, string>;
	timeout: number;
};

/** What came back, whatever the status. */
export interface JsonAnswer {
	status: number;
	body: string;
}

/**
 * Posts JSON, once.
 *
 * @param context n8n's functions of whatever runs
 * @param request whose headers come beside the content type
 * @throws what n8n throws when there is no whole answer; `readNetworkEnd` reads it
 */
export async function postJson(
	context: { helpers: Pick<IExecuteFunctions['helpers'], 'httpRequest'> },
	{ headers, ...request }: JsonRequest,
): Promise<JsonAnswer> {
	const answer = (await context.helpers.httpRequest({
		method: 'POST',
		headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
		encoding: 'text',
		json: false,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...request,
	})) as { statusCode: number; body: unknown };
	return { status: answer.statusCode, body: String(answer.body) };
}

/** A member of the object that an answer holds; undefined when it holds none, such as a page of n8n's. */
export function memberOf({ body }: JsonAnswer, name: string): unknown {
	try {
		const answer: unknown = JSON.parse(body);
		return isRecord(answer) ? answer[name] : undefined;
	} catch {
		return undefined;
	}
}
