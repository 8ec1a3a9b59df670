/** How the editor in the browser speaks to n8n: JSON over HTTP, with a cookie after the login. */
import axios, { type AxiosInstance } from 'axios';

/** The user who sets up an n8n. */
export interface Owner {
	email: string;
	password: string;
}

/** n8n said no. The text holds the call, the status and n8n's own message. */
export class N8nRefusal extends Error {
	constructor(
		readonly call: string,
		readonly status: number,
		readonly body: unknown,
	) {
		const message = (body as { message?: unknown } | undefined)?.message ?? JSON.stringify(body);
		super(`n8n answered ${status} to ${call}: ${String(message)}`);
		this.name = 'N8nRefusal';
	}
}

/** Any constant text; n8n binds the login cookie to it. */
const BROWSER_ID = 'n8n-nodes-eyun-scripts';

/** One browser at one n8n. */
export class N8nSession {
	private readonly http: AxiosInstance;

	private cookie = '';

	/** `url` without a slash at the end, for example `http://127.0.0.1:5678`. */
	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			proxy: false,
			timeout: 60_000,
			validateStatus: () => true,
			headers: { 'browser-id': BROWSER_ID },
		});
	}

	/** Asks n8n; gives back the `data` of its answer. Throws N8nRefusal. */
	protected async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.http.request<{ data: T }>({
			method,
			url: `/rest${path}`,
			data: body,
			headers: this.cookie ? { cookie: this.cookie } : {},
		});
		if (answer.status >= 400) {
			throw new N8nRefusal(`${method} /rest${path.split('?')[0]}`, answer.status, answer.data);
		}
		const cookies = answer.headers['set-cookie'];
		if (cookies) this.cookie = cookies.map((line) => line.split(';')[0]).join('; ');
		return answer.data.data;
	}

	/** What n8n gives out as a file: JSON, else text. Throws N8nRefusal. */
	protected async file<T>(path: string): Promise<T | string> {
		const { status, data } = await this.http.get<T | string>(path, {
			headers: { cookie: this.cookie },
		});
		if (status >= 400) throw new N8nRefusal(`GET ${path}`, status, data);
		return data;
	}

	/** Makes `owner` the owner of a fresh n8n, or signs in where that has happened already. */
	async signIn(owner: Owner): Promise<'created' | 'signed in'> {
		const settings = await this.call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
			'GET',
			'/settings',
		);
		if (settings.userManagement.showSetupOnFirstLoad) {
			await this.call('POST', '/owner/setup', { ...owner, firstName: 'Eyun', lastName: 'Demo' });
			return 'created';
		}
		const { email, password } = owner;
		await this.call('POST', '/login', { emailOrLdapLoginId: email, password });
		return 'signed in';
	}
}
