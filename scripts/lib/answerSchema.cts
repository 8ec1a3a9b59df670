/** What each operation answers, from the vendor's examples and tables. */
import type { Operation } from '../../nodes/Eyun/catalogue/types';
import { elementsOf } from '../../nodes/Eyun/execution/calls/paging';
import { toItems } from '../../nodes/Eyun/execution/values/output';
import { readEnvelope } from '../../nodes/Eyun/transport/envelope';
import { allExamples, answersOf, type AnswerField } from '../../spec/answers.cts';
import {
	describeValues,
	namesIn,
	shownType,
	typesOf,
	type JsonType,
	type Schema,
} from './jsonSchema.cts';

/** How the vendor's `data` becomes items: one, one for each element, or what stands for a text, nothing, or a deletion. */
export type AnswerKind = 'one' | 'each' | 'text' | 'nothing' | 'deleted';

export interface Answer {
	kind: AnswerKind;
	/** One item's JSON. */
	schema: Schema;
	/** Fields of the vendor's table that no example shows, so that their place is unknown. */
	unplaced: readonly string[];
}

/** The wire types behind the names in the vendor's tables. */
const TABLE_TYPES: Record<string, JsonType> = {
	string: 'string',
	String: 'string',
	xml: 'string',
	'byte[]': 'string',
	int: 'integer',
	long: 'integer',
	boolean: 'boolean',
	JSONArray: 'array',
	list: 'array',
	JSONObject: 'object',
};

const usualAnywhere = usualTypes(allExamples);

/**
 * What an operation puts out.
 *
 * @param operation of the catalogue
 * @param readItems `itemsOf` for a list's pages as they are, `outputOf` for what comes out unasked
 * @returns kind and schema of its items, as the node itself makes them of the vendor's examples
 */
export function answerOf(operation: Operation, readItems: ReadItems = itemsOf): Answer {
	const { examples, moduleExamples, fields } = answersOf(operation);
	const usual = usualTypes(moduleExamples);
	// The module's examples first: the tables are wrong more often.
	const typeOfName = (name: string) =>
		usual.get(name) ?? tableType(fields, name) ?? usualAnywhere.get(name);
	const schema = describeValues(
		examples.flatMap((example) => readItems(operation, example)),
		'',
		typeOfName,
	);
	const missing = fields.map(({ name }) => name).filter((name) => !namesIn(schema).includes(name));
	const placed = isFlat(schema) ? missing : [];
	const members = placed.map((name) => [name, { type: typeOfName(name) }] as const);
	return {
		kind: operation.deletes ? 'deleted' : kindOf(examples.map(({ data }) => data)),
		schema: { ...schema, properties: { ...schema.properties, ...Object.fromEntries(members) } },
		unplaced: missing.filter((name) => !placed.includes(name)),
	};
}

type ReadItems = (operation: Operation, example: Record<string, unknown>) => unknown[];

/** What the node puts out unless it is asked for single pages: of lists, the elements. */
export function outputOf(operation: Operation, example: Record<string, unknown>): unknown[] {
	const items = itemsOf(operation, example);
	const { paging } = operation;
	return paging ? items.flatMap((page) => elementsOf(paging, page)) : items;
}

/** The items that the node makes of an answer. */
export function itemsOf(operation: Operation, example: Record<string, unknown>): unknown[] {
	const envelope = readEnvelope(JSON.stringify(example));
	if ('unreadable' in envelope) throw new Error(`${operation.path}: ${envelope.unreadable}`);
	return toItems(operation, envelope, 0, false).map(({ json }) => json);
}

/** The type that each name has most often, objects and lists aside. */
function usualTypes(values: readonly unknown[]): Map<string, JsonType> {
	const counts = new Map<string, Map<JsonType, number>>();
	const visit = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		for (const [name, member] of Object.entries(value)) {
			const type = shownType(member);
			if (type === 'object' || type === 'array') visit(member);
			else if (type !== undefined) count(counts, name, type);
		}
	};
	visit(values);
	const most = (types: Map<JsonType, number>) => [...types].sort((a, b) => b[1] - a[1])[0][0];
	return new Map([...counts].map(([name, types]) => [name, most(types)]));
}

function count(counts: Map<string, Map<JsonType, number>>, name: string, type: JsonType): void {
	const types = counts.get(name) ?? new Map<JsonType, number>();
	counts.set(name, types.set(type, (types.get(type) ?? 0) + 1));
}

function tableType(fields: readonly AnswerField[], name: string): JsonType | undefined {
	return TABLE_TYPES[fields.find((field) => field.name === name)?.type ?? ''];
}

/** Where nothing is nested, a field that only the table names can stand in one place only. */
function isFlat({ properties = {} }: Schema): boolean {
	return Object.values(properties).every((member) =>
		typesOf(member).every((type) => type !== 'object' && type !== 'array'),
	);
}

function kindOf(data: readonly unknown[]): AnswerKind {
	const value = data.find((one) => one !== null && one !== undefined);
	if (value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'each';
	return typeof value === 'object' ? 'one' : 'text';
}
