/** How commands end that stay until Ctrl-C. n8n ends with us, however we end (end-with-parent.cjs). */

const endAtOnce = (): never => process.exit(130);

/** What Ctrl-C does at the moment: end at once, or, while a command stays, end in order. */
let onSignal: () => void = endAtOnce;

/** Makes Ctrl-C and its relatives end this process; in order while `stayUntil` waits. */
export function endOnSignals(): void {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => onSignal());
	}
}

/**
 * Waits for Ctrl-C, for the end of the `npm run` that started us (npm passes no SIGTERM on), or for
 * `event`. A second Ctrl-C, while the caller puts things in order, ends at once.
 *
 * @param npmScript the name in package.json by which npm starts this command
 * @param event what else ends the stay
 * @returns what `event` came to, or `undefined` when it is time to end
 * @throws what `event` throws
 */
export async function stayUntil<T>(npmScript: string, event: Promise<T>): Promise<T | undefined> {
	const parent = process.ppid;
	let parentWatch: NodeJS.Timeout | undefined;
	const asked = new Promise<undefined>((resolve) => {
		onSignal = () => resolve(undefined);
		if (process.env.npm_lifecycle_event !== npmScript) return;
		parentWatch = setInterval(() => process.ppid !== parent && resolve(undefined), 500).unref();
	});
	try {
		return await Promise.race([asked, event]);
	} finally {
		clearInterval(parentWatch);
		onSignal = endAtOnce;
	}
}
