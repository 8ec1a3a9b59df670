import type { Registration } from '../state/registrations';

/**
 * The address that Eyun gets: the webhook address n8n gave the node, with a secret, and for a test
 * run with the address it stands in for.
 */
export type CallbackAddress = Pick<Registration, 'address' | 'secret' | 'before'>;

/** The query parameter of the registered address that carries the secret. */
export const SECRET_PARAMETER = 'secret';

/**
 * Marks the address of a test run. Kept with Eyun, so that what it stands in for is not lost
 * when n8n dies in the middle of the run.
 */
const BEFORE_PARAMETER = 'before';

/**
 * Writes the address out.
 *
 * @returns a full URL, which is itself a secret
 */
export function toUrl({ address, secret, before }: CallbackAddress): string {
	const url = new URL(address);
	url.searchParams.set(SECRET_PARAMETER, secret);
	if (before !== undefined) url.searchParams.set(BEFORE_PARAMETER, before);
	return url.toString();
}

/**
 * Who is meant to receive the callbacks when an address is registered: whoever a test run stands in
 * for, else the address itself.
 *
 * @param url any address that is registered with Eyun; undefined when none is
 * @returns a full URL; undefined when nobody is
 */
export function meantReceiver(url: string | undefined): string | undefined {
	if (url === undefined || !isTestAddress(url)) return url;
	return new URL(url).searchParams.get(BEFORE_PARAMETER) || undefined;
}

/**
 * Whether an address is that of a test run of this package, in this or another n8n.
 *
 * @param url any address that is registered with Eyun
 */
export function isTestAddress(url: string): boolean {
	return URL.canParse(url) && new URL(url).searchParams.has(BEFORE_PARAMETER);
}

/**
 * Whether two addresses lead to the same receiver, whatever secret stands in them.
 *
 * @param one a full URL
 * @param other a full URL
 */
export function sameReceiver(one: string, other: string): boolean {
	return receiverOf(one) === receiverOf(other);
}

/**
 * What of an address may be shown: the query often holds a secret.
 *
 * @param url a full URL, or whatever was registered
 */
export function shownAddress(url: string): string {
	if (!URL.canParse(url)) return url.split('?')[0];
	const { origin, pathname, search } = new URL(url);
	return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}

function receiverOf(url: string): string {
	if (!URL.canParse(url)) return url;
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname.replace(/\/+$/, '')}`;
}
