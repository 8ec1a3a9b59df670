/**
 * This package as `npm run dev` runs it: compiled into a folder of the checkout whenever a source
 * changes, and linked into n8n, which reads it again (N8N_DEV_RELOAD).
 *
 *   <folder>/package/        what n8n's folder links to; n8n's loader watches all that is in it
 *   <folder>/node_modules/   n8n-workflow, a link to n8n's own copy
 *
 * Why not a link to the checkout itself: n8n would watch node_modules and .git with it and read the
 * package again at each `git status`; the nodes would find the checkout's n8n-workflow instead of
 * n8n's; and `dist`, which is published, would get source maps.
 */
import { existsSync, type FSWatcher, watch } from 'node:fs';
import { copyFile, lstat, mkdir, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { type Compilation, Compiler } from './compiler.cts';
import type { InstalledN8n } from './n8n-install.cts';
import { REPOSITORY } from './package.cts';
import { seconds } from './progress.cts';
import { run } from './run.cts';

/** Bundles, which the compiler must not replace; gulpfile.js makes them. */
const LIBRARIES = join('nodes', 'Eyun', 'libraries');

/** Where sources are, below the folder of all. */
const SOURCES = ['nodes', 'credentials'];

export interface LivePackageOptions {
	/** Absolute path of the folder with `nodes`, `credentials` and `tsconfig.build.json`. */
	sources: string;
	/** Absolute path of a folder in the checkout, git-ignored, for this run alone. */
	folder: string;
	n8n: InstalledN8n;
	/** Told whatever happens after the start, in lines to print. */
	say(line: string): void;
}

export class LivePackage {
	private watchers: FSWatcher[] = [];

	/** The writing of assets that is under way or over; each waits for the one before. */
	private assets: Promise<void> = Promise.resolve();

	private assetsAreWaiting = false;

	private constructor(
		private readonly options: LivePackageOptions,
		private readonly compiler: Compiler,
	) {}

	/**
	 * Builds the package, then goes on watching its sources.
	 *
	 * @throws Error when icons, libraries or schemas cannot be made; type errors are only told
	 */
	static async start(options: LivePackageOptions): Promise<LivePackage> {
		const { sources, folder, n8n, say } = options;
		const output = join(folder, 'package', 'dist');
		await rm(join(folder, 'package'), { recursive: true, force: true });
		await mkdir(output, { recursive: true });
		await copyFile(join(REPOSITORY, 'package.json'), join(folder, 'package', 'package.json'));
		await linkFolder(ownWorkflowPackage(n8n), join(folder, 'node_modules', 'n8n-workflow'));
		const [compiler] = await Promise.all([
			Compiler.start({ sources, output, leaveOut: [LIBRARIES] }, (compilation) => {
				linesOf(compilation).forEach((line) => say(line));
			}),
			writeAssets(output),
		]);
		for (const problem of compiler.first.problems) say(problem);
		const live = new LivePackage(options, compiler);
		live.watchAssets();
		return live;
	}

	/** Rejects when sources are no longer compiled. */
	get failed(): Promise<never> {
		return this.compiler.failed;
	}

	/**
	 * Makes n8n find the package, under its own name, as if it was installed.
	 *
	 * @param userFolder n8n's data folder
	 * @returns whether the link is new
	 */
	async linkInto(userFolder: string): Promise<boolean> {
		const folder = join(this.options.folder, 'package');
		const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
			name: string;
		};
		return await linkFolder(folder, join(userFolder, '.n8n', 'nodes', 'node_modules', name));
	}

	/** Ends all watching. */
	async stop(): Promise<void> {
		for (const watcher of this.watchers) watcher.close();
		await this.compiler.stop();
		await this.assets;
	}

	private watchAssets(): void {
		this.watchers = SOURCES.map((name) =>
			watch(join(this.options.sources, name), { recursive: true }, (_event, file) => {
				if (file !== null && isAsset(join(name, file))) this.renewAssets();
			}),
		);
	}

	/** However many files change while assets are written, they are written once more. */
	private renewAssets(): void {
		if (this.assetsAreWaiting) return;
		this.assetsAreWaiting = true;
		const { folder, say } = this.options;
		this.assets = this.assets.then(async () => {
			this.assetsAreWaiting = false;
			await writeAssets(join(folder, 'package', 'dist')).then(
				() => say('Icons, codex files, libraries and output schemas are written again.'),
				(error: Error) => say(error.message),
			);
		});
	}
}

/**
 * Whether a file is written by gulpfile.js and not by the compiler.
 *
 * @param path relative to the folder of the sources
 */
export function isAsset(path: string): boolean {
	return path.startsWith(LIBRARIES + sep) || /\.(svg|png|json)$/.test(path);
}

/**
 * A compilation in lines to print: none where it neither wrote nor found anything, as when a file
 * was saved without a change.
 */
export function linesOf({ files, problems, ms }: Compilation): string[] {
	const scripts = files.filter((file) => file.endsWith('.js'));
	if (scripts.length === 0) return problems;
	const shown = scripts.length > 3 ? `${scripts.slice(0, 3).join(', ')}, ...` : scripts.join(', ');
	const but = problems.length === 0 ? '' : ', in spite of what stands above';
	return [...problems, `Compiled in ${seconds(ms)}${but}: ${shown}`];
}

/** Icons, codex files, output schemas and bundled libraries, as a build makes them. */
async function writeAssets(output: string): Promise<void> {
	const gulp = join(REPOSITORY, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const env = { ...process.env, EYUN_DIST: output };
	await run(process.execPath, [gulp, 'live', '--silent'], { cwd: REPOSITORY, env });
}

/** The n8n-workflow that n8n itself uses: nodes must share its classes. */
function ownWorkflowPackage({ script }: InstalledN8n): string {
	const n8n = dirname(dirname(script));
	const places = [join(n8n, 'node_modules'), dirname(n8n)];
	const found = places.map((place) => join(place, 'n8n-workflow')).find(existsSync);
	if (found === undefined) throw new Error(`${n8n} has no n8n-workflow`);
	return found;
}

/**
 * Makes `path` a link to a folder, whatever was there before.
 *
 * @param target absolute path of the folder
 * @returns whether the link is new
 */
export async function linkFolder(target: string, path: string): Promise<boolean> {
	const present = await lstat(path).catch(() => undefined);
	if (present?.isSymbolicLink() && (await readlink(path)) === target) return false;
	await rm(path, { recursive: true, force: true });
	await mkdir(dirname(path), { recursive: true });
	// Windows lets everybody make junctions, and administrators links.
	await symlink(target, path, 'junction');
	return true;
}
