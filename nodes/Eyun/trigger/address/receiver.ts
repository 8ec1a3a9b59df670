import type { Registration } from '../state/registrations';
import { registrationAt } from '../state/registrations';
import { meantReceiver } from './callbackAddress';
import type { Holder } from './vendorAddress';

/** The last part of every address of this package's triggers. */
export const WEBHOOK_PATH = 'eyun';

/**
 * The registration of an address, if this process made it.
 *
 * @param url the whole address
 */
export function ownRegistration(url: string): Registration | undefined {
	return registrationAt(url.split('?')[0]);
}

/**
 * Who is meant to receive the callbacks: whoever a test run stands in for, else who is registered.
 *
 * @returns a whole address; undefined when nobody is
 */
export function meantBy(holder: Holder | undefined): string | undefined {
	const known = holder?.url === undefined ? undefined : ownRegistration(holder.url);
	return known?.test ? known.previous : meantReceiver(holder?.url);
}

/**
 * Whether an address is that of a trigger of this n8n which is not active any more: giving the
 * callbacks to it would only make the vendor rest.
 *
 * @param url the whole address
 * @param own an address of this n8n
 */
export function isInactive(url: string, own: string): boolean {
	if (!URL.canParse(url) || ownRegistration(url) !== undefined) return false;
	const { origin, pathname } = new URL(url);
	return origin === new URL(own).origin && pathname.endsWith(`/${WEBHOOK_PATH}`);
}
