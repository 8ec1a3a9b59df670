import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { Names } from './names';
import { MOST_IDS } from './names';

/** How many entries a list shows at a time: as many as one call brings names for. */
export const PAGE = MOST_IDS;

/** What the user typed and where the page starts, as n8n hands them over. */
export interface Wanted {
	filter?: string;
	paginationToken?: string;
}

/**
 * Whether a search finds an id.
 *
 * @param filter what `normal` made of the text that was typed in
 * @param id the id, by which it is found as well
 * @param names what it is called, if that is known
 */
export function matches(filter: string, id: string, names: Names | undefined): boolean {
	return `${id}\n${names?.searched ?? ''}`.toLowerCase().includes(filter);
}

/** The text that was typed in, as it is compared. */
export function normal(filter: string | undefined): string {
	return (filter ?? '').trim().toLowerCase();
}

/** What the list shows for an id. */
export function entry(id: string, names: Names | undefined): INodeListSearchItems {
	return { name: names?.shown ? `${names.shown} (${id})` : id, value: id };
}

/** A page, with the token of the next one if there is one. */
export function result(
	results: INodeListSearchItems[],
	paginationToken: string | undefined,
): INodeListSearchResult {
	return paginationToken === undefined ? { results } : { results, paginationToken };
}

/**
 * One page of a list whose names are all known.
 *
 * @param entries ids and names, in the order to show them
 * @param wanted filter and start
 */
export function pageOfNamed(
	entries: ReadonlyArray<readonly [id: string, names: Names]>,
	{ filter, paginationToken }: Wanted,
): INodeListSearchResult {
	const start = Number(paginationToken) || 0;
	const found = entries.filter(([id, names]) => matches(normal(filter), id, names));
	const results = found.slice(start, start + PAGE).map(([id, names]) => entry(id, names));
	return result(results, start + PAGE < found.length ? String(start + PAGE) : undefined);
}
