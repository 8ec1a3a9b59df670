/** The Chinese pages keep step with the English ones: the same pages, parts, code, tables and links. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import {
	anchorsOf,
	cellsOf,
	chineseOf,
	codeOf,
	DERIVED_PAGES,
	filesIn,
	headingsOf,
	linkedFrom,
	linksOf,
	ONLY_CHINESE,
	partsOf,
	proseOf,
	ROOT,
	tablesOf,
	USER_PAGES,
} from '../support/guides.cts';

/** Comments of a shell are translated, commands are not. */
function withoutComments(block: string): string {
	return block.replace(/\s+#.*$/gm, '').replace(/<[^>]*>/g, '<>');
}

/**
 * Where the links of a page lead, whatever the language: English files, headings by their place. A page's
 * link to itself in the other language counts as the same.
 */
function placesOf(page: string, other: string): string[] {
	const twins = new Map([...USER_PAGES, ...DERIVED_PAGES].map((user) => [chineseOf(user), user]));
	return linksOf(page)
		.filter((link) => !Object.keys(ONLY_CHINESE).includes(linkedFrom(page, link).file))
		.map((link) => {
			if (/^https?:/.test(link)) return link;
			const { file, anchor } = linkedFrom(page, link);
			if (file === other) return 'the other language';
			const english = twins.get(file) ?? file;
			const places = DERIVED_PAGES.includes(english) ? partsOf(file) : anchorsOf(file);
			return anchor === undefined ? english : `${english} ${places.indexOf(anchor)}`;
		})
		.sort();
}

/**
 * What the rows of tables are about, as far as it is the same in both languages: parameters by their labels,
 * everything else by the names in code of the first cell.
 */
function namesOf(page: string): string[][] {
	return cellsOf(page).map((rows) => {
		const isAboutParameters = ['Parameter', '参数'].includes(rows[0][0]);
		return rows
			.slice(1)
			.map(([name]) => (isAboutParameters ? name : (name.match(/`[^`]+`/g) ?? []).join(' ')));
	});
}

/** What stands in code in the text: the names of fields, settings and files, which nobody translates. */
function quotedIn(page: string): string[] {
	return (
		proseOf(page)
			.match(/`[^`\n]+`/g)
			// A place for a name of the reader's is translated: <folder>, @name.
			?.map((name) => name.replace(/<[^>]*>/g, '<>').replace(/@[^\s/]+`$/, '@`')) ?? []
	);
}

/** What is missing of a list in another one, where a thing that is there twice counts twice. */
function lacking(wanted: readonly string[], present: readonly string[]): string[] {
	const left = [...present];
	return wanted.filter((thing) => {
		const place = left.indexOf(thing);
		if (place >= 0) left.splice(place, 1);
		return place < 0;
	});
}

/** The numbers of a page, without the marks between thousands, and without the one in n8n. */
function numbersIn(page: string): string[] {
	return (
		proseOf(page)
			.match(/(?<![a-z\d])\d[\d,.]*/gi)
			?.map((number) => number.replace(/,|\.$/g, '')) ?? []
	);
}

it('there is a Chinese page for each English one, and no other', () => {
	expect(filesIn('docs/zh-CN', '.md').sort()).toEqual(
		[...[...USER_PAGES, ...DERIVED_PAGES].map(chineseOf), ...Object.keys(ONLY_CHINESE)].sort(),
	);
	expect(USER_PAGES.filter((page) => !existsSync(join(ROOT, page)))).toEqual([]);
});

describe.each(USER_PAGES)('%s in Chinese', (page) => {
	const chinese = chineseOf(page);

	it('has the same headings', () => {
		const levelsOf = (file: string) => headingsOf(file).map((heading) => heading.indexOf(' '));
		expect(levelsOf(chinese)).toEqual(levelsOf(page));
	});

	it('has the same tables', () => expect(tablesOf(chinese)).toEqual(tablesOf(page)));

	it('has tables about the same parameters, fields and settings, in the same order', () => {
		expect(namesOf(chinese)).toEqual(namesOf(page));
	});

	it('has the same code', () => {
		expect(codeOf(chinese).map(withoutComments)).toEqual(codeOf(page).map(withoutComments));
	});

	it('has everything that stands in code, and all the numbers as often', () => {
		expect(quotedIn(page).filter((name) => !quotedIn(chinese).includes(name))).toEqual([]);
		expect(lacking(numbersIn(page), numbersIn(chinese))).toEqual([]);
	});

	it('has the same links', () => {
		expect(placesOf(chinese, page)).toEqual(placesOf(page, chinese));
	});

	it('leads to the English page, and that to it', () => {
		expect(placesOf(page, chinese)).toContain('the other language');
		expect(placesOf(chinese, page)).toContain('the other language');
	});

	it('is Chinese', () => {
		const characters =
			headingsOf(chinese)
				.join('')
				.match(/\p{Script=Han}/gu) ?? [];
		expect(characters.length).toBeGreaterThan(headingsOf(chinese).length);
	});
});
