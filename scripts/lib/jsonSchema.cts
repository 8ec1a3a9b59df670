/** JSON Schema in the small form in which n8n's own nodes describe their output. */

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

export interface Schema {
	/** Several types only for what may be null, which stands last: n8n's editor shows the first. */
	type?: JsonType | JsonType[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** What a number is replaced by in examples that were made unreadable (spec/responses.json). */
const SOME_NUMBER = '<number>';

/** Says what type a name stands for where the values do not show it; undefined when nobody knows. */
export type TypeOfName = (name: string) => JsonType | undefined;

/** The type of a value as the examples show it; undefined when they hide it. */
export function shownType(value: unknown): JsonType | undefined {
	if (value === null || value === SOME_NUMBER) return undefined;
	if (Array.isArray(value)) return 'array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
	return typeof value as JsonType;
}

/**
 * Describes values that all stand in the same place.
 *
 * @param values plain JSON values
 * @param name the member they stand under; '' for the whole and for elements of a list
 * @param typeOfName helps where all values are null or unreadable
 */
export function describeValues(
	values: readonly unknown[],
	name: string,
	typeOfName: TypeOfName,
): Schema {
	const shown = values.map(shownType).filter((type) => type !== undefined);
	const hidden = typeOfName(name) ?? (values.includes(SOME_NUMBER) ? 'integer' : undefined);
	const types = new Set<JsonType>(shown);
	if (types.has('number')) types.delete('integer');
	if (types.size === 0 && hidden !== undefined) types.add(hidden);
	if (values.includes(null)) types.add('null');
	return {
		...(types.size === 0 ? {} : { type: types.size === 1 ? [...types][0] : [...types] }),
		...membersOf(values, typeOfName),
		...elementsOf(values, typeOfName),
	};
}

function membersOf(values: readonly unknown[], typeOfName: TypeOfName): Schema {
	const objects = values.filter((value) => shownType(value) === 'object') as object[];
	const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	if (names.length === 0) return {};
	const properties = names.map((name) => {
		const held = objects
			.map((object) => (object as Record<string, unknown>)[name])
			.filter((value) => value !== undefined);
		return [name, describeValues(held, name, typeOfName)] as const;
	});
	return { properties: Object.fromEntries(properties) };
}

function elementsOf(values: readonly unknown[], typeOfName: TypeOfName): Schema {
	const elements = values.filter((value) => Array.isArray(value)).flat() as unknown[];
	return elements.length === 0 ? {} : { items: describeValues(elements, '', typeOfName) };
}

/** The types of a schema, as a list. */
export function typesOf({ type }: Schema): readonly JsonType[] {
	if (type === undefined) return [];
	return Array.isArray(type) ? type : [type];
}

/** Every member name that occurs in a schema, at any depth. */
export function namesIn({ properties = {}, items }: Schema): string[] {
	return [
		...Object.entries(properties).flatMap(([name, member]) => [name, ...namesIn(member)]),
		...(items ? namesIn(items) : []),
	];
}
