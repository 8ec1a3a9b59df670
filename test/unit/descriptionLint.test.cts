/** The action node's description as n8n reads it. */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { EyunApi } from '../../credentials/EyunApi.credentials';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { compounds } from '../../nodes/Eyun/compound/description';
import { Eyun } from '../../nodes/Eyun/Eyun.node';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node';
import { lintProperties } from '../support/n8nLint.cts';

/** What the description may weigh for each operation. Telegram's weighs 2,488 bytes, Slack's 2,602. */
const BYTES_PER_OPERATION = 1_465;

/** And what it may weigh beyond that for each operation that makes a tool: what models read. */
const BYTES_PER_TOOL = 2_000;

function freshProperties(): INodeProperties[] {
	return structuredClone(new Eyun().description.properties);
}

function named(properties: INodeProperties[], name: string): INodeProperties[] {
	return properties.filter((property) => property.name === name);
}

function operationOptions(properties: INodeProperties[]): INodePropertyOptions[] {
	return named(properties, 'operation').flatMap(({ options }) => options as INodePropertyOptions[]);
}

const operations = catalogue.flatMap((resource) => resource.operations);

describe('the description of the action node', () => {
	it("passes n8n's lint", () => {
		expect(lintProperties(freshProperties())).toEqual([]);
	});

	it('stays small', () => {
		const { description } = new Eyun();
		const forTools = description.properties.filter(
			({ displayOptions }) => displayOptions?.show?.['@tool'] !== undefined,
		);
		const toolBytes = Buffer.byteLength(JSON.stringify(forTools));
		const bytes = Buffer.byteLength(JSON.stringify(description)) - toolBytes;
		const all = [...operations, ...compounds.operations];
		expect(bytes / all.length).toBeLessThanOrEqual(BYTES_PER_OPERATION);
		const tools = all.filter(({ tool }) => tool !== undefined);
		expect(toolBytes / tools.length).toBeLessThanOrEqual(BYTES_PER_TOOL);
	});

	it("has actions without articles, as n8n's guide for nodes asks", () => {
		const actions = operationOptions(freshProperties()).map(({ action = '' }) => action);
		expect(actions.filter((action) => /^$|\b(?:an?|the)\b/i.test(action))).toEqual([]);
	});

	it('has one name for the vendor in all that users read', () => {
		const { displayName, subtitle, description, properties } = new EyunTrigger().description;
		const read = [
			{ displayName, subtitle, description, properties },
			{ ...new Eyun().description, codex: undefined },
			new EyunApi(),
		];
		// Eyun's own pages are called by their Chinese titles.
		const titles = operations.map(({ title }) => title);
		const text = titles.reduce((rest, title) => rest.replaceAll(title, ''), JSON.stringify(read));
		expect(/.{0,30}(wkteam|E云|vendor)/i.exec(text)?.[0]).toBeUndefined();
	});

	it('names the endpoint of every operation at the end of its description', () => {
		const written = new Set(compounds.operations.map(({ action }) => action));
		const shown = operationOptions(freshProperties())
			.filter(({ action = '' }) => !written.has(action))
			.map(({ description = '' }) => /[(, ]POST (\/\S+)\)$/.exec(description)?.[1]);
		expect(shown.sort()).toEqual(operations.map(({ path }) => path).sort());
	});
});

describe('lintProperties', () => {
	type Change = (properties: INodeProperties[]) => void;

	it.each<[string, string, Change]>([
		[
			'a label that is not in Title Case',
			'node-param-display-name-miscased',
			(properties) => (named(properties, 'wId')[0].displayName = 'Instance number'),
		],
		[
			'an action that is not in sentence case',
			'node-param-operation-option-action-miscased',
			(properties) => (operationOptions(properties)[0].action = 'Forward A File'),
		],
		[
			'a boolean that does not say "Whether"',
			'node-param-description-boolean-without-whether',
			(properties) => (named(properties, 'autoCheck')[0].description = 'Verify at once'),
		],
		[
			'a final period',
			'node-param-description-excess-final-period',
			(properties) => (named(properties, 'wId')[0].description = 'The WeChat.'),
		],
		[
			'a description that repeats the label',
			'node-param-description-identical-to-display-name',
			(properties) => (named(properties, 'wId')[0].description = 'WeChat Account'),
		],
		[
			'options out of order',
			'node-param-options-type-unsorted-items',
			(properties) => named(properties, 'operation')[0].options!.reverse(),
		],
		[
			'a Get Many by another name',
			'node-param-option-name-wrong-for-get-many',
			(properties) => {
				operationOptions(properties).find(({ value }) => value === 'getAll')!.name = 'Get All';
			},
		],
	])('finds %s', (_what, rule, change) => {
		const properties = freshProperties();
		change(properties);
		const found = lintProperties(properties);
		expect(found.length).toBeGreaterThan(0);
		expect(found.filter((line) => !line.startsWith(`n8n-nodes-base/${rule}: `))).toEqual([]);
	});
});
