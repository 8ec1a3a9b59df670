const MASK = '***';

/** Shorter values would blank out ordinary words wherever they occur. */
const SHORTEST_SECRET = 4;

/** Half of a surrogate pair, which no address can hold. */
const HALF_CHARACTER = /\p{Surrogate}/gu;

/**
 * Blanks out known secrets wherever they stand in a text, also as JSON and as a part of an address
 * write them. To be done before a text is cut: half a secret would not be found any more.
 *
 * @param text any text on its way to a user or a log
 * @param secrets values that must not be seen, such as the token or a proxy password
 * @returns the text with every secret replaced by `***`
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.flatMap(spellings)
		.sort((one, other) => other.length - one.length)
		.reduce((result, spelling) => result.split(spelling).join(MASK), text);
}

function spellings(secret: string): string[] {
	const inJson = JSON.stringify(secret).slice(1, -1);
	const inAddress = encodeURIComponent(secret.replace(HALF_CHARACTER, ''));
	return [...new Set([secret, inJson, inAddress])];
}

/**
 * Makes a value that holds a secret safe to show: of a URL only the query is blanked out, since
 * the trigger's secret stands there and the rest says who receives the callbacks.
 *
 * @param value a token or a URL; null and undefined stay as they are
 */
export function maskSecret(value: unknown): unknown {
	if (value === null || value === undefined || value === '') return value;
	if (typeof value === 'string' && /^https?:\/\//i.test(value)) {
		return value.replace(/\?.*$/s, `?${MASK}`);
	}
	return MASK;
}
