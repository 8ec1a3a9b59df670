/** Leaves out of the package what marked has besides its lexer: this package writes no HTML. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** What `nodes/Eyun/libraries/markdown.ts` takes. */
const WANTED = ['Lexer', 'Tokenizer'];

/**
 * Cuts off the instance that marked makes of itself when it is loaded, at the end of its file. With it goes
 * what only the instance uses: esbuild leaves out what nothing refers to.
 *
 * @param code `lib/marked.esm.js` of marked
 * @throws Error when the file does not end as it did
 */
function lexerOnly(code: string): string {
	const names = /export\{([^}]*)\};/.exec(code)?.[1].split(',') ?? [];
	const inside = (name: string) =>
		names.find((entry) => entry.endsWith(` as ${name}`))?.split(' ')[0];
	const wanted = WANTED.map((name) => `${inside(name)} as ${name}`);
	const instance = code.search(
		new RegExp(`var \\w+=new ${inside('Marked')};function ${inside('marked')}\\(`),
	);
	if (instance === -1 || wanted.some((entry) => !names.includes(entry))) {
		throw new Error('marked does not end as scripts/lib/markedLexer.cts expects it');
	}
	return `${code.slice(0, instance)}export{${wanted.join(',')}};`;
}

/** For esbuild: marked without its instance. */
export const markedLexer: Plugin = {
	name: 'marked-lexer',
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]marked[\\/]lib[\\/]marked\.esm\.js$/ }, async ({ path }) => ({
			contents: lexerOnly(await readFile(path, 'utf8')),
		}));
	},
};
