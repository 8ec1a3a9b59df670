/** Errors and descriptions send users to operations by name; each of those must exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ALL_EVENTS } from '../../nodes/Eyun/callbacks/events';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { compounds } from '../../nodes/Eyun/compound/description';

const NODES = resolve(__dirname, '..', '..', 'nodes', 'Eyun');

const operations = [
	...catalogue.flatMap((resource) =>
		resource.operations.map(({ name }) => `${resource.name}: ${name}`),
	),
	...compounds.operations.map(({ resource, name }) => {
		const all = [...catalogue, ...compounds.resources];
		return `${all.find(({ value }) => value === resource)?.name}: ${name}`;
	}),
];
const events = ALL_EVENTS.map(({ title }) => title);

const resources = [...catalogue, ...compounds.resources].map(({ name }) => name);
const NAMED = new RegExp(
	`(?<!Official |Private |Group )\\b(?:${resources.join('|')}): (?=[A-Z])`,
	'g',
);

/** What stands where a text names an operation that there is none of. */
function unknownIn(text: string): string[] {
	return [...text.matchAll(NAMED)]
		.map(({ index }) => text.slice(index))
		.filter((rest) => ![...operations, ...events].some((name) => rest.startsWith(name)))
		.map((rest) => rest.slice(0, 30));
}

const sources = (readdirSync(NODES, { recursive: true }) as string[]).filter((file) =>
	file.endsWith('.ts'),
);

it.each(sources)('%s names operations that exist', (file) => {
	const text = readFileSync(join(NODES, file), 'utf8').replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '');
	expect(unknownIn(text)).toEqual([]);
});

it('finds what does not exist', () => {
	expect(unknownIn('Use Login: Get QR Code, or Login: Log In by Magic')).toEqual([
		'Login: Log In by Magic',
	]);
	expect(unknownIn('Message: Sing')).toEqual(['Message: Sing']);
	expect(unknownIn('Private Message: Text')).toEqual([]);
});
