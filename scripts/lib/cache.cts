/**
 * The per-user cache that demo and e2e tests share: Node 24, n8n, tarballs, data folders.
 * Never inside the repository, so that `git clean` and fresh clones keep it.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import lockfile from 'proper-lockfile';

const FOLDER = 'n8n-nodes-eyun';

/** Where this platform keeps caches. `XDG_CACHE_HOME` wins everywhere when it is absolute. */
export function cacheRoot(
	environment: NodeJS.ProcessEnv = process.env,
	platform: NodeJS.Platform = process.platform,
): string {
	const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
	if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, FOLDER);
	if (platform === 'win32') {
		return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), FOLDER, 'Cache');
	}
	if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', FOLDER);
	return join(homedir(), '.cache', FOLDER);
}

/** A lock left by a killed process counts as stale after this long; a live one is renewed. */
const STALE_MS = 20_000;

/**
 * Takes the lock named `name` in the cache; gives back the function that frees it, or `undefined`
 * when somebody holds it and `wait` is false. With `wait`, waits as long as it takes.
 */
export async function lock(
	name: string,
	{ wait }: { wait: boolean },
): Promise<(() => Promise<void>) | undefined> {
	const folder = join(cacheRoot(), 'locks');
	await mkdir(folder, { recursive: true });
	try {
		const release = await lockfile.lock(join(folder, name), {
			realpath: false,
			stale: STALE_MS,
			// The machine slept, say. Nothing better can be done about it than to go on.
			onCompromised: () => undefined,
			retries: wait ? { forever: true, minTimeout: 500, maxTimeout: 2000 } : 0,
		});
		return async () => await release().catch(ignoreFreed);
	} catch (error) {
		if (!wait && (error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
		throw error;
	}
}

/** Freeing twice, or after the lock went stale while the machine slept, needs no complaint. */
function ignoreFreed(error: NodeJS.ErrnoException): void {
	if (error.code !== 'ERELEASED' && error.code !== 'ENOTACQUIRED') throw error;
}

/** Runs `work` while holding the lock `name`; waits for its turn. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
	const release = await lock(name, { wait: true });
	try {
		return await work();
	} finally {
		await release?.();
	}
}

/**
 * Makes sure that the cache holds the folder `name`, complete, and gives back its path. If it is
 * missing, `build` fills an empty folder beside it, `check` must pass there, and only then the
 * folder gets its name: an interrupted build never looks complete. Two runs at once build once.
 * Throws what `build` or `check` throws.
 */
export async function cachedFolder(
	name: string,
	build: (folder: string) => Promise<void>,
	check: (folder: string) => Promise<void>,
): Promise<string> {
	const target = join(cacheRoot(), name);
	if (existsSync(target)) return target;
	await withLock(name, async () => {
		if (existsSync(target)) return;
		await removeLeftovers(target);
		const draft = `${target}.draft-${randomUUID().slice(0, 8)}`;
		try {
			await mkdir(draft, { recursive: true });
			await build(draft);
			await check(draft);
			await rename(draft, target);
		} finally {
			await rm(draft, { recursive: true, force: true });
		}
	});
	return target;
}

/** Removes what killed builds of `target` left behind. Call with the lock held. */
async function removeLeftovers(target: string): Promise<void> {
	const parent = dirname(target);
	const drafts = (await readdir(parent)).map((entry) => join(parent, entry));
	for (const draft of drafts.filter((path) => path.startsWith(`${target}.draft-`))) {
		await rm(draft, { recursive: true, force: true });
	}
}

/** A data folder that belongs to this run until it is released. */
export interface ClaimedFolder {
	path: string;
	/** Whether it is a folder beside the usual one, which another run holds. */
	isSpare: boolean;
	release(): Promise<void>;
}

/**
 * Claims `name` for this run, or `name-2`, `name-3`, ... when other runs hold the earlier ones, so
 * that two demos at once never share a database. With `empty`, the folder is emptied first.
 */
export async function claimFolder(
	name: string,
	{ empty }: { empty: boolean },
): Promise<ClaimedFolder> {
	for (let number = 1; ; number++) {
		const candidate = number === 1 ? name : `${name}-${number}`;
		const release = await lock(candidate, { wait: false });
		if (!release) continue;
		const path = join(cacheRoot(), candidate);
		if (empty) await rm(path, { recursive: true, force: true, maxRetries: 3 });
		await mkdir(path, { recursive: true, mode: 0o700 });
		return { path, isSpare: number > 1, release };
	}
}

/** Milliseconds since the epoch at which the newest of these files or folders (deep) changed. */
export async function newestChange(paths: string[]): Promise<number> {
	let newest = 0;
	for (const path of paths) {
		const info = await stat(path);
		newest = Math.max(newest, info.mtimeMs);
		if (info.isDirectory()) {
			const children = (await readdir(path)).map((entry) => join(path, entry));
			newest = Math.max(newest, await newestChange(children));
		}
	}
	return newest;
}
