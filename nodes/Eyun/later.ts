/** The other half of the package, as `running.ts` has it. */
export type Running = typeof import('./running');

/** Gives the other half: from the disk the first time, which takes some 20 ms. */
export type Load = () => Promise<Running>;

/**
 * As n8n does it; scripts that run the sources hand in a way of their own.
 *
 * @throws Error when the file is gone, because the package was updated by hand and n8n not started again
 */
export const loadRunning: Load = async () =>
	await import('./running').catch((cause: unknown) => {
		throw new Error('Restart n8n: n8n-nodes-eyun was updated or removed while n8n was running', {
			cause,
		});
	});
