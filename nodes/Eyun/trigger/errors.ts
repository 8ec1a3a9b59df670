/**
 * What an error says, for a log.
 *
 * @param error anything thrown
 */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
