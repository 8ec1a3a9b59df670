/** What a node logs. */

/** Takes down what goes to the log of n8n's contexts, instead of printing it. */
export class ContextLog {
	readonly warnings: string[] = [];

	readonly errors: string[] = [];

	/** Puts itself in the place of a context's `logger`. */
	watch(context: unknown) {
		const into = (list: string[]) => (message: string, meta?: object) =>
			void list.push(`${message} ${JSON.stringify(meta ?? {})}`);
		const logger = {
			warn: into(this.warnings),
			info: () => {},
			error: into(this.errors),
			debug: () => {},
		};
		Object.defineProperty(context, 'logger', { value: logger, configurable: true });
	}
}
