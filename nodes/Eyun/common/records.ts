/**
 * Whether a value is a plain object with named members: no list, not null.
 *
 * @param value anything
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
