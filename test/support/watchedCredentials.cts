import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { TestCredentials } from './credentials.cts';

/** Credentials that see every request right before it is sent, in the order in which calls start. */
export class WatchedCredentials extends TestCredentials {
	/** The bodies so far. */
	readonly bodies: string[] = [];
	/** Runs before the request with this number, counted from 1. */
	before: (number: number) => void = () => {};

	/** How often n8n decrypted the credential. */
	decryptions = 0;

	override async getDecrypted() {
		this.decryptions += 1;
		return await super.getDecrypted();
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
	) {
		this.before(this.bodies.push(String(options.body)));
		return await super.authenticate(credentials, type, options);
	}
}
