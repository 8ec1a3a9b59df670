/**
 * Progress lines for things that take time. Plain lines, one below the other, so that they read
 * the same in a terminal, in a log and in CI.
 */
export interface Progress {
	/**
	 * Runs one step: says what begins, shows signs of life every 15 s, says how long it took.
	 * `work` may give back a short remark that is printed behind the time. Throws what `work` throws.
	 */
	step<T>(label: string, work: () => Promise<T>, remark?: (result: T) => string): Promise<T>;
	/** Prints one line as it is. */
	say(line: string): void;
}

const SIGN_OF_LIFE_MS = 15_000;

export function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}

/** Progress written through `write`, by default to standard output. */
export function progressTo(write: (line: string) => void = console.log): Progress {
	return {
		say: write,
		async step(label, work, remark) {
			write(`${label} ...`);
			const begin = Date.now();
			const signs = setInterval(
				() => write(`   still at it, ${seconds(Date.now() - begin)}`),
				SIGN_OF_LIFE_MS,
			);
			try {
				const result = await work();
				const text = remark?.(result) ?? '';
				write(`   done in ${seconds(Date.now() - begin)}${text && `: ${text}`}`);
				return result;
			} catch (error) {
				write(`   failed after ${seconds(Date.now() - begin)}`);
				throw error;
			} finally {
				clearInterval(signs);
			}
		},
	};
}
