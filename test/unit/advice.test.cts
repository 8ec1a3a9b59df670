/** Errors and descriptions send users to operations by name; each of those must exist. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { ALL_EVENTS } from '../../nodes/Eyun/callbacks/events';
import { catalogue } from '../../nodes/Eyun/catalogue';
import { compounds } from '../../nodes/Eyun/compound/description';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';
import { EyunTrigger } from '../../nodes/Eyun/EyunTrigger.node.ts';
import { chineseOf, textOf, USER_PAGES } from '../support/guides.cts';

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

/** In the middle of a sentence, an operation without its resource: "then use Wait for Login". */
const NAMED_ALONE =
	/(?<=[a-z,;:] )(?<!Send and )(?:Accept|Add|Check|Complete|Download|Find|Forward|Get|Initialize|Log In|Mention|Post|Remove|Search|Send|Set|Upload|Wait for)(?= [A-Z])/g;

const withoutResource = [
	...operations.map((name) => name.slice(name.indexOf(': ') + 2)),
	...labelsIn(new Eyun().description.properties),
	...labelsIn(new EyunTrigger().description.properties),
];

/** What the editor calls the parameters, and the members of their collections. */
function labelsIn(properties: readonly unknown[]): string[] {
	return properties.flatMap((property) => {
		const { displayName, options = [], values = [] } = property as Record<string, unknown[]>;
		return [...[displayName ?? []].flat().map(String), ...labelsIn(options), ...labelsIn(values)];
	});
}

/** What stands where a text names an operation that there is none of. */
function unknownIn(text: string): string[] {
	const rests = (pattern: RegExp, names: readonly string[]) =>
		[...text.matchAll(pattern)]
			.map(({ index }) => text.slice(index))
			.filter((rest) => !names.some((name) => rest.startsWith(name)));
	return [...rests(NAMED, [...operations, ...events]), ...rests(NAMED_ALONE, withoutResource)].map(
		(rest) => rest.slice(0, 30),
	);
}

const sources = (readdirSync(NODES, { recursive: true }) as string[]).filter((file) =>
	file.endsWith('.ts'),
);

it.each(sources)('%s names operations that exist', (file) => {
	const text = readFileSync(join(NODES, file), 'utf8').replace(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '');
	expect(unknownIn(text)).toEqual([]);
});

const pages = USER_PAGES.flatMap((page) => [page, chineseOf(page)]);

it.each(pages)('%s names operations that exist', (page) => {
	const named = [...textOf(page).matchAll(/\*([A-Z]\w+: [A-Z][^*]*)\*/g)]
		.map(([, name]) => name.replace(/\s+/g, ' '))
		.filter((name) => resources.some((resource) => name.startsWith(`${resource}: `)));
	expect(named.filter((name) => ![...operations, ...events].includes(name))).toEqual([]);
});

it('finds what does not exist', () => {
	expect(unknownIn('Use Login: Get QR Code, or Login: Log In by Magic')).toEqual([
		'Login: Log In by Magic',
	]);
	expect(unknownIn('Message: Sing')).toEqual(['Message: Sing']);
	expect(unknownIn('Private Message: Text')).toEqual([]);
	expect(unknownIn('and then use Wait for Login or Wait for Godot')).toEqual(['Wait for Godot']);
	expect(unknownIn('or switch on Send Limits')).toEqual(['Send Limits']);
});
