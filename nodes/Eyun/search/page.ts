import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { AskContacts, NameBook, Names } from './names';
import { MOST_IDS } from './names';

/** How many entries a list shows at a time: as many as one call brings names for. */
const PAGE = MOST_IDS;

/** How many calls a page may cost that searches among names not known yet. */
const CALLS_FOR_NEW_NAMES = 2;

/** What the user typed and where the page starts, as n8n hands them over. */
export interface Wanted {
	filter?: string;
	paginationToken?: string;
}

function matches(filter: string, id: string, names: Names | undefined): boolean {
	return `${id}\n${names?.searched ?? ''}`.toLowerCase().includes(filter);
}

function normal(filter: string | undefined): string {
	return (filter ?? '').trim().toLowerCase();
}

function entry(id: string, names: Names | undefined): INodeListSearchItems {
	return { name: names?.shown ? `${names.shown} (${id})` : id, value: id };
}

function result(
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

/**
 * One page of a list whose names have to be asked for. Without a filter: the next ids, with their
 * names. With one: first all ids that match by themselves or by a name known already; then, page by
 * page, those whose names match once they are known.
 *
 * @param ids all ids, in the order to show them
 * @param book what is known of their names; learns more
 * @param ask asks for names; called once for a page, twice where a search goes on among new names
 * @param wanted filter and start
 * @throws whatever `ask` throws while new names are searched; elsewhere ids without names do
 */
export async function pageOfIds(
	ids: readonly string[],
	book: NameBook,
	ask: AskContacts,
	wanted: Wanted,
): Promise<INodeListSearchResult> {
	const filter = normal(wanted.filter);
	const [phase, position] = (wanted.paginationToken ?? 'known:0').split(':');
	const start = Number(position) || 0;
	if (phase === 'new') return await newMatches(ids, start, filter, book, ask);
	const { found, next } = knownMatches(ids, start, filter, book);
	await book.learn(found, ask).catch(() => undefined);
	const results = found.map((id) => entry(id, book.get(id)));
	if (next < ids.length) return result(results, `known:${next}`);
	if (filter === '') return result(results, undefined);
	if (results.length === 0) return await newMatches(ids, 0, filter, book, ask);
	return result(results, ids.some((id) => !book.get(id)) ? 'new:0' : undefined);
}

function knownMatches(ids: readonly string[], start: number, filter: string, book: NameBook) {
	const found: string[] = [];
	let next = start;
	for (; next < ids.length && found.length < PAGE; next++) {
		if (matches(filter, ids[next], book.get(ids[next]))) found.push(ids[next]);
	}
	return { found, next };
}

async function newMatches(
	ids: readonly string[],
	start: number,
	filter: string,
	book: NameBook,
	ask: AskContacts,
): Promise<INodeListSearchResult> {
	let next = start;
	for (let calls = 0; calls < CALLS_FOR_NEW_NAMES; calls++) {
		const unknown: string[] = [];
		for (; next < ids.length && unknown.length < MOST_IDS; next++) {
			if (!book.get(ids[next])) unknown.push(ids[next]);
		}
		await book.learn(unknown, ask);
		const found = unknown.filter((id) => matches(filter, id, book.get(id)));
		if (found.length > 0 || next >= ids.length) {
			const results = found.map((id) => entry(id, book.get(id)));
			return result(results, next < ids.length ? `new:${next}` : undefined);
		}
	}
	return result([], `new:${next}`);
}
