import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
} from 'n8n-workflow';
import { ICredentials, ICredentialsHelper } from 'n8n-workflow';

import { EyunApi } from '../../credentials/EyunApi.credentials.ts';

/**
 * n8n's credential store in memory, with the rules of n8n's own helper: `preAuthentication` runs
 * when the expirable hidden field is empty or the server answered 401, and its result is stored.
 */
export class TestCredentials extends ICredentialsHelper {
	/** How often n8n logged in. */
	logins = 0;

	private readonly type = new EyunApi();

	constructor(public stored: ICredentialDataDecryptedObject) {
		super();
		const defaults = this.type.properties.map(({ name, default: value }) => [name, value]);
		this.stored = { ...Object.fromEntries(defaults), ...stored };
	}

	getParentTypes() {
		return [];
	}

	isCredentialUsableByNode() {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	) {
		return await this.type.authenticate(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		_node: INode,
		expired: boolean,
	) {
		if (credentials.sessionToken !== '' && !expired) return undefined;
		this.logins += 1;
		const output = await this.type.preAuthentication.call(helpers, credentials);
		this.stored = { ...this.stored, ...output };
		return Object.assign(credentials, output);
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('not used by the engine');
	}

	async getDecrypted() {
		return { ...this.stored };
	}

	async updateCredentials(
		_node: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	) {
		this.stored = data;
	}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties() {
		return this.type.properties;
	}
}
