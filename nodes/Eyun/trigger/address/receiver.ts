import type { Registration, Registrations } from '../state/registrations';
import { WEBHOOK_PATH } from '../settings/properties';
import { meantReceiver, sameReceiver, toUrl } from './callbackAddress';

/**
 * The registration of an address, if this process made it.
 *
 * @param registrations of this process
 * @param url the whole address
 */
export function ownRegistration(
	registrations: Registrations,
	url: string,
): Registration | undefined {
	return registrations.at(url.split('?')[0]);
}

/**
 * Who is meant to receive the callbacks: whoever a test run stands in for, else who is registered.
 *
 * @param registrations of this process
 * @param url the registered address
 * @returns a whole address; undefined when nobody is
 */
export function intendedReceiver(
	registrations: Registrations,
	url: string | undefined,
): string | undefined {
	const known = url === undefined ? undefined : ownRegistration(registrations, url);
	return known?.test ? known.previous : meantReceiver(url);
}

/**
 * Whether an address is that of a trigger of this n8n which is not active any more: with the
 * callbacks sent there, Eyun would only pause.
 *
 * @param registrations of this process
 * @param url the whole address
 * @param own an address of this n8n
 */
export function isInactive(registrations: Registrations, url: string, own: string): boolean {
	return ownRegistration(registrations, url) === undefined && isOfThisN8n(url, own);
}

/**
 * Whether an address is that of a trigger of this n8n, by its place or because this process has
 * registered it.
 *
 * @param registrations of this process
 * @param url the whole address
 * @param own an address of this n8n
 */
export function isOurOwn(registrations: Registrations, url: string, own: string): boolean {
	return ownRegistration(registrations, url) !== undefined || isOfThisN8n(url, own);
}

/**
 * Whether an address is that of a trigger of this n8n, active or not.
 *
 * @param url the whole address
 * @param own an address of this n8n
 */
export function isOfThisN8n(url: string, own: string): boolean {
	if (!URL.canParse(url)) return false;
	const { origin, pathname } = new URL(url);
	return origin === new URL(own).origin && pathname.endsWith(`/${WEBHOOK_PATH}`);
}

/**
 * An address as it is to be registered: our own triggers know their present secret.
 *
 * @param registrations of this process
 * @param url the whole address
 */
export function presentUrl(registrations: Registrations, url: string): string {
	const known = ownRegistration(registrations, url);
	return known ? toUrl(known) : url;
}

/**
 * All who want the callbacks of a trigger's developer account, besides the trigger: the other active
 * ones, and whoever they have replaced.
 *
 * @param registrations of this process
 * @param own the trigger's
 * @returns whole addresses
 */
export function othersOf(registrations: Registrations, own: Registration): string[] {
	const besides = registrations.besides(own);
	const all = [...besides.map(toUrl), ...besides.map(({ previous }) => previous)];
	return unique(all).filter((url) => !sameReceiver(url, own.address));
}

/** Each receiver once, by the address that comes first. */
export function unique(urls: ReadonlyArray<string | undefined>): string[] {
	const known = urls.filter((url) => url !== undefined);
	return known.filter((url, place) => known.findIndex((one) => sameReceiver(one, url)) === place);
}
