/** n8n wants Simplify wherever more than ten fields come, and at most ten after it. */
import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Kept } from '../../nodes/Eyun/catalogue/tool/types';
import { compounds } from '../../nodes/Eyun/compound/description';
import { schemaFiles } from '../../scripts/lib/schemaFiles.cts';

const MOST_FIELDS = 10;

/** Operations that leave it out, with the reason. */
const WITHOUT: Record<string, string> = {
	'incomingMessage/downloadMedia': 'passes on the item that it was given',
};

/** Those whose fields never come all at once. */
const NEVER_ALL: Record<string, string> = {
	'login/waitForLogin': 'who is logged in, or what a person has to do next',
};

interface Simplified {
	operation: string;
	simplified?: Kept;
}

const operations: Simplified[] = [
	...catalogue.flatMap((resource) =>
		resource.operations.map(({ value, simplified }) => ({
			operation: `${resource.value}/${value}`,
			simplified,
		})),
	),
	...compounds.operations.map(({ resource, value, simplified }) => ({
		operation: `${resource}/${value}`,
		simplified,
	})),
];

const fieldsOf = new Map(
	schemaFiles().map(({ path, text }) => [
		path.replace(/^.*\/(\w+\/\w+)\.json$/, '$1'),
		Object.keys((JSON.parse(text) as { properties?: object }).properties ?? {}),
	]),
);

const long = operations.filter(
	({ operation }) => (fieldsOf.get(operation)?.length ?? 0) > MOST_FIELDS,
);

it('finds operations with long answers', () => expect(long.length).toBeGreaterThan(10));

it.each(long.filter(({ operation }) => !(operation in WITHOUT)))(
	'$operation has it, as more than ten fields come',
	({ simplified }) => expect(simplified).toBeDefined(),
);

describe.each(operations.filter(({ simplified }) => simplified))(
	'$operation',
	({ operation, simplified = {} }) => {
		it('keeps fields that come, here or where it is shared', () => {
			const resource = operation.replace(/[^/]*$/, '');
			const fields = [...fieldsOf].filter(([name]) => name.startsWith(resource));
			expect(fields.flatMap(([, names]) => names)).toEqual(
				expect.arrayContaining(Object.keys(simplified)),
			);
		});

		if (!(operation in NEVER_ALL)) {
			it('leaves ten at most', () =>
				expect(Object.keys(simplified).length).toBeLessThanOrEqual(MOST_FIELDS));
		}
	},
);

it('excuses only operations that need it', () => {
	for (const operation of Object.keys(WITHOUT)) {
		expect(long).toContainEqual({ operation, simplified: undefined });
	}
	for (const operation of Object.keys(NEVER_ALL)) {
		expect(
			Object.keys(operations.find((one) => one.operation === operation)?.simplified ?? {}).length,
		).toBeGreaterThan(MOST_FIELDS);
	}
});
