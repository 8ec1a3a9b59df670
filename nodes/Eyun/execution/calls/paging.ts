import type { Field, NextValue, Operation, Paging } from '../../catalogue/types';
import { stringifyExact } from '../../common/exactJson';
import { isRecord } from '../../common/records';
import { toWire } from '../values/toWire';

type Body = Record<string, unknown>;

/** An operation that hands out its answer a page at a time. */
export type PagedOperation = Pick<Operation, 'fields'> & { paging: Paging };

/** The default number of results in n8n's nodes. */
export const USUAL_LIMIT = 50;

/**
 * The choice of Return All and Limit.
 *
 * @param parameter reads a parameter, with a value for where there is none
 * @returns how many results to put out at most
 * @throws InvalidInput when it is no whole number above 0
 */
export function limitOf(parameter: (name: string, fallback: unknown) => unknown): number {
	const all = toWire(
		{ name: 'returnAll', label: 'Return All', type: 'boolean', optional: true },
		parameter('returnAll', false),
	);
	if (all === true) return Infinity;
	const limit = { name: 'limit', label: 'Limit', type: 'int', min: 1 } as const;
	return toWire(limit, parameter('limit', USUAL_LIMIT)) as number;
}

/** What a position looks like where the vendor has none: also what stands for the first page. */
const NOWHERE: readonly unknown[] = [undefined, null, '', 0, '0'];

/**
 * Reads a list page by page, by the vendor's own rules for the operation. It ends where the vendor
 * says so, at an empty page (the second one where a flag says that there is more), where the
 * position of the next page is missing or was asked for before, at an answer that is the same as
 * the one before it, and at the limit.
 *
 * @param operation its fields and how it is paged
 * @param first the request of the first page
 * @param limit how many elements to read at most
 * @param ask gets one page: takes the request and how many elements were read so far, gives back
 *   the answer's `data`, or undefined when no further call may start
 * @returns the elements in the vendor's order
 * @throws whatever `ask` throws
 */
export async function readElements(
	{ fields, paging }: PagedOperation,
	first: Body,
	limit: number,
	ask: (body: Body, soFar: number) => Promise<{ data: unknown } | undefined>,
): Promise<unknown[]> {
	const elements: unknown[] = [];
	const visited = new Set<string>();
	let answerBefore: string | undefined;
	let body: Body | undefined = first;
	while (body !== undefined && elements.length < limit) {
		const position = positionOf(paging, body);
		if (visited.has(position)) break;
		visited.add(position);
		const answer = await ask(body, elements.length);
		if (answer === undefined) break;
		const page = elementsOf(paging, answer.data);
		const text = page.length === 0 ? '' : stringifyExact(answer.data);
		if (text === answerBefore) break;
		answerBefore = text;
		for (const element of page) elements.push(element);
		body = hasMore(paging, answer.data, page)
			? nextBody(fields, paging, body, answer.data, page)
			: undefined;
	}
	return elements.slice(0, limit);
}

/** The elements that one page holds. */
export function elementsOf({ elements }: Paging, data: unknown): unknown[] {
	if (!isRecord(data)) return [];
	return elements.flatMap((member) => {
		const list = data[member];
		return Array.isArray(list) ? (list as unknown[]) : [];
	});
}

/** Where the vendor answers a flag, it counts, even with an empty page. */
function hasMore({ moreFlag }: Paging, data: unknown, page: readonly unknown[]): boolean {
	const flag = moreFlag !== undefined && isRecord(data) ? data[moreFlag] : undefined;
	return flag === undefined || flag === null ? page.length > 0 : Number(flag) === 1;
}

/** What tells one page from another: not a page number, which grows even when the vendor stands still. */
function positionOf({ next }: Paging, body: Body): string {
	const told = Object.entries(next).filter(([, source]) => !('plus' in source || 'kept' in source));
	return stringifyExact(told.map(([name]) => body[name] ?? null));
}

/** The request of the page after this one; undefined when the vendor did not say where it starts. */
function nextBody(
	fields: readonly Field[],
	{ next }: Paging,
	body: Body,
	data: unknown,
	page: readonly unknown[],
): Body | undefined {
	const following = { ...body };
	for (const [name, source] of Object.entries(next)) {
		const value = nextValue(source, body[name], data, page);
		const field = fields.find((entry) => entry.name === name);
		const wire = field && !NOWHERE.includes(value) ? usable(field, value) : undefined;
		if (field === undefined || wire === undefined) {
			if ('kept' in source) continue;
			return undefined;
		}
		following[name] = wire;
		if (field.alsoSentAs) following[field.alsoSentAs] = wire;
	}
	return following;
}

/** The value as it goes on the wire; undefined when the vendor answered one that it does not take itself. */
function usable(field: Field, value: unknown): unknown {
	try {
		return toWire(field, value);
	} catch {
		return undefined;
	}
}

function nextValue(
	source: NextValue,
	sent: unknown,
	data: unknown,
	page: readonly unknown[],
): unknown {
	if ('plus' in source) return Number(sent) + source.plus;
	const holder = 'answer' in source ? data : page.at(-1);
	const member = 'answer' in source ? source.answer : source.lastElement;
	return isRecord(holder) ? holder[member] : undefined;
}
