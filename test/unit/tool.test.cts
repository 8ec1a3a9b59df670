/** The operations as tools: what a model reads, what it fills, and that the plain node knows nothing of it. */
import 'reflect-metadata';

import { getSchema } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { ToolUse } from '../../nodes/Eyun/catalogue/tool/types';
import { compounds } from '../../nodes/Eyun/compound/description';
import { toProperties } from '../../nodes/Eyun/description/properties';
import { NODE_VERSIONS } from '../../nodes/Eyun/description/versions';
import { Eyun } from '../../nodes/Eyun/Eyun.node';
import { toolTwin } from '../support/engine.cts';

interface Entry {
	resource: string;
	operation: string;
	tool?: ToolUse;
}

const entries: Entry[] = [
	...catalogue.flatMap(({ value: resource, operations }) =>
		operations.map(({ value, tool }) => ({ resource, operation: value, tool })),
	),
	...compounds.operations.map(({ resource, value, tool }) => ({
		resource,
		operation: value,
		tool,
	})),
];
const tools = entries.filter((entry): entry is Required<Entry> => entry.tool !== undefined);
const cases = NODE_VERSIONS.flatMap((version) =>
	tools.map((entry) => [`${entry.resource}: ${entry.operation}`, version, entry] as const),
);

const twin = toolTwin();

/** The parameters as n8n fills them in for a node that was just put there. */
function filledIn(
	{ resource, operation }: Entry,
	typeVersion: number,
	description = twin.description,
	stored: INodeParameters = {},
): INodeParameters {
	const filled = NodeHelpers.getNodeParameters(
		description.properties,
		{ resource, operation, ...stored },
		true,
		false,
		{ typeVersion },
		description,
	);
	if (filled === null) throw new Error('n8n filled in nothing');
	return filled;
}

function toolNode(entry: Entry, typeVersion: number): INode {
	return {
		id: '1',
		name: 'Tool',
		type: 'eyunTool',
		typeVersion,
		position: [0, 0],
		parameters: filledIn(entry, typeVersion),
	};
}

/** What a model gets: kind, description and whether it may leave it out, by name. */
function schemaOf(node: INode) {
	const { shape } = getSchema(node);
	return Object.fromEntries(
		Object.entries(shape).map(([name, type]) => [
			name,
			{
				accepts: ['text', 7, true].filter((value) => type.safeParse(value).success),
				description: type.description ?? '',
				optional: type.isOptional(),
			},
		]),
	);
}

function without<Value extends object>(value: Value, ...members: Array<keyof Value>): Value {
	const rest = { ...value };
	for (const member of members) delete rest[member];
	return rest;
}

it('are these, so that none becomes one by mistake', () => {
	expect(tools.map(({ resource, operation }) => `${resource}.${operation}`)).toEqual([
		'message.sendText',
		'message.sendImage',
		'message.sendFile',
		'message.sendLink',
		'message.sendContactCard',
		'message.revoke',
		'contact.get',
		'contact.setRemark',
		'group.get',
		'group.getMembers',
		'group.addMembers',
		'group.inviteMembers',
		'group.setNotice',
		'label.getAll',
		'moment.getAll',
		'moment.getAllOfContact',
		'moment.like',
		'moment.comment',
		'message.reply',
		'message.forward',
		'message.mentionMembers',
		'contact.getAll',
		'contact.findByName',
		'contact.acceptAndGreet',
		'contact.addLabels',
		'contact.removeLabels',
		'group.getAll',
		'group.findByName',
		'group.findMember',
	]);
});

describe.each(cases)('%s, version %d', (_name, version, entry) => {
	const node = toolNode(entry, version);

	it('gives the model a described value of a kind for each parameter that it fills', () => {
		const expected = Object.entries(entry.tool.fills).map(([path, value]) => [
			value.key ?? path.split('.').pop(),
			{
				accepts: value.type === 'number' ? [7] : ['text'],
				description: value.description,
				optional: value.otherwise !== undefined,
			},
		]);
		expect(schemaOf(node)).toEqual(Object.fromEntries(expected));
	});

	it('says when to use it', () => {
		expect(NodeHelpers.getToolDescriptionForNode(node, twin)).toBe(entry.tool.when);
	});

	it('leaves the account to the user', () => {
		expect(Object.keys(entry.tool.fills)).not.toContain('wId');
	});
});

it('all say what they do, and what cannot be undone', () => {
	const sends = catalogue.flatMap(({ operations }) => operations.filter((entry) => entry.sends));
	for (const { tool } of sends) {
		if (tool) expect(tool.when).toContain('it cannot be undone');
	}
	for (const { tool } of tools) {
		expect(tool.when).toMatch(/^[A-Z].{30,}\.$/s);
		for (const { description } of Object.values(tool.fills)) {
			// They stand inside of an expression in single quotes.
			expect(description).toMatch(/^[A-Z][^'"`{}\\$]{8,}[^.]$/);
		}
	}
});

it('the others leave it to n8n to describe them, and to the user to fill them', () => {
	for (const entry of entries) {
		if (entry.tool !== undefined) continue;
		const node = toolNode(entry, 1.1);
		expect(schemaOf(node)).toEqual({});
		expect(NodeHelpers.getToolDescriptionForNode(node, twin)).toMatch(/ in Eyun WeChat$/);
	}
});

it('a value of the user takes the place of the model', () => {
	const entry = { resource: 'message', operation: 'sendText' };
	const wcId = { __rl: true, mode: 'list', value: 'wxid_a' };
	const parameters = filledIn(entry, 1.1, twin.description, { wcId });
	expect(parameters.wcId).toEqual(wcId);
	expect(Object.keys(schemaOf({ ...toolNode(entry, 1.1), parameters }))).toEqual(['content']);
});

it('a description of the user takes the place of ours', () => {
	const node = toolNode({ resource: 'message', operation: 'sendText' }, 1.1);
	node.parameters.toolDescription = 'Tell the boss';
	expect(NodeHelpers.getToolDescriptionForNode(node, twin)).toBe('Tell the boss');
});

describe('the plain node', () => {
	const { description } = new Eyun();
	/** The node as it would be if no operation made a tool. */
	const before = {
		...description,
		properties: toProperties(
			catalogue.map((resource) => ({
				...resource,
				operations: resource.operations.map((entry) => without(entry, 'tool', 'simplified')),
			})),
			{
				...compounds,
				operations: compounds.operations.map((entry) => without(entry, 'tool', 'simplified')),
			},
		),
	};

	it.each(NODE_VERSIONS)('has the same parameters as without tools in version %d', (version) => {
		for (const entry of entries) {
			const { simplify, ...now } = filledIn(entry, version, description);
			expect(now).toEqual(filledIn(entry, version, before));
			expect(simplify ?? false).toBe(false);
		}
	});

	it('keeps what was stored', () => {
		const stored = {
			wId: 'instance',
			wcId: { mode: 'id', value: '={{ $json.chatId }}' },
			content: 'hello',
			userList: ['wxid_a'],
			chatRoomId: '1@chatroom',
			filters: { name: 'x' },
			limit: 7,
		};
		for (const entry of entries) {
			const now = filledIn(entry, 1.1, description, stored);
			expect(without(now, 'simplify')).toEqual(filledIn(entry, 1.1, before, stored));
		}
	});

	it('is shown each field once', () => {
		const shown = (type: typeof description, entry: Entry, version: number): INodeProperties[] => {
			const parameters = filledIn(entry, version, type);
			return type.properties.filter((property) =>
				NodeHelpers.displayParameter(parameters, property, { typeVersion: version }, type),
			);
		};
		for (const type of [description, twin.description]) {
			for (const entry of entries) {
				for (const version of NODE_VERSIONS) {
					const names = shown(type, entry, version).map(({ name }) => name);
					expect(names).toEqual([...new Set(names)]);
				}
			}
		}
	});

	it('is as it was where n8n knows no tools', () => {
		// An n8n that does not know @tool looks for a parameter called so, and finds none.
		const older = { ...description, name: 'eyun' };
		const rules = JSON.stringify(older.properties).match(
			/"(show|hide)":\{[^}]*"@tool":\[[^\]]*\]/g,
		);
		expect(new Set(rules?.map((rule) => /"@tool":(\[.*\])/.exec(rule)?.[1]))).toEqual(
			new Set(['[true]']),
		);
	});
});
