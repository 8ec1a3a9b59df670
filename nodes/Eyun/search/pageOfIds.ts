import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import type { AskContacts, NameBook } from './names';
import { MOST_IDS } from './names';
import type { Wanted } from './page';
import { entry, matches, normal, PAGE, result } from './page';

/** How long one request goes on among names not known yet, in milliseconds; its last call may end later. */
const SEARCH_MS = 8_000;

/** The ids that are searched, what is known of their names, and how to learn more. */
interface Searched {
	ids: readonly string[];
	book: NameBook;
	ask: AskContacts;
	filter: string;
}

/** Where a page begins. */
interface Position {
	/** First what is known matches; then names that were not known at the beginning. */
	phase: 'known' | 'new';
	start: number;
	/** What was known when the search began: `NameBook.mark`. */
	mark: number;
}

function positionIn(token: string | undefined, book: NameBook): Position {
	const [phase, start, mark] = (token ?? '').split(':');
	return {
		phase: phase === 'new' ? 'new' : 'known',
		start: Number(start) || 0,
		mark: mark === undefined ? book.mark : Number(mark) || 0,
	};
}

function tokenOf({ phase, start, mark }: Position): string {
	return [phase, start, mark].join(':');
}

/**
 * One page of a list whose names have to be asked for. Without a filter: the next ids, with their
 * names. With one: first all ids that match by themselves or by a name known already; then, page by
 * page, those whose names match once they are known. A page of a search that is not at its end says
 * how far it is, since the editor asks for no page after an empty one.
 *
 * @param ids all ids, in the order to show them
 * @param book what is known of their names; learns more
 * @param ask asks for names; called once for a page, and for some seconds where a search goes on among
 *   new names
 * @param wanted filter and start
 * @throws whatever `ask` throws while new names are searched; elsewhere ids without names do
 */
export async function pageOfIds(
	ids: readonly string[],
	book: NameBook,
	ask: AskContacts,
	{ filter, paginationToken }: Wanted,
): Promise<INodeListSearchResult> {
	const searched = { ids, book, ask, filter: normal(filter) };
	const position = positionIn(paginationToken, book);
	if (position.phase === 'new') return await newMatches(searched, position);
	const { found, next } = knownMatches(searched, position);
	await book.learn(found, ask).catch(() => undefined);
	const results = found.map((id) => entry(id, book.get(id)));
	if (next < ids.length) return result(results, tokenOf({ ...position, start: next }));
	if (searched.filter === '') return result(results, undefined);
	const begin: Position = { phase: 'new', start: 0, mark: position.mark };
	if (results.length === 0) return await newMatches(searched, begin);
	return ids.some((id) => book.isNewSince(id, position.mark))
		? withProgress(searched, results, tokenOf(begin))
		: result(results, undefined);
}

function knownMatches({ ids, book, filter }: Searched, { start }: Position) {
	const found: string[] = [];
	let next = start;
	for (; next < ids.length && found.length < PAGE; next++) {
		if (matches(filter, ids[next], book.get(ids[next]))) found.push(ids[next]);
	}
	return { found, next };
}

/** Learns names until one of them matches, all are known, or the time is over. */
async function newMatches(searched: Searched, position: Position): Promise<INodeListSearchResult> {
	const { ids, book, ask, filter } = searched;
	const end = performance.now() + SEARCH_MS;
	let next = position.start;
	do {
		const batch: string[] = [];
		for (; next < ids.length && batch.length < MOST_IDS; next++) {
			const id = ids[next];
			// What matched by its id, or by a name known at the beginning, was shown at the beginning.
			if (book.isNewSince(id, position.mark) && !matches(filter, id, undefined)) batch.push(id);
		}
		await book.learn(batch, ask);
		const found = batch.filter((id) => matches(filter, id, book.get(id)));
		const results = found.map((id) => entry(id, book.get(id)));
		if (next >= ids.length) return result(results, undefined);
		if (found.length > 0) {
			return withProgress(searched, results, tokenOf({ ...position, start: next }));
		}
	} while (performance.now() < end);
	return withProgress(searched, [], tokenOf({ ...position, start: next }));
}

/**
 * Says in the list how far the search is, in less than 60 letters, which is what the editor shows. It
 * scrolls no short list, and asks on when another text is typed in, or the same one again.
 */
function withProgress(
	{ ids, book }: Searched,
	results: readonly INodeListSearchItems[],
	token: string,
): INodeListSearchResult {
	const known = ids.filter((id) => book.get(id)).length;
	const [some, all] = [known, ids.length].map((number) => number.toLocaleString('en-US'));
	const name = `Searched ${some} of ${all} so far. Edit the search to go on`;
	return result([...results, { name, value: noChoice(known) }], token);
}

/**
 * Spaces, which every field refuses as empty. Their number tells the notices of several pages apart, of
 * which the editor would show only the first.
 */
function noChoice(known: number): string {
	return ' '.repeat(1 + Math.floor(known / MOST_IDS));
}
