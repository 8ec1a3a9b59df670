/** Every operation and the trigger in the editor, with all that can be added: each field is there, and nothing complains. */
import assert from 'node:assert/strict';
import {
	type IDataObject,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';
import type { Locator } from 'playwright-core';
import {
	ACTION,
	action,
	BY_HAND,
	chooseOption,
	openPanel,
	storeChain,
	TRIGGER,
	trigger,
} from './editor.cts';
import type { Ui } from './ui.cts';

/** Fields that the editor shows as a title with something below it, or a text alone. */
const WITHOUT_INPUT = ['notice', 'collection', 'fixedCollection'];

/** How long a field of an open panel may take to appear. */
const FIELD_MS = 10_000;

interface FilledIn {
	parameters: IDataObject;
	/** The names of the fields that must have an input. */
	fields: string[];
	/** The texts of notices and titles. */
	texts: string[];
}

/** The values of a dropdown of the action node that is shown for these parameters. */
function valuesOf(name: string, parameters: INodeParameters): string[] {
	const property = ACTION.properties.find(
		(one) => one.name === name && isShown(ACTION, one, parameters, parameters),
	);
	return ((property?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value));
}

function isShown(
	type: INodeTypeDescription,
	property: INodeProperties,
	values: INodeParameters,
	root: INodeParameters,
): boolean {
	const node = { typeVersion: Number(type.defaultVersion) };
	return NodeHelpers.displayParameter(values, property, node, type, root);
}

/**
 * A node with everything added that can be, and what the editor must show of it.
 *
 * @param given values of parameters that have one of their own
 * @param choices what is chosen in lists of these names
 */
function filledIn(
	type: INodeTypeDescription,
	given: IDataObject = {},
	choices: IDataObject = {},
): FilledIn {
	const parameters: IDataObject = {};
	const root = parameters as INodeParameters;
	for (const property of type.properties) {
		const { name, default: value } = property;
		if (name in parameters || !isShown(type, property, root, root)) continue;
		const locator = { __rl: true, ...(value as IDataObject) };
		parameters[name] =
			property.type === 'resourceLocator' ? (choices[name] ?? locator) : (given[name] ?? value);
	}
	const shown = type.properties.filter((property) => isShown(type, property, root, root));
	const inCollections = shown
		.filter((property) => property.type === 'collection')
		.flatMap(({ name, options }) => {
			const values: IDataObject = {};
			const added = (options as INodeProperties[]).filter((option) => {
				if (!isShown(type, option, values as INodeParameters, root)) return false;
				values[option.name] = valueOf(option) as IDataObject;
				return true;
			});
			parameters[name] = values;
			return added;
		});
	const all = [...shown, ...inCollections].filter((one) => one.type !== 'hidden');
	return {
		parameters,
		fields: all.filter(hasInput).map(({ name }) => name),
		texts: all.filter((one) => !hasInput(one)).map(({ displayName }) => displayName),
	};
}

function hasInput({ type, typeOptions }: INodeProperties): boolean {
	return !WITHOUT_INPUT.includes(type) && !typeOptions?.multipleValues;
}

/** What the editor stores when somebody adds an option. */
function valueOf({ type, default: value, options, typeOptions }: INodeProperties): unknown {
	if (type !== 'fixedCollection') return value;
	const [{ name, values }] = options as INodePropertyCollection[];
	const entry = Object.fromEntries(values.map((one) => [one.name, one.default]));
	return { [name]: typeOptions?.multipleValues ? [entry] : entry };
}

export async function allOperations(ui: Ui): Promise<void> {
	const { wcId, group } = ui.stack.simulator.defaults;
	const chosen = {
		wId: { __rl: true, mode: 'list', value: wcId },
		chatRoomId: { __rl: true, mode: 'list', value: group },
	};
	for (const resource of valuesOf('resource', {})) {
		const operations = valuesOf('operation', { resource });
		await ui.check(
			`${resource}: ${operations.length} operations with all that can be added`,
			async () => {
				const filled = operations.map((operation) =>
					filledIn(ACTION, { resource, operation }, chosen),
				);
				const nodes = filled.map(({ parameters }, n) => action(ui, operations[n], parameters));
				const workflow = await storeChain(ui, `fields of ${resource}`, [BY_HAND, ...nodes]);
				const missing: string[] = [];
				for (const [n, one] of filled.entries()) {
					const panel = await openPanel(ui, workflow, n + 1);
					await titleOf(panel, operations[n]);
					missing.push(...(await missingIn(panel, `${resource}: ${operations[n]}`, one)));
					await ui.picture(`fields-${resource}-${operations[n]}`, panel);
				}
				assert.deepEqual(missing, []);
			},
		);
	}

	await ui.check(
		'an account that was chosen for one operation is no object in another',
		async () => {
			const send = filledIn(ACTION, { resource: 'message', operation: 'sendText' }, chosen);
			const node = action(ui, 'Switched', send.parameters);
			const panel = await openPanel(ui, await storeChain(ui, 'switched', [BY_HAND, node]), 1);
			await chooseOption(panel, 'resource', 'Login');
			await chooseOption(panel, 'operation', 'Complete Login');
			await panel.getByText('Instance ID').waitFor();
			await ui.picture('switched', panel);
			assert.deepEqual(await missingIn(panel, node.name, { fields: ['wId'], texts: [] }), []);
		},
	);

	await ui.check('the trigger with all that can be added', async () => {
		const filled = filledIn(TRIGGER);
		const node = trigger(ui, filled.parameters);
		const panel = await openPanel(ui, await storeChain(ui, 'fields of the trigger', [node]), 0);
		await titleOf(panel, node.name);
		assert.deepEqual(await missingIn(panel, node.name, filled), []);
		await ui.picture('fields-trigger', panel);
	});
}

/** Waits until the panel shows the node of this name. */
async function titleOf(panel: Locator, name: string): Promise<void> {
	await panel
		.getByTestId('node-title-container')
		.getByTestId('inline-edit-preview')
		.getByText(name, { exact: true })
		.waitFor();
}

/** What should be in a node's panel and is not. */
async function missingIn(
	panel: Locator,
	name: string,
	{ fields, texts }: Omit<FilledIn, 'parameters'>,
): Promise<string[]> {
	const parameters = panel.getByTestId('node-parameters');
	const missing: string[] = [];
	for (const field of new Set(fields)) {
		const input = parameters.getByTestId(`parameter-input-${field}`).first();
		await input.waitFor({ timeout: FIELD_MS }).catch(() => missing.push(field));
	}
	const text = await parameters.innerText();
	missing.push(...texts.filter((one) => !text.includes(one.replace(/<[^>]*>/g, ''))));
	const inputs = await parameters
		.locator('input, textarea')
		.evaluateAll((all) => all.map((one) => String((one as unknown as { value: unknown }).value)));
	if (/undefined|\[object|\bNaN\b/.test([text, ...inputs].join('\n'))) {
		missing.push('something in the place of undefined, [object Object] or NaN');
	}
	return missing.map((what) => `${name} lacks ${what}`);
}
