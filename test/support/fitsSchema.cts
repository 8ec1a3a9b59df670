/** Whether what came out is what the output schemas say. */
import Ajv from 'ajv';
import type { Schema } from '../../scripts/lib/jsonSchema.cts';

const ajv = new Ajv({ strict: false });

/**
 * Checks a value, and that the schema knows each of its members, down to the last.
 *
 * @throws what `expect` throws
 */
export function expectFits(schema: Schema, value: unknown): void {
	const validate = ajv.compile(closed(schema));
	validate(value);
	expect(validate.errors ?? []).toEqual([]);
}

/** The same schema without room for members it does not name. */
function closed({ properties, items, ...rest }: Schema): object {
	const members = Object.entries(properties ?? {}).map(([name, one]) => [name, closed(one)]);
	return {
		...rest,
		...(properties && {
			properties: Object.fromEntries(members),
			additionalProperties: false,
		}),
		...(items && { items: closed(items) }),
	};
}
