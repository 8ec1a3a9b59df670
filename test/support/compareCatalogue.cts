/** Finds every deviation of a catalogue from the vendor's facts (spec/endpoints.json), both ways. */
import type { Field, FieldType, Operation, Resource } from '../../nodes/Eyun/catalogue/types';
import type { CatalogueFacts } from '../../spec/catalogueFacts.cts';
import { catalogueFacts } from '../../spec/catalogueFacts.cts';
import { describes } from '../../spec/endpoints.cts';
import type { Operation as Endpoint, Parameter, ParameterType } from '../../spec/endpoints.cts';

/** The catalogue's types for each of the vendor's. A `string` may hold several values joined. */
const TYPES: Record<ParameterType, readonly FieldType[]> = {
	string: ['string', 'list'],
	int: ['int'],
	long: ['int64'],
	bigint: ['int64'],
	boolean: ['boolean'],
	'string[]': ['array'],
	object: ['object'],
	'byte[]': ['cursor'],
};

/**
 * Compares the catalogue with the vendor's facts.
 *
 * @returns one line for each deviation, naming operation and field; none when they agree
 */
export function compare(
	spec: readonly Endpoint[],
	resources: readonly Resource[],
	facts: CatalogueFacts = catalogueFacts,
): string[] {
	const declared = resources.flatMap((resource) =>
		resource.operations.map((operation) => ({ resource, operation })),
	);
	return [
		...spec.flatMap((endpoint) => {
			const found = declared.filter(({ operation }) => describes(operation, endpoint, facts));
			return found.length === 1
				? compareOperation(endpoint, found[0].resource, found[0].operation, facts)
				: [`${endpoint.operationId}: declared ${found.length} times`];
		}),
		...declared
			.filter(({ operation }) => !spec.some((endpoint) => describes(operation, endpoint, facts)))
			.map(({ operation }) => `${operation.path} (${operation.value}): unknown to the spec`),
		...repeated('resources', resources),
		...resources.flatMap((resource) => repeated(resource.value, resource.operations)),
		...unusedFacts(resources, facts),
	];
}

/** Facts about what the catalogue does not have. */
function unusedFacts(
	resources: readonly Resource[],
	{ modules, sharedPaths, undocumented, choices }: CatalogueFacts,
): string[] {
	const operations = resources.flatMap((resource) => resource.operations);
	const named = (facts: CatalogueFacts['undocumented']) =>
		Object.entries(facts).flatMap(([path, names]) =>
			Object.keys(names).map((name) => ({ path, name })),
		);
	return [
		...Object.keys(modules)
			.filter((value) => !resources.some((resource) => resource.value === value))
			.map((value) => `facts: no resource ${value}`),
		...named(sharedPaths)
			.filter(({ path, name }) => !operations.some((o) => o.path === path && o.value === name))
			.map(({ path, name }) => `facts: no operation ${name} with ${path}`),
		...[...named(undocumented), ...named(choices)]
			.filter(
				({ path, name }) =>
					!operations.some(
						(o) => o.path === path && flatten(o.fields).some((field) => field.name === name),
					),
			)
			.map(({ path, name }) => `facts: no field ${name} in ${path}`),
	];
}

function compareOperation(
	endpoint: Endpoint,
	resource: Resource,
	operation: Operation,
	{ modules, undocumented, choices }: CatalogueFacts,
): string[] {
	const elsewhere = undocumented[operation.path] ?? {};
	const where = endpoint.operationId;
	const fields = flatten(operation.fields);
	const params = new Map(endpoint.params.map((param) => [param.name, param]));
	return [
		...(modules[resource.value] === endpoint.module
			? []
			: [`${where}: module ${modules[resource.value]}`]),
		...(operation.title === endpoint.title ? [] : [`${where}: title ${operation.title}`]),
		...[...params.keys()]
			.filter((name) => !fields.some((entry) => entry.name === name))
			.map((name) => `${where}.${name}: missing`),
		...fields.flatMap(({ name, field }) =>
			compareField(field, params.get(name), elsewhere[name])
				.filter((problem) => !problem.startsWith('choice ') || !choices[operation.path]?.[name])
				.map((problem) => `${where}.${name}: ${problem}`),
		),
		...duplicates([
			...fields.map(({ name }) => name),
			...fields.flatMap(({ field }) => field.alsoSentAs ?? []),
		]).map((name) => `${where}.${name}: sent twice`),
	];
}

/** All fields under the spec's names: members of an object are called parent.member there. */
function flatten(fields: readonly Field[], prefix = ''): Array<{ name: string; field: Field }> {
	return fields.flatMap((field) => {
		const name = prefix + field.name;
		return [{ name, field }, ...flatten(field.fields ?? [], `${name}.`)];
	});
}

function compareField(
	field: Field,
	param: Parameter | undefined,
	source: string | undefined,
): string[] {
	if (source !== undefined) return param ? ['has a source, but stands in the spec'] : [];
	if (!param) return ['unknown to the spec'];
	return [
		...(TYPES[param.type].includes(field.type) ? [] : [`type ${field.type} for ${param.type}`]),
		...(param.required === !field.optional ? [] : [param.required ? 'required' : 'optional']),
		...compareValues(field, Object.keys(param.values ?? {})),
	];
}

/**
 * Every allowed value must be offered: as a choice, as the value that stands for "none yet", or,
 * being a word with a meaning of its own, in the description. A boolean offers both of its values
 * and a cursor its null by their type.
 */
function compareValues(field: Field, allowed: readonly string[]): string[] {
	if (field.type === 'boolean' || field.type === 'cursor') return [];
	const choices = field.choices ?? [];
	const offered = choices.map(({ value }) => String(value));
	const inWords = (value: string) => /\D/.test(value) && (field.description ?? '').includes(value);
	return [
		...allowed
			.filter((value) => !offered.includes(value) && value !== startValue(field) && !inWords(value))
			.map((value) => `value "${value}" missing`),
		...offered
			.filter((value) => !allowed.includes(value))
			.map((value) => `choice "${value}" unknown to the spec`),
		...choices
			.filter(({ value }) => (typeof value === 'number') !== (field.type === 'int'))
			.map(({ value }) => `choice "${value}" is no ${field.type}`),
		...(choices.length > 0 && field.default !== undefined && !offered.includes(`${field.default}`)
			? [`default "${field.default}" is no choice`]
			: []),
		...duplicates(choices.map(({ name }) => name)).map((name) => `choice ${name} twice`),
	];
}

/** What the vendor gets, or may do without, while the user has given nothing; undefined if that is refused. */
function startValue(field: Field): string | undefined {
	if (field.default !== undefined) return String(field.default);
	if (field.sendEmpty) return field.type === 'int' || field.type === 'int64' ? '0' : '';
	return field.optional ? '' : undefined;
}

function repeated(where: string, named: ReadonlyArray<{ value: string; name: string }>): string[] {
	return [
		...duplicates(named.map(({ value }) => value)).map((value) => `${where}: value ${value} twice`),
		...duplicates(named.map(({ name }) => name)).map((name) => `${where}: name ${name} twice`),
	];
}

function duplicates(values: readonly string[]): string[] {
	return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
