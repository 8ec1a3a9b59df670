/** What people read first holds: links lead somewhere, and quoted messages are the code's. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'marked';

import {
	anchorsOf,
	chineseOf,
	filesIn,
	headingsOf,
	linkedFrom,
	linksOf,
	messagesOf,
	ROOT,
	textOf,
	USER_PAGES,
} from '../support/guides.cts';

const GUIDES = [
	'README.md',
	'CHANGELOG.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...filesIn('docs', '.md'),
];

const SOURCES = [...filesIn('nodes', '.ts'), ...filesIn('credentials', '.ts')];

it.each(GUIDES)('%s links to what is there', (page) => {
	const broken = linksOf(page)
		.filter((link) => !/^https?:/.test(link))
		.filter((link) => {
			const { file, anchor } = linkedFrom(page, link);
			if (!existsSync(join(ROOT, file))) return true;
			return anchor !== undefined && !anchorsOf(file).includes(anchor);
		});
	expect(broken).toEqual([]);
});

it.each(GUIDES)('%s has no heading twice, as links would lead to the first one only', (page) => {
	// Versions of the changelog have the same parts, and nobody links to them.
	const headings = page === 'CHANGELOG.md' ? [] : anchorsOf(page);
	expect(headings.filter((heading, place) => headings.indexOf(heading) !== place)).toEqual([]);
});

it.each(GUIDES)('%s shows no asterisks where something is to be bold', (page) => {
	// As between a Chinese colon and a letter: **注意：**请…
	const html = parse(textOf(page), { async: false });
	const shown = html.replace(/<(pre|code)\b.*?<\/\1>/gs, '');
	expect(shown.match(/.*\*.*/g)).toBeNull();
});

it('the code links to pages and headings that are there', () => {
	const links = [...SOURCES, ...filesIn('nodes', '.json')].flatMap((file) =>
		[
			...textOf(file).matchAll(
				/github\.com\/[\w.-]+\/n8n-nodes-eyun(?:\/blob\/main\/([^#'"\s]+))?(?:#([^'"\s]+))?['"]/g,
			),
		].map(([, page = 'README.md', anchor]) => ({ page, anchor })),
	);
	expect(links.length).toBeGreaterThan(4);
	const broken = links.filter(({ page, anchor }) => {
		if (!existsSync(join(ROOT, page))) return true;
		// GitHub's own name for the whole of README.
		return anchor !== undefined && anchor !== 'readme' && !anchorsOf(page).includes(anchor);
	});
	expect(broken).toEqual([]);
	expect(links).toContainEqual({ page: 'docs/credential.md', anchor: undefined });
});

it('README.md is short: npm shows all of it, and it is in the package', () => {
	expect(Buffer.byteLength(textOf('README.md'))).toBeLessThan(7_000);
	expect(headingsOf('README.md').length).toBeLessThan(10);
});

it.each([
	['English', (page: string) => page],
	['Chinese', chineseOf],
])('the %s pages show every picture that is kept for them', (_, there) => {
	const files = USER_PAGES.map(there).flatMap((page) =>
		linksOf(page)
			.filter((link) => link.endsWith('.png'))
			.map((link) => linkedFrom(page, link).file),
	);
	expect([...new Set(files)].sort()).toEqual(filesIn(join('docs', 'pictures'), '.png').sort());
});

describe.each([
	['English', (page: string) => page],
	['Chinese', chineseOf],
])('the %s pages', (_, there) => {
	const sources = SOURCES.map(textOf)
		// A text may be broken into several lines of source.
		.join('\n')
		.replace(/\\"/g, '"');

	const errors = messagesOf(there('docs/errors.md'));
	const banners = messagesOf(there('docs/credential.md'));

	it('quote messages', () => {
		expect(errors.length).toBeGreaterThan(100);
		expect(banners.length).toBeGreaterThan(10);
	});

	it.each([...errors, ...banners])('quote the code in: %s', (message) => {
		// "…" stands for what differs; labels and names in quotation marks come from the catalogue.
		const pieces = message
			.split(/…|"[^"]*" \(\w*\)|\d+|[“”]/)
			.map((piece) => piece.replace(/^["):, ]+|["(: ]+$/g, ''))
			.filter((piece) => piece.length > 7);
		expect(pieces.length).toBeGreaterThan(0);
		for (const piece of pieces) expect(sources).toContain(piece);
	});
});
