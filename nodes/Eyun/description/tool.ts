import type { INodeProperties } from 'n8n-workflow';

import type { ToolUse, ToolValue } from '../catalogue/tool/types';

/** n8n's mark of a value that the model of an agent gives; the editor shows a badge in its place. */
const FROM_MODEL = '/*n8n-auto-generated-fromAI-override*/';

/** Names of parameters for which the editor has no badge; with the mark it would show that as it is. */
const WITHOUT_BADGE = ['name', 'description'];

/** Rules that show a property in n8n's tool twin of the node only, or everywhere else. */
const IN_TOOL = { '@tool': [true] };

function without<Value extends object>(value: Value, member: keyof Value): Value {
	const rest = { ...value };
	delete rest[member];
	return rest;
}

function quoted(text: string): string {
	return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The expression in which n8n finds name, description, type and stand-in of a value for the model. */
function fromModel(name: string, value: ToolValue, inCollection = false): string {
	const { description, type = 'string', otherwise, key = name } = value;
	const mark = WITHOUT_BADGE.includes(name) && !inCollection ? '' : `${FROM_MODEL} `;
	const standIn = typeof otherwise === 'string' ? quoted(otherwise) : otherwise;
	const parts = [quoted(key), quoted(description), quoted(type), standIn];
	const given = parts.filter((part) => part !== undefined).join(', ');
	return `={{ ${mark}$fromAI(${given}) }}`;
}

/** What of a property differs in the twin: the model fills it, in whatever form users would. */
function filledByModel(
	property: INodeProperties,
	fills: ToolUse['fills'],
): Partial<INodeProperties> {
	const { name, type, modes } = property;
	switch (type) {
		case 'collection':
			return { default: membersFilled(name, fills) };
		case 'multiOptions':
			// Ticks cannot be an expression's text; names in a text can.
			return { type: 'string', default: fromModel(name, fills[name]), typeOptions: undefined };
		case 'resourceLocator': {
			// Names are taken there, too, so that no form of an ID can be asked for.
			const free = modes?.map((mode) => without(mode, 'validation'));
			const mode = free?.find((entry) => entry.type === 'string')?.name ?? 'id';
			return {
				default: { __rl: true, mode, value: fromModel(name, fills[name]) },
				modes: free,
			};
		}
		default:
			return { default: fromModel(name, fills[name]) };
	}
}

function membersFilled(collection: string, fills: ToolUse['fills']): Record<string, string> {
	const prefix = `${collection}.`;
	return Object.fromEntries(
		Object.entries(fills)
			.filter(([path]) => path.startsWith(prefix))
			.map(([path, value]) => {
				const member = path.slice(prefix.length);
				return [member, fromModel(member, value, true)];
			}),
	);
}

function isFilled({ name }: INodeProperties, fills: ToolUse['fills']): boolean {
	return Object.keys(fills).some((path) => path === name || path.startsWith(`${name}.`));
}

/** The same property, not shown in the tool. Where n8n knows no tools yet, it is shown as ever. */
export function notInTool(property: INodeProperties): INodeProperties {
	const { displayOptions = {} } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, hide: { ...displayOptions.hide, ...IN_TOOL } },
	};
}

/** The same property, shown in the tool only. */
export function onlyInTool(property: INodeProperties): INodeProperties {
	const { displayOptions = {} } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, show: { ...displayOptions.show, ...IN_TOOL } },
	};
}

/** The twin of a property, whatever the version of the node. */
function twin(property: INodeProperties, fills: ToolUse['fills']): INodeProperties {
	const { displayOptions, ...rest } = property;
	const show = without(displayOptions?.show ?? {}, '@version');
	const changed = { ...rest, ...filledByModel(property, fills) };
	const shown = changed.typeOptions === undefined ? without(changed, 'typeOptions') : changed;
	return onlyInTool({ ...shown, displayOptions: { ...displayOptions, show } });
}

/**
 * Gives each property that a model fills a twin of the same name, which n8n shows in the tool it makes of
 * the node, and which holds what n8n builds the model's schema from.
 *
 * @param properties the parameters of one operation
 * @param tool the operation as a tool; undefined where it makes none
 * @returns the parameters for both, in their order; for the plain node they are what they were
 */
export function withToolTwins(
	properties: readonly INodeProperties[],
	tool: ToolUse | undefined,
): INodeProperties[] {
	if (tool === undefined) return [...properties];
	const twins = new Set<string>();
	return properties.flatMap((property) => {
		if (!isFilled(property, tool.fills)) return [property];
		const plain = notInTool(property);
		// A property that differs with the version of the node has one twin.
		if (twins.has(property.name)) return [plain];
		twins.add(property.name);
		return [plain, twin(property, tool.fills)];
	});
}

const DESCRIPTION: INodeProperties = {
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	default: '',
	typeOptions: { rows: 4 },
	description: 'What the model reads about this tool: what it does and when to use it',
};

/** An operation, as far as the description of a tool goes. */
interface Described {
	value: string;
	tool?: ToolUse;
}

/**
 * The property with what a model reads about the tool, one for each operation that makes one, and one for
 * the others of a resource: empty, so that n8n writes a sentence of its own. n8n adds none of its own where
 * a node has one by this name.
 *
 * @param resource the value of the resource
 * @param operations all of its operations
 */
export function toolDescriptions(
	resource: string,
	operations: readonly Described[],
): INodeProperties[] {
	const shownFor = (property: INodeProperties, values: string[]): INodeProperties =>
		onlyInTool({
			...property,
			displayOptions: { show: { resource: [resource], operation: values } },
		});
	const others = operations.filter(({ tool }) => tool === undefined).map(({ value }) => value);
	return [
		...operations.flatMap(({ value, tool }) =>
			tool === undefined ? [] : [shownFor({ ...DESCRIPTION, default: tool.when }, [value])],
		),
		...(others.length === 0
			? []
			: [
					shownFor(
						{ ...DESCRIPTION, placeholder: 'Leave empty for a sentence of n8n on the operation' },
						others,
					),
				]),
	];
}
