/** The workflows of examples/: what they are made of, and what they say that is to be filled in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { IDataObject, INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import { isGroupId } from '../../nodes/Eyun/common/wechatIds';
import { EVENT_OPTIONS } from '../../nodes/Eyun/trigger/settings/eventChoices';
import type { WorkflowFile } from '../../scripts/lib/n8n-client.cts';

const ROOT = resolve(__dirname, '..', '..');
const FOLDER = join(ROOT, 'examples');

interface ExampleFile extends WorkflowFile {
	id: string;
	pinData: IDataObject;
}

const NAMES = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.map((name) => name.replace(/\.json$/, ''));

const textOf = (name: string) => readFileSync(join(FOLDER, `${name}.json`), 'utf8');
const fileOf = (name: string) => JSON.parse(textOf(name)) as ExampleFile;

const TYPES = /^(n8n-nodes-base|@n8n\/n8n-nodes-langchain|n8n-nodes-eyun)\.\w+$/;
const CODE = /\.(code|function|functionItem|executeCommand|toolCode)$/;

const DESCRIPTIONS: Record<string, INodeTypeDescription> = {
	'n8n-nodes-eyun.eyun': new Eyun().description,
	'n8n-nodes-eyun.eyunTrigger': new EyunTrigger().description,
};

type Value = IDataObject[string];

const isRecord = (value: Value): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the parameters hold that the properties do not know, by its path. */
function unknownIn(values: IDataObject, properties: INodeProperties[], path = ''): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const here = `${path}${name}`;
		const found = properties.filter((property) => property.name === name);
		if (found.length === 0) return [here];
		const [{ type, options = [] }] = found;
		if (!isRecord(value)) return [];
		if (type === 'collection') return unknownIn(value, options as INodeProperties[], `${here}.`);
		if (type !== 'fixedCollection') return [];
		return Object.entries(value).flatMap(([group, inner]) => {
			const groups = options as Array<{ name: string; values: INodeProperties[] }>;
			const values = groups.find((one) => one.name === group)?.values;
			if (values === undefined) return [`${here}.${group}`];
			return [inner]
				.flat()
				.flatMap((one) => unknownIn(one as IDataObject, values, `${here}.${group}.`));
		});
	});
}

/** The properties that n8n shows for a node. */
function shownFor(node: INode): INodeProperties[] {
	const description = DESCRIPTIONS[node.type];
	const values = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values ?? {}, property, node, description),
	);
}

const isEmpty = (value: Value): boolean =>
	value === undefined ||
	value === '' ||
	(isRecord(value) && value.__rl === true && value.value === '');

/** What the user has to fill in: node and parameter, in the words of the editor. */
function toFillIn({ nodes }: ExampleFile): Array<[node: string, label: string]> {
	return nodes.flatMap((node): Array<[string, string]> => {
		if (node.type in DESCRIPTIONS) {
			return shownFor(node)
				.filter(({ name, required }) => required === true && isEmpty(node.parameters[name]))
				.map(({ displayName }) => [node.name, displayName]);
		}
		if (node.type.endsWith('.set')) {
			const { assignments } = node.parameters.assignments as { assignments: IDataObject[] };
			return assignments
				.filter(({ value }) => value === '')
				.map(({ name }) => [node.name, String(name)]);
		}
		return node.parameters.url === '' ? [[node.name, 'URL']] : [];
	});
}

it('has examples', () => expect(NAMES.length).toBeGreaterThan(10));

it('leaves the address of a trigger to n8n, so that one can be imported twice', () => {
	const nodes = NAMES.filter((name) => name !== 'auto-reply').flatMap((name) => fileOf(name).nodes);
	expect(nodes.filter((node) => 'webhookId' in node)).toEqual([]);
});

it('gives no id to two of them', () => {
	const ids = NAMES.flatMap((name) => {
		const { id, nodes } = fileOf(name);
		return [id, ...nodes.flatMap((node) => [node.id, node.webhookId ?? []].flat())];
	});
	expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([]);
});

describe.each(NAMES)('examples/%s.json', (name) => {
	const file = fileOf(name);
	const { nodes, connections } = file;
	const eyunNodes = nodes.filter(({ type }) => type in DESCRIPTIONS);
	const note = String(nodes.find((node) => node.name === 'Read Me')?.parameters.content);

	it("is made of n8n's own nodes and ours, without code", () => {
		expect(nodes.map(({ type }) => type).filter((type) => !TYPES.test(type))).toEqual([]);
		expect(nodes.map(({ type }) => type).filter((type) => CODE.test(type))).toEqual([]);
		expect(eyunNodes.length).toBeGreaterThan(0);
	});

	it('has its note apart from the nodes', () => {
		const [read] = nodes.filter((node) => node.name === 'Read Me');
		const bottom = read.position[1] + Number(read.parameters.height);
		const right = read.position[0] + Number(read.parameters.width);
		const close = nodes
			.filter((node) => node !== read && node.position[0] < right + 20)
			.filter(({ position: [, y] }) => y < bottom + 40);
		expect(close.map((node) => node.name)).toEqual([]);
	});

	it('brings along nothing of the n8n that it was made in', () => {
		expect(nodes.filter((node) => 'credentials' in node)).toEqual([]);
		expect(file.pinData).toEqual({});
		expect(Object.keys(file).sort()).toEqual(
			['connections', 'id', 'name', 'nodes', 'pinData', 'settings'].sort(),
		);
	});

	it('says first what it is', () => {
		expect(nodes[0].type).toBe('n8n-nodes-base.stickyNote');
		expect(note).toMatch(/^## \w/);
		expect(note).toContain('**Eyun API** credential');
	});

	it('names in its note what is to be filled in', () => {
		for (const [node, label] of toFillIn(file)) {
			expect(note).toContain(`*${node}*`);
			expect(note).toContain(`**${label}**`);
		}
	});

	it('connects and quotes nodes that it has', () => {
		const names = nodes.map((node) => node.name);
		const targets = Object.values(connections).flatMap((byType) =>
			Object.values(byType).flatMap((outputs) => outputs.flatMap((links) => links ?? [])),
		);
		const quoted = [...textOf(name).matchAll(/\$\('((?:[^'\\]|\\.)+)'\)/g)].map(([, one]) => one);
		const used = [...Object.keys(connections), ...targets.map(({ node }) => node), ...quoted];
		expect(used.filter((one) => !names.includes(one))).toEqual([]);
		expect(new Set(names).size).toBe(names.length);
	});

	it.each(eyunNodes.map((node) => [node.name, node] as const))(
		'has a node "%s" whose parameters the node knows',
		(_name, node) => {
			const { resource, operation } = node.parameters;
			const properties = shownFor(node);
			for (const [parameter, value] of Object.entries({ resource, operation })) {
				if (value === undefined) continue;
				const { options = [] } = properties.find((one) => one.name === parameter) ?? {};
				expect(options).toContainEqual(expect.objectContaining({ value }));
			}
			expect(unknownIn(node.parameters, properties)).toEqual([]);
		},
	);

	it('starts from events that the trigger has, and from groups that the user enters', () => {
		for (const { parameters } of eyunNodes.filter(({ type }) => type.endsWith('Trigger'))) {
			const values = EVENT_OPTIONS.map(({ value }) => value);
			expect((parameters.events as string[]).filter((one) => !values.includes(one))).toEqual([]);
			const { groups = [] } = parameters.options as { groups?: string[] };
			for (const group of groups) {
				// The trigger refuses to be published with it.
				expect(isGroupId(group)).toBe(false);
				expect(note).toContain(`in place of "${group}"`);
			}
		}
	});
});

describe.each([
	['docs/examples.md', '../examples', ['**Fill in:** ', '**Try it:** ']],
	['docs/zh-CN/examples.md', '../../examples', ['**填写**：', '**试一试**：']],
])('%s', (page, folder, parts) => {
	const text = readFileSync(join(ROOT, page), 'utf8');
	const sections = text.split(/^## /m).slice(1);
	const LINK = new RegExp(`\\]\\(${folder.replaceAll('.', '\\.')}/([\\w-]+)\\.json\\)`, 'g');
	const listed = sections.map((section) => [...section.matchAll(LINK)].map(([, name]) => name));

	it('has a section for each example, and each example once', () => {
		expect(listed.map((names) => names.length)).toEqual(sections.map(() => 1));
		expect(listed.flat().sort()).toEqual([...NAMES].sort());
	});

	it('shows a picture of each', () => {
		for (const section of sections) {
			const [, name] = /\[([\w-]+)\.json\]/.exec(section) ?? [];
			const [, path = ''] = /^!\[.+\]\((.+)\)$/m.exec(section) ?? [];
			expect(basename(path)).toBe(`example-${name}.png`);
			expect(existsSync(resolve(ROOT, dirname(page), path))).toBe(true);
		}
	});

	it('says of each what is to be filled in, and how to try it', () => {
		for (const section of sections) for (const part of parts) expect(section).toContain(part);
	});

	it('names what is to be filled in', () => {
		for (const [n, section] of sections.entries()) {
			for (const [node, label] of toFillIn(fileOf(listed[n][0]))) {
				expect(section).toContain(`*${node}*`);
				expect(section).toContain(`**${label}**`);
			}
		}
	});
});

it('lists the examples in both languages in the same order', () => {
	const order = (page: string) =>
		[...readFileSync(join(ROOT, page), 'utf8').matchAll(/\/examples\/([\w-]+)\.json\)/g)].map(
			([, name]) => name,
		);
	expect(order('docs/zh-CN/examples.md')).toEqual(order('docs/examples.md'));
});
