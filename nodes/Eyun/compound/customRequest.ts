import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { catalogue } from '../catalogue';
import type { Operation } from '../catalogue/types';
import { parseToSend } from '../common/exactJson';
import { isRecord } from '../common/records';
import { toCall } from '../execution/calls/toCall';
import { callOptions } from '../execution/options/callOptions';
import { InvalidInput } from '../execution/values/invalidInput';
import { toItems } from '../execution/values/output';
import { callVendor } from '../transport/client';
import { PATH, BODY } from './description/customRequest';

function invalidPath(what: string): InvalidInput {
	return new InvalidInput(PATH, what, 'Enter the path as the documents of Eyun show it: /sendText');
}

/** The path of one endpoint on the credential's server; a query may follow. */
function checkedPath(value: unknown): string {
	const path = typeof value === 'string' ? value.trim() : '';
	if (!/^\/[^/]/.test(path)) throw invalidPath('must begin with one /, without a server before it');
	if (/[\s\\#]/.test(path)) throw invalidPath('must not contain spaces, \\ or #');
	if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path.split('?')[0])) {
		throw invalidPath('must not contain . or .. as a part');
	}
	return path;
}

function parsed(text: string): unknown {
	const result = tryToParse(text);
	if ('value' in result) return result.value;
	throw new InvalidInput(
		BODY,
		`is not JSON: ${result.flaw}`,
		'Check quotes and commas; in an expression, put text values through JSON.stringify',
	);
}

function tryToParse(text: string): { value: unknown } | { flaw: string } {
	if (text.trim() === '') return { value: {} };
	try {
		return { value: parseToSend(text) };
	} catch (error) {
		return { flaw: (error as Error).message };
	}
}

/** Numbers that an expression has already rounded would reach the vendor as another id. */
function refuseRounded(value: unknown): void {
	if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
		throw new InvalidInput(
			BODY,
			`holds the number ${value}, whose last digits JavaScript has already rounded`,
			'Give the body as JSON text with the digits in it; this package outputs such IDs as text',
		);
	}
	if (typeof value === 'object' && value !== null) Object.values(value).forEach(refuseRounded);
}

function checkedBody(value: unknown): Record<string, unknown> {
	const body = typeof value === 'string' ? parsed(value) : (value ?? {});
	if (!isRecord(body)) {
		throw new InvalidInput(
			BODY,
			'must be a JSON object',
			'Every endpoint of Eyun takes one: { … }',
		);
	}
	if (typeof value !== 'string') refuseRounded(body);
	return body;
}

const SECRET_NAME = /password|token|secret/i;

/** Texts in the body whose names say that nobody may see them. */
function secretsOf(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, member]) =>
		typeof member === 'string' && SECRET_NAME.test(name) ? [member] : secretsOf(member),
	);
}

/** What the catalogue knows of a path: effect, patience and secrets of the answer stay as they are there. */
function knownAt(path: string): Operation | undefined {
	const [endpoint] = path.split('?');
	return catalogue
		.flatMap(({ operations }) => operations)
		.find((operation) => operation.path === endpoint);
}

/** Any path of the vendor's, for endpoints that this package does not know yet. See `CompoundRun`. */
export async function runCustomRequest(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const parameter = (name: string) => context.getNodeParameter(name, itemIndex) as unknown;
	const path = checkedPath(parameter(PATH.name));
	const body = checkedBody(parameter(BODY.name));
	const known = knownAt(path);
	const options = callOptions(context, itemIndex, known?.timeout);
	const reads = parameter('reads') === true;
	const call = toCall(known ?? { path, fields: [] }, body, itemIndex, {
		path,
		// A switch set by mistake must not repeat what is known to change something.
		reads: reads && (known === undefined || known.reads === true),
		// What nobody knows may send.
		sends: known === undefined ? !reads : known.sends === true,
		timeoutMs: options.timeoutMs,
		secrets: secretsOf(body),
	});
	const envelope = await callVendor(context, call);
	return toItems(known ?? {}, envelope, itemIndex, options.fullResponse);
}
