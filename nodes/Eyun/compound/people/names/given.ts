import type { Field } from '../../../catalogue/types';
import { parseExact } from '../../../common/exactJson';
import { InvalidInput } from '../../../execution/values/invalidInput';
import { unwrapLocator } from '../../../execution/values/locator';
import { isEmpty } from '../../../execution/values/toWire';

/** What stands between names in a text, by Western and Chinese keyboards. */
const BETWEEN = /[,，、;；\n]/;

/** Whether a field takes several people. */
export function takesSeveral({ type }: Pick<Field, 'type'>): boolean {
	return type === 'list' || type === 'array';
}

/**
 * The names and ids that a field holds, in whatever form a model gives them: a list, a list as JSON, a
 * text with commas or semicolons. A name with a comma in it needs one of the first two.
 *
 * @param field the field
 * @param value as n8n gives it
 * @returns without spaces around each, and each once; empty where the field is
 * @throws InvalidInput for several where the field takes one, and for anything but text
 */
export function peopleGiven(field: Field, value: unknown): string[] {
	const given = unwrapLocator(value);
	if (isEmpty(given)) return [];
	const list = listIn(given) ?? (takesSeveral(field) ? String(given).split(BETWEEN) : [given]);
	const texts = list.map((entry) => textIn(field, entry)).filter((text) => text !== '');
	const people = [...new Set(texts)];
	if (people.length <= 1 || takesSeveral(field)) return people;
	throw new InvalidInput(
		field,
		`takes one name or ID, not ${people.length}`,
		'Give one, and call again for each of the others. Nothing was done',
	);
}

function listIn(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string' || !/^\s*\[[\s\S]*\]\s*$/.test(value)) return undefined;
	try {
		const parsed: unknown = parseExact(value);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function textIn(field: Field, entry: unknown): string {
	if (typeof entry === 'string' || typeof entry === 'number' || typeof entry === 'bigint') {
		return String(entry).trim();
	}
	throw new InvalidInput(
		field,
		'takes names or IDs, not objects',
		'Give each as text, for example the wcId of what a tool answered. Nothing was done',
	);
}
