import type { Field } from '../../catalogue/types';

/** A value that would not reach the vendor as meant, found before anything is sent. */
export class InvalidInput extends Error {
	/**
	 * @param field the field it stands in
	 * @param what what is wrong, completing "'Label' …"
	 * @param cure what to do about it
	 */
	constructor(
		field: Pick<Field, 'label' | 'name'>,
		what: string,
		readonly cure: string,
	) {
		super(`"${field.label}" (${field.name}) ${what}`);
	}
}
