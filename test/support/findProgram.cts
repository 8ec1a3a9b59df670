/** Programs that tests use and that are not part of this project. */
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian puts servers, beside the PATH. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', ...postgresFolders()];

function postgresFolders(): string[] {
	const root = '/usr/lib/postgresql';
	try {
		const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
		return versions.map((version) => join(root, version, 'bin'));
	} catch {
		return [];
	}
}

/** The path of a program. Throws with the command that installs it on Debian and Ubuntu. */
export function findProgram(name: string, debianPackage: string): string {
	const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	for (const folder of [...SERVER_FOLDERS, ...onPath]) {
		const path = join(folder, name);
		if (isExecutable(path)) return path;
	}
	throw new Error(
		`${name} is not installed. On Debian and Ubuntu: sudo apt-get install --no-install-recommends ${debianPackage}`,
	);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
