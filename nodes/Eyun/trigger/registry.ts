/** One callback address that this process has registered with the vendor. */
export interface Registration {
	/** The webhook address n8n gave the node, without secret; a test run has one of its own. */
	address: string;
	/** Names the trigger node (`triggerIdOf`). */
	triggerId: string;
	/** Whether it is the address of a test run. */
	test: boolean;
	/** The n8n credential, which stands for the vendor's developer account. */
	credentialId: string;
	secret: string;
}

/**
 * What this process has registered, oldest first. The vendor keeps one address per developer
 * account, so of those with one credential the last one receives the callbacks.
 */
let registrations: readonly Registration[] = [];

/** Notes a registration as the newest; an older one of the same address goes. */
export function remember(registration: Registration): void {
	forget(registration.address);
	registrations = [...registrations, registration];
}

/** Drops what was noted for an address. */
export function forget(address: string): void {
	registrations = registrations.filter((known) => known.address !== address);
}

/** The registration of an address, if this process made it. */
export function registrationAt(address: string): Registration | undefined {
	return registrations.find((known) => known.address === address);
}

/** The secret that this process registered for a trigger node. */
export function registeredSecret(triggerId: string, test: boolean): string | undefined {
	return registrations.find((known) => known.triggerId === triggerId && known.test === test)
		?.secret;
}

/** Who receives the callbacks of a credential, as far as this process knows. */
export function receiverOf(credentialId: string): Registration | undefined {
	return registrations.filter((known) => known.credentialId === credentialId).at(-1);
}
