/**
 * The output schemas in dist: n8n finds one for every operation and for the trigger, and they fit
 * what the nodes put out. Needs `npm run build` first (`npm test` does it).
 */
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadOutputSchema, PackageDirectoryLoader, resolveOutputSchemaPath } from 'n8n-core';
import type { INodeTypeDescription } from 'n8n-workflow';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { compounds } from '../../nodes/Eyun/compound/description';
import { parseCallback } from '../../nodes/Eyun/callbacks/parse.ts';
import { toOutput } from '../../nodes/Eyun/callbacks/output.ts';
import { outputOf } from '../../scripts/lib/answerSchema.cts';
import { compoundOutputs } from '../../scripts/lib/compoundOutputs.cts';
import type { Schema } from '../../scripts/lib/jsonSchema.cts';
import { answersOf } from '../../spec/answers.cts';
import { expectFits } from '../support/fitsSchema.cts';

const ROOT = resolve(__dirname, '..', '..');
const NODE_DIR = join(ROOT, 'dist', 'nodes', 'Eyun');

const loader = new PackageDirectoryLoader(ROOT);

beforeAll(async () => {
	if (!existsSync(NODE_DIR)) throw new Error('There is no dist: run "npm run build"');
	await loader.loadAll();
});

/** The schema as n8n reads it for a new node, which is of the newest version. */
function schemaOf(node: string, resource?: string, operation?: string): Schema {
	const { version: all } = loader.getNode(node).type.description as unknown as INodeTypeDescription;
	const version = Math.max(...[all].flat());
	const place = { nodeDir: NODE_DIR, version, resource, operation };
	// The editor asks for exactly this file, n8n's workflow builder may take one of another version.
	expect(existsSync(resolveOutputSchemaPath(place) ?? '')).toBe(true);
	const found = loadOutputSchema({ ...place, versionFallback: true });
	expect(found).toEqual(loadOutputSchema(place));
	return found as Schema;
}

it.each(
	catalogue.flatMap((resource) =>
		resource.operations.map((operation) => ({
			name: `${resource.value}.${operation.value}`,
			resource,
			operation,
		})),
	),
)('$name has a schema that fits what the node makes of the examples', ({ resource, operation }) => {
	const schema = schemaOf('eyun', resource.value, operation.value);
	// n8n's editor takes nothing else for a schema.
	expect(schema.type).toBe('object');
	expect(Object.keys(schema.properties ?? {})).not.toEqual([]);
	const { examples } = answersOf(operation);
	expect(examples.length).toBeGreaterThan(0);
	for (const item of examples.flatMap((example) => outputOf(operation, example))) {
		expectFits(schema, readable(item));
	}
});

/** Numbers instead of what stands for them in the examples, where the schema is about the numbers. */
function readable(value: unknown): unknown {
	return JSON.parse(
		JSON.stringify(value, (key, member: unknown) => {
			if (member !== '<number>') return member;
			return key === 'nickName' ? 'a name' : 1;
		}),
	);
}

it.each(compoundOutputs)('$resource.$operation has a schema', ({ resource, operation, schema }) => {
	expect(schemaOf('eyun', resource, operation)).toEqual({ ...schema, version: 1 });
	expect(schema.type).toBe('object');
});

it('every operation has a schema, but for requests of any kind', () => {
	const known = new Set(
		compoundOutputs.map(({ resource, operation }) => `${resource}.${operation}`),
	);
	const without = compounds.operations
		.map(({ resource, value }) => `${resource}.${value}`)
		.filter((name) => !known.has(name));
	expect(without).toEqual(['custom.request']);
});

describe('the schemas', () => {
	const schema = (resource: string, operation: string) => {
		const { properties } = schemaOf('eyun', resource, operation);
		return properties;
	};

	it('keep 64-bit ids as text and say what may be null', () => {
		expect(schema('message', 'sendVideo')).toEqual({
			type: { type: ['integer', 'null'] },
			msgId: { type: 'integer' },
			newMsgId: { type: 'string' },
			createTime: { type: ['integer', 'null'] },
			wcId: { type: ['string', 'null'] },
		});
		expect(schema('channel', 'getVideos')?.id.type).toBe('string');
	});

	it('follow the output contract: element, success, result', () => {
		expect(schema('account', 'getOnline')).toEqual({
			wcId: { type: 'string' },
			wId: { type: 'string' },
		});
		expect(schema('contact', 'setRemark')).toEqual({ success: { type: 'boolean' } });
		expect(schema('favorite', 'delete')).toEqual({ deleted: { type: 'boolean' } });
		expect(schema('group', 'addMemberAsFriend')).toEqual({ result: { type: 'string' } });
	});

	it('take from the tables what the examples do not show', () => {
		expect(schema('login', 'complete')).toMatchObject({
			verificationRequired: { type: 'boolean' },
			wcId: { type: 'string' },
			uin: { type: 'integer' },
		});
		expect(schema('moment', 'get')?.snsComments.items?.properties?.nickName.type).toBe('string');
	});

	it('describe the trigger’s output', () => {
		const pushed = {
			account: '18700000000',
			wcId: 'wxid_me',
			messageType: '80001',
			data: {
				wId: 'instance',
				fromUser: 'wxid_friend',
				fromGroup: '1@chatroom',
				content: 'Hello',
				atlist: ['wxid_me'],
				msgId: 2562652205,
				newMsgId: '7365193471029381234',
				timestamp: 1641457769,
				self: false,
			},
		};
		const bare = { messageType: '30000', data: {} };
		const { properties } = schemaOf('eyunTrigger');
		for (const body of [pushed, bare]) {
			const callback = parseCallback(Buffer.from(JSON.stringify(body)));
			if ('malformed' in callback) throw new Error(callback.malformed);
			const output = toOutput(callback);
			expectFits({ type: 'object', properties }, output);
			expect(Object.keys(properties ?? {})).toEqual(Object.keys(output));
		}
	});
});
