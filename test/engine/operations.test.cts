import { isLosslessNumber, isSafeNumber, parse, stringify } from 'lossless-json';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Operation } from '../../nodes/Eyun/catalogue/types';
import { operations as endpoints } from '../../spec/endpoints.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { sampleRequest } from '../support/samples.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Every operation, from tables: what it sends, what it answers, how it fails, what it links. */

const all = catalogue.flatMap(({ value: resource, operations }) =>
	operations.map((operation) => ({
		title: `${resource}: ${operation.value} ${operation.path}`,
		resource,
		operation,
	})),
);

// By an independent parser, with the rule written out again: unsafe integers and newMsgId are text.
const examples = parse(
	readFileSync(join(__dirname, '../../spec/responses.json'), 'utf8'),
	(key, value) => (key === 'newMsgId' && typeof value === 'number' ? String(value) : value),
	(digits) => (/^-?\d+$/.test(digits) && !isSafeNumber(digits) ? digits : Number(digits)),
) as Record<string, { path: string; success: Array<{ data?: unknown }> }>;

/** What an item says beyond, or instead of, the vendor's data. */
const SPECIAL: Record<string, Record<string, unknown>> = {
	'/member/login': { Authorization: '***', callbackUrl: null },
};

/** What n8n must put out for the vendor's example, by the README's promise about output. */
function expectedOutput({ path, value }: Operation): unknown[] {
	if (/^delete/.test(value)) return [{ deleted: true }];
	const data = Object.values(examples).find((entry) => entry.path === path)?.success[0].data;
	if (data === null || data === undefined) return [{ success: true }];
	if (typeof data === 'string') return [{ result: data }];
	return (Array.isArray(data) ? data : [data]).map((entry: unknown) =>
		typeof entry === 'object' ? { ...entry, ...SPECIAL[path] } : { result: entry },
	);
}

/** JSON text with the members in one order, numbers digit by digit. */
function canonical(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return value;
	if (Array.isArray(value)) return value.map(canonical);
	const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(members.map(([key, member]) => [key, canonical(member)]));
}

const sorted = (value: unknown) => stringify(canonical(value));

const simulator = useSimulator({ strict: true, examples: true, between: 'clearRequests' });
let credentials: TestCredentials;

beforeAll(async () => {
	credentials = await usedCredentials(simulator);
});

/** The vendor's answer as it is; paging.test.cts holds what becomes of the pages of a list. */
const AS_IT_IS = { singlePage: true };

function run(resource: string, operation: Operation, parameters: object, more: object = {}) {
	const options = { concurrency: 1, ...(operation.paging ? AS_IT_IS : {}) };
	return runNode({
		credentials,
		parameters: { resource, operation: operation.value, options, ...parameters },
		...more,
	});
}

const request = (operation: Operation, kind: 'smallest' | 'fullest') =>
	sampleRequest(operation, kind, { wId: simulator.defaults.wId });

it('knows every endpoint', () => expect(all).toHaveLength(endpoints.length));

describe.each(all)('$title', ({ resource, operation }) => {
	it.each(['smallest', 'fullest'] as const)(
		'sends its %s request exactly and reads the answer',
		async (kind) => {
			const { parameters, wire } = request(operation, kind);
			const result = await run(resource, operation, parameters);
			const received = simulator.control.requests();
			expect(received.map(({ method, path }) => `${method} ${path}`)).toEqual([
				`POST ${operation.path}`,
			]);
			expect(sorted(received[0].json)).toBe(sorted(wire));
			const isToken = received[0].headers.authorization === simulator.defaults.token;
			expect(isToken).toBe(!operation.anonymous);
			const output = jsons(result);
			expect(output).toEqual(expectedOutput(operation));
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				output.map(() => ({ item: 0 })),
			);
		},
	);

	it('stops at a refusal with message, code, endpoint and item', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: operation.path, message: '测试失败' });
		const result = await run(resource, operation, request(operation, 'smallest').parameters);
		expect(result.items).toEqual([]);
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: null,
			message: 'Eyun refused: 测试失败 (code 1001) [item 0]',
			context: { itemIndex: 0, endpoint: operation.path, code: '1001' },
		});
		expect(result.error?.description).toContain(`(POST ${operation.path})`);
		expect(simulator.control.requests()).toHaveLength(1);
	});

	it('goes on after a refusal when told so, and links every item', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: operation.path, message: '测试失败' });
		const { parameters } = request(operation, 'smallest');
		const result = await run(resource, operation, parameters, {
			continueOnFail: true,
			input: [{}, {}],
		});
		const [failed, ...rest] = result.items;
		expect(failed.json.error).toBe('Eyun refused: 测试失败 (code 1001) [item 0]');
		expect(failed.json.message).toContain(`(POST ${operation.path})`);
		expect(failed.pairedItem).toEqual({ item: 0 });
		if (operation.batch) {
			// Both items were asked for in one call.
			expect(rest).toMatchObject([{ json: { error: expect.stringContaining('[item 1]') } }]);
			return;
		}
		expect(rest.map(({ pairedItem }) => pairedItem)).toEqual(
			expectedOutput(operation).map(() => ({ item: 1 })),
		);
	});
});
