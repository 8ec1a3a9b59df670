import type { CallbackAddress } from '../address/callbackAddress';

/** One callback address that this process has registered with the vendor. */
export interface Registration extends CallbackAddress {
	/** Names the trigger node (`triggerIdOf`). */
	triggerId: string;
	/** Whether it is the address of a test run. */
	test: boolean;
	/** Names the developer account (`credentialKey`). */
	accountKey: string;
	/** The whole address it took the place of, to be given back to. */
	previous?: string;
}

/**
 * What this process has registered, oldest first. The vendor keeps one address per developer
 * account, so of those with one account the last one receives the callbacks.
 */
let registrations: readonly Registration[] = [];

/** Notes a registration as the newest; an older one of the same address goes. */
export function remember(registration: Registration): void {
	forget(registration.address);
	registrations = [...registrations, registration];
}

/** Notes a registration of which another one has taken the place. */
export function rememberAsOldest(registration: Registration): void {
	forget(registration.address);
	registrations = [registration, ...registrations];
}

/** Drops what was noted for an address. */
export function forget(address: string): void {
	registrations = registrations.filter((known) => known.address !== address);
}

/** The registration of an address, if this process made it. */
export function registrationAt(address: string): Registration | undefined {
	return registrations.find((known) => known.address === address);
}

/** The registration that this process made for a trigger node. */
export function registrationOf(triggerId: string, test: boolean): Registration | undefined {
	return registrations.find((known) => known.triggerId === triggerId && known.test === test);
}

/** Who receives the callbacks of a developer account, as far as this process knows. */
export function latestOf(accountKey: string): Registration | undefined {
	return registrations.filter((known) => known.accountKey === accountKey).at(-1);
}

/** Whether a test run of this process stands in for whoever receives the callbacks of an account. */
export function isTestListening(accountKey: string): boolean {
	return registrations.some((known) => known.accountKey === accountKey && known.test);
}
