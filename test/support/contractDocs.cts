/** Reads what docs/n8n-contract.md and docs/traps.md say of tests and code, so that tests can check it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { escapeRegExp } from './escapeRegExp.cts';

export const ROOT = resolve(__dirname, '..', '..');

/** The pages that say by which test each of their entries is guarded. */
export const CONTRACT = 'docs/n8n-contract.md';
export const TRAPS = 'docs/traps.md';

/** One entry of a page: what stands under a heading of the third level. */
export interface Entry {
	heading: string;
	text: string;
	/** `Guarded by:` lines. */
	guards: Array<{ file: string; title: string }>;
	/** What `No test:` says; undefined where there is no such line. */
	untested?: string;
	/** The functions, classes and constants of `Where:` lines. */
	where: string[];
	/** The files of n8n's packages in `In n8n:` lines, with what is in them. */
	inN8n: Array<{ file: string; names: string[] }>;
}

const NAMES = /`([^`]+)`/g;

function namesIn(text: string): string[] {
	return [...text.matchAll(NAMES)].map(([, name]) => name);
}

/** The lines of a list that begin with a word; prettier breaks no lines of Markdown. */
function linesOf(text: string, word: string): string[] {
	return [...text.matchAll(new RegExp(`^- ${word}: (.+)$`, 'gm'))].map(([, line]) => line);
}

/** `folder/` (`name`, `name`), … : what stands in each pair of brackets, with what is before it. */
function groupsOf(line: string): Array<{ before: string; names: string[] }> {
	return [...line.matchAll(/`([^`]+)` \(([^)]*)\)/g)].map(([, before, names]) => ({
		before,
		names: namesIn(names),
	}));
}

/** The entries of a page. */
export function entriesOf(page: string): Entry[] {
	const text = readFileSync(join(ROOT, page), 'utf8');
	return text
		.split(/^### /m)
		.slice(1)
		.map((part): Entry => {
			const [heading, ...lines] = part.split(/^## /m)[0].split('\n');
			const body = lines.join('\n');
			return {
				heading,
				text: body,
				guards: linesOf(body, 'Guarded by').map((line) => {
					const [, file, title] = /^`([^`]+)`: (.+)$/.exec(line) ?? [undefined, line, ''];
					return { file, title };
				}),
				untested: linesOf(body, 'No test').at(0),
				where: linesOf(body, 'Where').flatMap((line) =>
					groupsOf(line).flatMap(({ names }) => names),
				),
				inN8n: linesOf(body, 'In n8n').flatMap((line) =>
					groupsOf(line).map(({ before, names }) => ({ file: before, names })),
				),
			};
		});
}

/** What calls a test: `it`, `test`, `describe` with what may follow, a check of the e2e tests. */
const TEST_CALLS = /^(it|test|describe)(\.\w+)*(<.*>)?(\(.*\))?$|^checks\.(run|make)$|^check$/s;

/** The titles of the tests in a file, as they stand in its source. */
export function titlesIn(file: string): string[] {
	const text = readFileSync(join(ROOT, file), 'utf8');
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
	const titles: string[] = [];
	const visit = (node: ts.Node) => {
		if (ts.isCallExpression(node) && TEST_CALLS.test(node.expression.getText())) {
			const [title] = node.arguments;
			if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
			else if (title && ts.isTemplateExpression(title)) titles.push(title.getText().slice(1, -1));
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return titles;
}

/** All sources of the package, as one text. */
export function packageSources(): string {
	return ['nodes', 'credentials']
		.flatMap((folder) =>
			readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
				.filter((name) => name.endsWith('.ts'))
				.map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
		)
		.join('\n');
}

/** Whether a name stands in a text as a word of its own. */
export function isIn(text: string, name: string): boolean {
	const escaped = escapeRegExp(name);
	return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`).test(text);
}

/**
 * What a page says of n8n's code and is not so.
 *
 * @param read the text of a file of one of n8n's packages; undefined when the file is not there
 */
export function wrongAboutN8n(page: string, read: (file: string) => string | undefined): string[] {
	return entriesOf(page).flatMap(({ heading, inN8n }) =>
		inN8n.flatMap(({ file, names }) => {
			const text = read(file);
			if (text === undefined) return [`${heading}: there is no ${file}`];
			return names
				.filter((name) => !isIn(text, name))
				.map((name) => `${heading}: no ${name} in ${file}`);
		}),
	);
}
