/** The licences of bundled packages, which must come along with copies of their code. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

/** Licences of what a package holds without saying so, by the package's name. */
const INSIDE = resolve(__dirname, '..', 'licences');

/**
 * Gives back a comment with the licence texts of the packages that files belong to.
 *
 * @param files paths of bundled files, relative to the repository
 * @throws Error when a package has no licence file
 */
export async function licencesOf(files: string[]): Promise<string> {
	const folders = files.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
	const comments = [...new Set(folders)].map(async (folder) => {
		const name = (await readdir(folder)).find((entry) => /^licen[sc]e/i.test(entry));
		if (name === undefined) throw new Error(`${folder} has no licence file`);
		const inside = join(INSIDE, `${basename(folder)}.txt`);
		const texts = [join(folder, name), ...(existsSync(inside) ? [inside] : [])];
		const read = texts.map(async (file) => (await readFile(file, 'utf8')).trim());
		const text = (await Promise.all(read)).join('\n\n');
		return `/*\n${folder.replace('node_modules/', '')}\n\n${text.replaceAll('*/', '* /')}\n*/\n`;
	});
	return (await Promise.all(comments)).join('');
}
