import type { Field } from '../../catalogue/types';
import { isEmpty, toWire } from './toWire';

/** Where the runner reads parameters from: the editor's values of one item. */
export type ReadParameter = (name: string) => unknown;

/**
 * Builds the body of one request.
 *
 * @param fields the operation's fields
 * @param required reads a top-level parameter
 * @param additional the values of the collection Additional Fields
 * @returns the members of the JSON body under the vendor's names; 64-bit integers are bigints
 * @throws InvalidInput for the first field whose value cannot be sent
 */
export function buildBody(
	fields: readonly Field[],
	required: ReadParameter,
	additional: Record<string, unknown>,
): Record<string, unknown> {
	const body: Record<string, unknown> = {};
	const wireOf = (field: Field): unknown => {
		const given = field.optional ? additional[field.name] : required(field.name);
		if (field.keepEmpty && given === '') return '';
		const standIn = fields.find(({ name }) => name === field.emptyWith);
		return standIn && isEmpty(given) && wireOf(standIn) !== undefined ? '' : toWire(field, given);
	};
	for (const field of fields) {
		const value = wireOf(field);
		if (value === undefined) continue;
		body[field.name] = value;
		if (field.alsoSentAs) body[field.alsoSentAs] = value;
	}
	return body;
}

/**
 * The values in a body that must never be shown.
 *
 * @param fields the operation's fields
 * @param body what `buildBody` made of them
 */
export function secretsIn(fields: readonly Field[], body: Record<string, unknown>): string[] {
	return fields
		.filter((field) => field.secret)
		.map((field) => body[field.name])
		.filter((value) => typeof value === 'string');
}
