/** TypeScript's compiler, which compiles the package again whenever a source changes. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { REPOSITORY } from './package.cts';

export interface CompilerOptions {
	/** Absolute path of the folder with `nodes`, `credentials` and `tsconfig.build.json`. */
	sources: string;
	/** Absolute path of the folder that the JavaScript goes to. */
	output: string;
	/** Folders below `output` that somebody else fills. */
	leaveOut: readonly string[];
}

export interface Compilation {
	/** What was written, relative to the output folder. */
	files: string[];
	/** What the compiler has to say, each with file and line. It writes nevertheless. */
	problems: string[];
	ms: number;
}

export class Compiler {
	private constructor(
		private readonly child: ChildProcess,
		readonly first: Compilation,
		/** Rejects when the compiler ends. */
		readonly failed: Promise<never>,
	) {}

	/**
	 * Compiles everything, then goes on watching.
	 *
	 * @param onCompiled is called after each compilation but the first
	 * @returns once the first compilation is written, with errors or without
	 * @throws Error when the compiler cannot be started
	 */
	static async start(
		options: CompilerOptions,
		onCompiled: (compilation: Compilation) => void,
	): Promise<Compiler> {
		const child = fork(join(__dirname, 'compiler-process.cts'), [JSON.stringify(options)], {
			cwd: REPOSITORY,
			execArgv: ['-r', 'tsx/cjs'],
			// A group of its own: Ctrl-C reaches us first. It ends when we do, see there.
			detached: process.platform !== 'win32',
		});
		const failed = once(child, 'exit').then(([code, signal]) => {
			throw new Error(`The compiler ended with ${String(code ?? signal)}`);
		});
		// Whoever awaits it gets the error; nobody has to.
		failed.catch(() => undefined);
		const [first] = (await Promise.race([once(child, 'message'), failed])) as [Compilation];
		child.on('message', (compilation) => onCompiled(compilation as Compilation));
		return new Compiler(child, first, failed);
	}

	/** Ends it; harmless when it has ended already. */
	async stop(): Promise<void> {
		if (this.child.connected) this.child.disconnect();
		await this.failed.catch(() => undefined);
	}
}
