/**
 * What an error says, for a log.
 *
 * @param error anything thrown
 */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

/**
 * How something ended that is to be tidied up after.
 *
 * @returns the error; undefined when it succeeded
 */
export async function failureOf(work: Promise<unknown>): Promise<Error | undefined> {
	return await work.then(
		() => undefined,
		(error: Error) => error,
	);
}
