import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { Field } from '../../catalogue/types';
import { limitOf } from '../../execution/calls/paging';
import { InvalidInput } from '../../execution/values/invalidInput';
import { toWire } from '../../execution/values/toWire';
import { NO_CODE, vendorFailure } from '../../transport/failure';
import type { Match } from './nameMatch';
import { nameTest } from './nameMatch';
import type { ReadValue } from './parameters';
import { nameIn } from './parameters';
import { IF_SEVERAL, IF_NONE } from '../description/people';

/** How many of several matches a message names. */
const MOST_NAMED = 5;

/** Whoever can be found. */
export interface Candidate {
	/** What messages call it by. */
	id: string;
	names: readonly string[];
	/** What is output. */
	json: () => IDataObject | Promise<IDataObject>;
}

/** Where is searched, for messages. */
export interface SearchedPlace {
	/** What is searched for, as the subject of a message, such as "contact". */
	what: string;
	/** Where it was not, such as "among 40 friends". */
	where: () => string;
	/** What to do when nobody is found. */
	advice: string;
	endpoint: string;
}

/** What was asked for. */
interface Wanted {
	name: string;
	ifNone: string;
	ifSeveral: string;
	limit: number;
}

/** The value of a choice, the first where there is none; an expression may yield anything. */
function choiceOf(field: Field, values: readonly string[], parameter: ReadValue): string {
	const value = String(toWire(field, parameter(field.name, values[0])));
	if (values.includes(value)) return value;
	throw new InvalidInput(
		field,
		`takes ${values.join(', ')}, not "${value}"`,
		'Choose from the list',
	);
}

function wantedIn(parameter: ReadValue): Wanted {
	const ifSeveral = choiceOf(IF_SEVERAL, ['all', 'best', 'error'], parameter);
	return {
		name: nameIn(parameter),
		ifNone: choiceOf(IF_NONE, ['error', 'nothing'], parameter),
		ifSeveral,
		limit: ifSeveral === 'all' ? limitOf(parameter) : 1,
	};
}

/**
 * Finds somebody by name: exact matches first, then those whose names contain the text. Reads no
 * further than it has to.
 *
 * @param context n8n's functions of the running node
 * @param parameter the parameters of the item, `findProperties` among them
 * @param candidates whoever can be found, in the order in which to output them
 * @param place words for messages
 * @param itemIndex the input item, counted from 0
 * @throws InvalidInput for a name that is empty; NodeApiError when none, or several, are found and the
 *   user wants to know
 */
export async function findByName(
	context: IExecuteFunctions,
	parameter: ReadValue,
	candidates: () => AsyncIterable<Candidate> | Iterable<Candidate>,
	place: SearchedPlace,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const wanted = wantedIn(parameter);
	const found = await search(wanted, candidates);
	const all = [...found.exact, ...found.contains];
	const fail = (message: string, advice: string) =>
		vendorFailure(context.getNode(), {
			message,
			advice,
			endpoint: place.endpoint,
			code: NO_CODE,
			itemIndex,
		});
	if (all.length === 0) {
		if (wanted.ifNone === 'nothing') return [];
		throw fail(`No ${place.what} is called "${wanted.name}" ${place.where()}`, place.advice);
	}
	const isClear = all.length === 1 || found.exact.length === 1;
	if (wanted.ifSeveral === 'error' && !isClear) {
		const some = found.exact.length > 0 ? found.exact : all;
		throw fail(
			`Several match "${wanted.name}": ${listed(some)}`,
			'Enter more of the name, use the ID instead, or choose something else in If Several Are Found',
		);
	}
	const items: INodeExecutionData[] = [];
	for (const candidate of all.slice(0, wanted.limit)) {
		const match: Match = found.exact.includes(candidate) ? 'exact' : 'contains';
		items.push({ json: { ...(await candidate.json()), match } });
	}
	return items;
}

interface Found {
	exact: Candidate[];
	contains: Candidate[];
}

/** Ends as soon as what is found cannot change what is put out. */
async function search(
	{ name, ifSeveral, limit }: Wanted,
	candidates: () => AsyncIterable<Candidate> | Iterable<Candidate>,
): Promise<Found> {
	const test = nameTest(name);
	const enough = ifSeveral === 'error' ? 2 : limit;
	const found: Found = { exact: [], contains: [] };
	for await (const candidate of candidates()) {
		const match = test(candidate.names);
		if (match !== undefined) found[match].push(candidate);
		if (found.exact.length >= enough) break;
	}
	return found;
}

function listed(candidates: readonly Candidate[]): string {
	const shown = candidates.slice(0, MOST_NAMED).map(({ id, names }) => `${names[0]} (${id})`);
	return candidates.length > MOST_NAMED ? `${shown.join(', ')} and others` : shown.join(', ');
}
