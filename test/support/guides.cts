/** The pages that people read, as tests see them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..');

const CHINESE = join('docs', 'zh-CN');

/** The pages for users, which are there in English and in Chinese. This is the one list of them. */
export const USER_PAGES = [
	'README.md',
	'docs/ai-agents.md',
	'docs/content.md',
	'docs/credential.md',
	'docs/errors.md',
	'docs/examples.md',
	'docs/files.md',
	'docs/guide.md',
	'docs/install.md',
	'docs/limits.md',
	'docs/messages.md',
	'docs/performance.md',
	'docs/queue-mode.md',
	'docs/responsible-use.md',
	'docs/trigger.md',
	'docs/versions.md',
	'docs/why.md',
];

/**
 * Pages that are there in both languages, but not in the same shape: each is derived from the code, and has the same
 * parts (## …).
 */
export const DERIVED_PAGES = ['docs/operations.md'];

/** Chinese pages that have no English one of the same shape, with the reason. */
export const ONLY_CHINESE = {
	'docs/zh-CN/contributing.md': 'the commands out of CONTRIBUTING.md; the rest is in English only',
};

/**
 * Lists files, as paths from the root of the repository.
 *
 * @param folder where, from the root
 * @param end how their names end
 */
export function filesIn(folder: string, end: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(end))
		.map((name) => join(folder, name));
}

/** The text of a file, by its path from the root. */
export function textOf(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** The Chinese page that belongs to one for users. */
export function chineseOf(page: string): string {
	return join(CHINESE, page.replace(/^docs\//, ''));
}

/** The text without its blocks of code, in which nothing is a heading, a table or a link. */
export function proseOf(page: string): string {
	return textOf(page).replace(/^```[\s\S]*?^```$/gm, '');
}

/** The headings of a page, with their marks (## …). */
export function headingsOf(page: string): string[] {
	return proseOf(page).match(/^#+ .+$/gm) ?? [];
}

/** The anchors of a page as GitHub makes them; none of its headings is there twice. */
export function anchorsOf(page: string): string[] {
	return anchorsFor(headingsOf(page));
}

/** The anchors of the parts of a page (## …). */
export function partsOf(page: string): string[] {
	return anchorsFor(headingsOf(page).filter((heading) => heading.startsWith('## ')));
}

function anchorsFor(headings: readonly string[]): string[] {
	return headings.map((heading) =>
		heading
			.replace(/^#+ /, '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

/** Where the links of a page lead, as they are written. */
export function linksOf(page: string): string[] {
	return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** A link of a page: the file that it leads to, from the root, and the anchor there. */
export function linkedFrom(page: string, link: string): { file: string; anchor?: string } {
	const [path, anchor] = link.split('#');
	const file = path === '' ? page : join(dirname(page), path);
	return anchor === undefined ? { file } : { file, anchor: decodeURIComponent(anchor) };
}

/** The blocks of code of a page. */
export function codeOf(page: string): string[] {
	return textOf(page).match(/^```[\s\S]*?^```$/gm) ?? [];
}

/** The tables of a page: their rows, with the head and without the line below it, as cells. */
export function cellsOf(page: string): string[][][] {
	return (proseOf(page).match(/^ *\|.*\n(?: *\|.*(?:\n|$))+/gm) ?? []).map((table) =>
		table
			.trim()
			.split('\n')
			.filter((_, place) => place !== 1)
			.map((row) =>
				row
					.split(/(?<!\\)\|/)
					.slice(1, -1)
					.map((cell) => cell.trim()),
			),
	);
}

/** The number of rows of each table of a page, and of columns of each row. */
export function tablesOf(page: string): number[][] {
	return cellsOf(page).map((rows) => rows.map((cells) => cells.length));
}

/** The head cells of tables of messages, in English and in Chinese. */
const TABLES_OF_MESSAGES =
	/^\| (Banner|You see|红色提示|看到的提示) \|.*\n.*\n((?:\|.*(?:\n|$))+)/gm;

/**
 * The messages that the tables of a page explain: their first cells. Cells in parentheses describe, they quote
 * nothing.
 */
export function messagesOf(page: string): string[] {
	return [...textOf(page).matchAll(TABLES_OF_MESSAGES)]
		.flatMap(([, , rows]) => rows.trim().split('\n'))
		.map((row) => row.split(' | ')[0].replace(/^\| /, ''))
		.filter((cell) => !/^[(（]/.test(cell))
		.flatMap((cell) => cell.replace(/ ?[(（].*HTTP 40[013].*$/, '').split('<br>'));
}
