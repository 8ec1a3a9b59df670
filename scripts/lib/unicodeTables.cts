/** Leaves RE2's tables of Unicode out of the package: JavaScript has them already. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const RANGES = resolve('nodes', 'Eyun', 'libraries', 'unicodeRanges.ts');

/** Where re2js keeps its tables, and how JavaScript calls a property of each. */
const TABLES = [
	{ name: 'CATEGORIES', inJavaScript: (property: string) => property },
	{ name: 'SCRIPTS', inJavaScript: (property: string) => `Script=${property}` },
];

/**
 * Replaces the tables in a copy of re2js.
 *
 * @param code `build/index.js` of re2js
 * @throws Error when the tables are not where they were
 */
function withoutTables(code: string): string {
	let result = code;
	for (const { name, inJavaScript } of TABLES) {
		const table = new RegExp(`(static ${name} = new LazyMap\\(\\{)([^}]*)(\\}\\))`);
		const entry =
			/(\w+): \(\) => new UnicodeRangeTable\(decodeRanges\("[^"]*", (?:true|false)\)\)/g;
		const found = table.exec(result)?.[2].match(entry)?.length ?? 0;
		if (found < 10) {
			throw new Error(`re2js has no table ${name} as scripts/lib/unicodeTables.cts expects it`);
		}
		result = result.replace(table, (_, before: string, entries: string, after: string) => {
			const lazy = (_entry: string, property: string) =>
				`${property}: () => new UnicodeRangeTable(unicodeRanges("${inJavaScript(property)}"), true)`;
			return `${before}${entries.replace(entry, lazy)}${after}`;
		});
	}
	return `import { unicodeRanges } from ${JSON.stringify(RANGES)};\n${result}`;
}

/** For esbuild: re2js without its tables of categories and scripts. */
export const unicodeTables: Plugin = {
	name: 'unicode-tables',
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]re2js[\\/]build[\\/]index\.\w+$/ }, async ({ path }) => ({
			contents: withoutTables(await readFile(path, 'utf8')),
		}));
	},
};
