import { isRecord } from '../../common/records';

/** What the editor stores for a field that can be filled in several ways (n8n's resourceLocator). */
export interface Locator {
	mode: unknown;
	value: unknown;
}

/**
 * Whether a parameter's value is a resource locator's.
 *
 * @param value as n8n gives it
 */
export function isLocator(value: unknown): value is Locator & Record<string, unknown> {
	return isRecord(value) && 'mode' in value && 'value' in value;
}

/**
 * What was chosen or typed in.
 *
 * @param value of a resource locator, or of a plain parameter, which is its own value
 */
export function unwrapLocator(value: unknown): unknown {
	return isLocator(value) ? value.value : value;
}
