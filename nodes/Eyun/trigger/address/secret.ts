import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import { memoize } from '../../common/memoize';

/** 256 bits; nobody guesses it. */
const SECRET_BYTES = 32;

/** A new random secret, as 43 characters that need no escaping in an address. */
export function newSecret(): string {
	return randomBytes(SECRET_BYTES).toString('base64url');
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

const digestOfSecret = memoize(digest);

/**
 * Whether a caller knows the secret. Takes the same time wherever a wrong secret differs.
 *
 * @param given what the caller sent, unchecked
 * @param secrets the secrets that are right at the moment
 */
export function knowsSecret(given: unknown, secrets: readonly string[]): boolean {
	if (typeof given !== 'string') return false;
	const hash = digest(given);
	return secrets.map((secret) => timingSafeEqual(hash, digestOfSecret(secret))).includes(true);
}
