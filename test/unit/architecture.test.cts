import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/**
 * The house: who may import whom stands in one table of docs/architecture.md, and here it is held
 * against the imports. An arrow that the table does not have is printed with its two files.
 */

const ROOT = join(__dirname, '..', '..');
const PACKAGE = join(ROOT, 'nodes', 'Eyun');

/** More files than this in one folder, and nobody finds the room for a line in one look. */
const MOST_FILES = 15;

const files = readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.map((file) => file.replaceAll('\\', '/'))
	.sort();

const sourceOf = (file: string) => readFileSync(join(PACKAGE, file), 'utf8');

/** How a module keeps something: a variable, a collection that starts empty, results, the time. */
const HOLDS = [
	/^(?:export )?let /m,
	/^(?:export )?const \w+(?:: [^=]+)? = new \w+(?:<.*>)?\(\);$/m,
	/^(?:export )?const \w+ = memoize\(/m,
	/^(?:export )?const \w+ = .*\b(?:Date|performance)\.now\(\)/m,
];

/** The room of a file: its folder; the node files stand in none. */
const roomOf = (file: string) => (dirname(file) === '.' ? 'the node files' : dirname(file));

const importsOf = (file: string) => importedBy(file, sourceOf(file));

/** The files that lines of a file import. */
function importedBy(file: string, lines: string): string[] {
	const specifiers = [...lines.matchAll(/\b(?:from |import\()'(\.[^']*)'/g)].map(
		([, path]) => path,
	);
	return specifiers.map((specifier) => {
		const path = normalize(join(dirname(file), specifier)).replaceAll('\\', '/');
		const found = [path, `${path}.ts`, `${path}/index.ts`].find((name) => files.includes(name));
		if (found === undefined) throw new Error(`${file} imports ${specifier}, which is nowhere`);
		return found;
	});
}

/** The table under "The arrows": each room, and the rooms that it may use. */
function readTable(): Map<string, string[]> {
	const text = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
	const [, section = ''] = text.split(/^## The arrows$/m);
	const rows = [...section.split(/^## /m)[0].matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|/gm)].slice(2);
	const names = (cell: string) =>
		cell === 'nothing' ? [] : cell.split(', ').map((name) => name.replaceAll('`', ''));
	return new Map(rows.map(([, room, used]) => [names(room)[0], names(used)]));
}

/** `Map.groupBy` of later Node versions. */
function grouped<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string) {
	const groups = new Map<string, Entry[]>();
	for (const entry of entries) {
		groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
	}
	return [...groups];
}

const table = readTable();

/** A room's own row, else that of the folder around it. */
function rowOf(room: string): string | undefined {
	for (let name = room; ; name = dirname(name)) {
		if (table.has(name)) return name;
		if (name === '.' || dirname(name) === '.') return undefined;
	}
}

function isAllowed(from: string, to: string): boolean {
	const [row, used] = [rowOf(roomOf(from)), rowOf(roomOf(to))];
	return row !== undefined && (row === used || (table.get(row) ?? []).includes(used ?? ''));
}

it('has a row for every room, and no row without a room', () => {
	const rooms = [...new Set(files.map(roomOf))];
	expect(rooms.filter((room) => rowOf(room) === undefined)).toEqual([]);
	const rows = [...table.keys()];
	expect(rows.filter((row) => !rooms.some((room) => rowOf(room) === row))).toEqual([]);
});

it('has no arrow that runs back', () => {
	const wrong = files.flatMap((file) =>
		importsOf(file)
			.filter((target) => !isAllowed(file, target))
			.map((target) => `${file} -> ${target}`),
	);
	expect(wrong).toEqual([]);
});

it('draws arrows one way only: a room uses rooms below it in the table', () => {
	const order = [...table.keys()];
	const upward = [...table].flatMap(([room, used]) =>
		used
			.filter((other) => order.indexOf(other) <= order.indexOf(room))
			.map((other) => `${room} -> ${other}`),
	);
	expect(upward).toEqual([]);
});

it('has no arrow in its table that nobody needs', () => {
	const needed = new Set(
		files.flatMap((file) =>
			importsOf(file).map((target) => `${rowOf(roomOf(file))} -> ${rowOf(roomOf(target))}`),
		),
	);
	const unused = [...table].flatMap(([room, used]) =>
		used.map((other) => `${room} -> ${other}`).filter((arrow) => !needed.has(arrow)),
	);
	expect(unused).toEqual([]);
});

/** What a file needs when it is loaded: types are gone by then, and `import()` comes later. */
function loadedWith(file: string): string[] {
	const lines = sourceOf(file).match(/^(?:import|export) [^;]*? from '\.[^']*';/gm) ?? [];
	const values = lines.filter(
		(line) => !/^\w+ (?:type \{|\{(?:\s*type \w+,?)+\s*\} from)/.test(line),
	);
	return importedBy(file, values.join('\n'));
}

it('keeps what runs out of what n8n loads when it starts', () => {
	const loaded = new Set(['Eyun.node.ts', 'EyunTrigger.node.ts']);
	for (const file of loaded) loadedWith(file).forEach((other) => loaded.add(other));
	expect([...loaded]).toEqual(expect.arrayContaining(['catalogue/index.ts', 'later.ts']));
	expect(loaded).not.toContain('running.ts');
	const rooms = [...new Set([...loaded].map((file) => rowOf(roomOf(file))))].sort();
	expect(rooms).toEqual([
		'callbacks',
		'catalogue',
		'common',
		'compound/description',
		'description',
		'the node files',
		'trigger/settings',
		'voice',
	]);
});

it('has no circle of files', () => {
	const done = new Set<string>();
	const circles: string[] = [];
	const visit = (file: string, path: readonly string[]) => {
		if (path.includes(file)) {
			circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
			return;
		}
		if (done.has(file)) return;
		for (const target of importsOf(file)) visit(target, [...path, file]);
		done.add(file);
	};
	for (const file of files) visit(file, []);
	expect(circles).toEqual([]);
});

it('shows every folder in the drawing of the house', () => {
	const text = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
	const [, house = ''] = text.split(/^## The house$/m);
	const drawn = new Set([...house.split('```')[1].matchAll(/(\w+)\//g)].map(([, name]) => name));
	const folders = new Set(files.flatMap((file) => dirname(file).split('/')));
	expect([...folders].filter((name) => name !== '.' && !drawn.has(name))).toEqual([]);
});

it('has no flat folder of many files', () => {
	const large = grouped(files, roomOf).filter(([, members]) => members.length > MOST_FILES);
	expect(large.map(([room, { length }]) => `${room}: ${length}`)).toEqual([]);
});

it('imports no packages but n8n-workflow and what n8n allows, except in libraries/', () => {
	const packages = files
		.filter((file) => !file.startsWith('libraries/'))
		.flatMap((file) =>
			[...sourceOf(file).matchAll(/\bfrom '([^.'][^']*)'/g)].map(([, name]) => name),
		);
	expect([...new Set(packages)].sort()).toEqual(['n8n-workflow', 'node:crypto']);
});

it('exports no name twice with two meanings', () => {
	const names = files.flatMap((file) =>
		[
			...sourceOf(file).matchAll(
				/^export (?:async )?(?:abstract )?(?:function|const|class|interface|type) (\w+)/gm,
			),
		].map(([, name]) => ({ name, file })),
	);
	const twice = grouped(names, ({ name }) => name).filter(([, uses]) => uses.length > 1);
	expect(
		twice.map(([name, uses]) => `${name}: ${uses.map(({ file }) => file).join(', ')}`),
	).toEqual([]);
});

it('lists every file that keeps something between two calls of n8n', () => {
	const holders = files.filter((file) => HOLDS.some((pattern) => pattern.test(sourceOf(file))));
	const text = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
	const [, section = ''] = text.split(/^## State$/m);
	const listed = [...section.split(/^## /m)[0].matchAll(/^\| `([^`]+\.ts)`/gm)].map(
		([, file]) => file,
	);
	expect(listed.sort()).toEqual(holders);
});
