/** What people read first holds: links lead somewhere, and quoted messages are the code's. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const GUIDES = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...inFolder('docs', '.md'),
];

function inFolder(folder: string, end: string): string[] {
	return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(end))
		.map((name) => join(folder, name));
}

function textOf(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** The anchors of a Markdown file as GitHub makes them; none of its headings is there twice. */
function anchorsOf(file: string): string[] {
	return [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

it.each(GUIDES)('%s links to what is there', (file) => {
	const links = [...textOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
	const broken = links
		.filter((target) => !/^https?:/.test(target))
		.filter((target) => {
			const [path, anchor] = target.split('#');
			const linked = path === '' ? file : join(dirname(file), path);
			if (!existsSync(join(ROOT, linked))) return true;
			return anchor !== undefined && !anchorsOf(linked).includes(decodeURIComponent(anchor));
		});
	expect(broken).toEqual([]);
});

it('README.md has the heading that the code links to', () => {
	expect(anchorsOf('README.md')).toContain('credential');
});

describe.each(['README.md', 'docs/zh-CN/README.md'])('%s', (readme) => {
	const sources = [...inFolder('nodes', '.ts'), ...inFolder('credentials', '.ts')]
		.map(textOf)
		// A text may be broken into several lines of source.
		.join('\n')
		.replace(/\\"/g, '"');

	/** First cells of the tables headed so; cells in parentheses describe, they quote nothing. */
	const messages = [
		...textOf(readme).matchAll(
			/^\| (Banner|You see|红色提示|看到的提示) \|.*\n.*\n((?:\|.*\n)+)/gm,
		),
	]
		.flatMap(([, , rows]) => rows.trim().split('\n'))
		.map((row) => row.split(' | ')[0].replace(/^\| /, ''))
		.filter((cell) => !/^[(（]/.test(cell))
		.flatMap((cell) => cell.replace(/ [(（].*HTTP 40[13].*$/, '').split('<br>'));

	it('quotes messages', () => expect(messages.length).toBeGreaterThan(20));

	it.each(messages)('quotes the code in: %s', (message) => {
		// "…" stands for what differs; labels and names in quotation marks come from the catalogue.
		const pieces = message
			.split(/…|\(a web page.*|（.*|"[^"]*" \(\w*\)|\d+|[“”]/)
			.map((piece) => piece.replace(/^["):, ]+|["(: ]+$/g, ''))
			.filter((piece) => piece.length > 7);
		expect(pieces.length).toBeGreaterThan(0);
		for (const piece of pieces) expect(sources).toContain(piece);
	});
});
