/**
 * npm as a tool of the scripts: the npm that the user already has, run by the Node we choose.
 */
import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { run, RunFailure } from './run.cts';

export interface NpmOptions {
	cwd: string;
	/** The Node that runs npm and its children. Default: the running one. */
	node?: string;
	env?: NodeJS.ProcessEnv;
}

/** Runs `npm <args>`; gives back what it printed to standard output. Throws with a cure in the text. */
export async function npm(args: string[], options: NpmOptions): Promise<string> {
	const node = options.node ?? process.execPath;
	const env = { ...environmentFor(node), ...options.env };
	const script = npmScript();
	try {
		return script
			? await run(node, [script, ...args], { cwd: options.cwd, env })
			: await run('npm', args, {
					cwd: options.cwd,
					env,
					shell: process.platform === 'win32',
				});
	} catch (error) {
		throw error instanceof RunFailure ? explained(error, args) : error;
	}
}

/** npm's own script, so that no shell and no `.cmd` file stands between us and it. */
function npmScript(): string | undefined {
	const running = process.env.npm_execpath;
	const besideNode = dirname(process.execPath);
	return [
		running && /^np[mx]-cli\.js$/.test(basename(running))
			? join(dirname(running), 'npm-cli.js')
			: undefined,
		join(besideNode, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(besideNode, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	].find((path) => path !== undefined && existsSync(path));
}

/**
 * The user's environment with `node` first on PATH. What an outer `npm run` says about its own
 * package and command is left out: the inner npm would take it for its own settings.
 */
function environmentFor(node: string): NodeJS.ProcessEnv {
	const outer = /^(npm_package_|npm_lifecycle_|npm_command$|npm_config_local_prefix$|INIT_CWD$)/;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)));
	const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	env[path] = [dirname(node), env[path]].filter(Boolean).join(delimiter);
	return env;
}

const UNREACHABLE =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/;

/** Puts what the user can do before npm's own words. */
function explained(failure: RunFailure, args: string[]): Error {
	const command = `npm ${args.join(' ')}`;
	const unreachable = UNREACHABLE.exec(failure.output);
	if (unreachable) {
		return new Error(
			`The npm registry cannot be reached (${unreachable[1]}) for "${command}". ` +
				'Check the network, the proxy and `npm config get registry`, then run this again: ' +
				'what is already there is kept.',
		);
	}
	if (/\bENOSPC\b/.test(failure.output)) {
		return new Error(`The disk is full: n8n needs 3 GB in the cache.\n\n${failure.message}`);
	}
	return failure;
}
