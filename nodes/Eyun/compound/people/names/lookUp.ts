import type { Field } from '../../../catalogue/types';
import { isSurelyId } from '../../../common/wechatIds';
import { InvalidInput } from '../../../execution/values/invalidInput';
import { nameTest } from '../nameMatch';
import type { PeoplePlace, Somebody } from './places';

/** How many people a message names. */
const MOST_NAMED = 5;

/** What a name came to: an id, or why it did not. */
type Found = { id: string } | { flaw: string };

/**
 * The ids of people that were given by id or by name. A name counts when it is exactly the name of one of
 * them; a part of a name never does, because a message to the wrong person cannot be taken back.
 *
 * @param field the field they stand in, for messages
 * @param given names and ids
 * @param place where to look; it is asked for nothing where all are ids by their looks
 * @returns in the order given, each once
 * @throws InvalidInput that names whoever comes close, with ids; NodeApiError when a call fails
 */
export async function idsOf(
	field: Field,
	given: readonly string[],
	place: PeoplePlace,
): Promise<string[]> {
	const unclear = given.filter((text) => !isSurelyId(text));
	const ids = unclear.length === 0 ? [] : await place.ids();
	const names = unclear.filter((text) => !ids.includes(text));
	let found = names.length === 0 ? new Map<string, Found>() : await lookedUp(names, place);
	// Somebody may have got the name since an earlier call has read it.
	if (flawsIn(found).length > 0 && (await place.forgetEarlier?.())) {
		found = await lookedUp(names, place);
	}
	const flaws = flawsIn(found);
	if (flaws.length > 0) {
		throw new InvalidInput(
			field,
			`is not clear: ${flaws.join('. ')}`,
			'Nothing was done. Call again with an ID or the exact name; if it is not clear who is meant, ask',
		);
	}
	const resolved = given.map((text) => {
		const result = found.get(text);
		return result && 'id' in result ? result.id : text;
	});
	const people = [...new Set(resolved)];
	await place.meant?.(people);
	return people;
}

function flawsIn(found: ReadonlyMap<string, Found>): string[] {
	return [...found.values()].flatMap((result) => ('flaw' in result ? [result.flaw] : []));
}

interface Candidates {
	exact: Somebody[];
	close: Somebody[];
}

/** All names are looked for in one go: reading thousands of friends takes minutes. */
async function lookedUp(names: readonly string[], place: PeoplePlace): Promise<Map<string, Found>> {
	const wanted = names.map((name) => ({
		name,
		test: nameTest(name),
		candidates: { exact: [], close: [] } as Candidates,
	}));
	for await (const somebody of place.everybody()) {
		for (const { test, candidates } of wanted) {
			const match = test(somebody.names);
			if (match === 'exact') candidates.exact.push(somebody);
			else if (match === 'contains') candidates.close.push(somebody);
		}
	}
	const results = new Map<string, Found>();
	for (const { name, test, candidates } of wanted) {
		const exact: Somebody[] = [];
		for (const somebody of candidates.exact) {
			const now = (await somebody.again?.()) ?? somebody.names;
			if (test(now) === 'exact') exact.push(somebody);
		}
		results.set(name, outcome(name, { ...candidates, exact }, place.what));
	}
	return results;
}

function outcome(name: string, { exact, close }: Candidates, what: string): Found {
	if (exact.length === 1) return { id: exact[0].id };
	if (exact.length > 1) return { flaw: `several are called "${name}": ${listed(exact)}` };
	const nobody = `no ${what} is called exactly "${name}"`;
	return { flaw: close.length === 0 ? nobody : `${nobody}. Close: ${listed(close)}` };
}

function listed(people: readonly Somebody[]): string {
	const shown = people.slice(0, MOST_NAMED).map(({ id, names }) => `${names.join(' / ')} (${id})`);
	const more = people.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
