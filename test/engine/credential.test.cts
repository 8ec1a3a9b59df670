import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { closedPort } from '../support/closedPort.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { EyunApi } from '../../credentials/EyunApi.credentials.ts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { textToFriend } from '../support/usedCredentials.cts';

/** Both ways in, and where the token may go. */

const simulator = useSimulator();

const accountLogin = (more: object = {}) =>
	new TestCredentials({
		baseUrl: simulator.url,
		authentication: 'account',
		account: simulator.defaults.account,
		password: simulator.defaults.password,
		...more,
	});
const withToken = (more: object = {}) =>
	new TestCredentials({ baseUrl: simulator.url, token: simulator.defaults.token, ...more });
const read = (credentials: TestCredentials) =>
	runNode({ credentials, parameters: { resource: 'account', operation: 'getOnline' } });
const paths = () => simulator.control.requests().map(({ path }) => path);

describe('a pasted token', () => {
	it.each([
		{ kind: 'http401' as const },
		{ kind: 'vendorFailure' as const, message: 'Authorization 无效' },
		{ kind: 'vendorFailure' as const, code: 401, message: '失败' },
		{ kind: 'answer' as const, status: 502, code: 401, message: 'token expired' },
	])('that is refused is not sent again: %j', async (fault) => {
		const credentials = withToken();
		jsons(await read(credentials));
		simulator.control.clearRequests();
		simulator.control.fault({ ...fault, path: '/sendText', times: 0 });
		const { error } = await runNode({
			credentials,
			parameters: { ...textToFriend(simulator, 'hello') },
		});
		expect(error?.message).toBeDefined();
		expect(paths()).toEqual(['/sendText']);
		simulator.control.clearFaults();
	});
});

describe('a credential of an earlier version, which began with the token', () => {
	const { properties } = new EyunApi();
	/** As n8n reads it: with all defaults, without what is not shown (credentials-helper.js). */
	const asRead = (stored: INodeParameters) =>
		NodeHelpers.getNodeParameters(properties, stored, true, false, null, null);

	it('keeps it, though n8n stored no way to sign in', () => {
		const stored = { baseUrl: 'http://example.com', token: 'pasted' };
		expect(asRead(stored)).toMatchObject({ ...stored, authentication: 'account', account: '' });
		const explicit = { ...stored, authentication: 'token' };
		expect(asRead(explicit)).toMatchObject(explicit);
	});

	it('goes by the token', async () => {
		const credentials = withToken();
		expect(credentials.stored.authentication).toBe('account');
		jsons(await read(credentials));
		expect(paths()).not.toContain('/member/login');
	});

	it('leaves no token beside account and password', () => {
		const stored = { baseUrl: 'http://example.com', account: '187', password: 'p' };
		const read = asRead({ ...stored, token: 'earlier' });
		expect(read).toMatchObject({ ...stored, authentication: 'account' });
		expect(read).not.toHaveProperty('token');
	});
});

describe('account and password', () => {
	it('logs in once and keeps the token', async () => {
		const credentials = accountLogin();
		for (let run = 0; run < 3; run++) jsons(await read(credentials));
		expect(paths()).toEqual(['/member/login', '/queryLoginWx', '/queryLoginWx', '/queryLoginWx']);
		expect(credentials.stored.sessionToken).toContain(
			simulator.world.accounts.get(simulator.defaults.account)?.loginToken,
		);
	});

	it('logs in anew when the stored token belongs to other log-in data', async () => {
		const credentials = accountLogin();
		jsons(await read(credentials));
		const other = 'another-password';
		simulator.world.accounts.get(simulator.defaults.account)!.password = other;
		credentials.stored = { ...credentials.stored, password: other };
		simulator.control.clearRequests();
		jsons(await read(credentials));
		expect(paths()).toEqual(['/member/login', '/queryLoginWx']);
	});

	it.each([
		['HTTP 401', { kind: 'http401' as const }],
		[
			'a refusal that names the token',
			{ kind: 'vendorFailure' as const, message: 'Authorization 无效' },
		],
		[
			'code 401 in a success of HTTP',
			{ kind: 'vendorFailure' as const, code: 401, message: '请重新登录' },
		],
	])('logs in once more after %s, and then sends once', async (_what, fault) => {
		const credentials = accountLogin();
		jsons(await read(credentials));
		simulator.control.clearRequests();
		simulator.control.fault({ ...fault, path: '/sendText' });
		const result = await runNode({
			credentials,
			parameters: { ...textToFriend(simulator, 'hello') },
		});
		expect(result.error).toBeUndefined();
		expect(paths()).toEqual(['/sendText', '/member/login', '/sendText']);
		expect(simulator.control.messages()).toHaveLength(1);
	});

	it.each([
		[
			{ password: 'wrong' },
			undefined,
			'Eyun refused account and password: 用户名或密码错误 (code 1001)',
		],
		[{}, 1 as const, 'The Eyun account is frozen (status 1)'],
		[{}, 2 as const, 'The Eyun account has expired (status 2)'],
		[{ password: '' }, undefined, 'Account and password are both needed to log in'],
	])('says why it cannot log in: %j, status %j', async (fields, status, message) => {
		if (status) simulator.world.accounts.get(simulator.defaults.account)!.status = status;
		const { error } = await read(accountLogin(fields));
		expect(error?.message).toContain(message);
	});
});

describe('a pasted token', () => {
	it('is sent as it is', async () => {
		jsons(await read(withToken({ token: ` ${simulator.defaults.token}\n` })));
		expect(simulator.control.requests().at(-1)?.headers.authorization).toBe(
			simulator.defaults.token,
		);
	});

	it('goes behind a prefix on request', async () => {
		await read(withToken({ headerPrefix: ' Bearer ' }));
		expect(simulator.control.requests().at(-1)?.headers.authorization).toBe(
			`Bearer ${simulator.defaults.token}`,
		);
	});

	it('that is wrong gets advice', async () => {
		const { error } = await read(withToken({ token: 'wrong' }));
		expect(error?.description).toContain('Check the Authorization token in the credential');
	});
});

describe('the base URL', () => {
	it.each([' http://HOST/ ', 'http://HOST///', '\thttp://HOST\n'])(
		'may be written %j',
		async (form) => {
			const { host } = new URL(simulator.url);
			jsons(await read(withToken({ baseUrl: form.replace('HOST', host) })));
		},
	);

	it('may have a path of its own', async () => {
		const credentials = withToken({ baseUrl: `${simulator.url}/gateway/` });
		expect((await read(credentials)).error?.message).toContain('is not an Eyun server');
		const options = await new EyunApi().authenticate(credentials.stored, { url: '/sendText' });
		expect(options.url).toBe(`${simulator.url}/gateway/sendText`);
	});

	it('that is a web page instead of E云 is called by its name', async () => {
		simulator.control.fault({ kind: 'html', times: 0 });
		expect((await read(withToken())).error?.message).toContain(
			'is not an Eyun server: it sent a web page instead of JSON',
		);
	});

	it('that cannot be reached is called by its name', async () => {
		const baseUrl = `http://127.0.0.1:${await closedPort()}`;
		expect((await read(withToken({ baseUrl }))).error?.message).toContain(
			`The Eyun server at ${baseUrl} cannot be reached: The Eyun server refused the connection`,
		);
	});

	it('that has https although the server has none is called by its name', async () => {
		const baseUrl = simulator.url.replace('http:', 'https:');
		expect((await read(accountLogin({ baseUrl }))).error?.message).toContain(
			'does not speak https there. Perhaps the Base URL must start with http://',
		);
	});
});

describe('a token with something around it', () => {
	it.each([
		['Bearer TOKEN', 'begins with the word "Bearer"'],
		['authorization: TOKEN', 'begins with the word "authorization"'],
		['"TOKEN"', 'begins with a quotation mark'],
	])('%s is called so, and not sent', async (form, words) => {
		const token = form.replace('TOKEN', simulator.defaults.token);
		const credentials = withToken({ token });
		const { error } = await read(credentials);
		expect(error?.message).toContain(words);
		expect(error?.message).not.toContain(simulator.defaults.token);
		expect(paths()).toEqual([]);
	});
});

describe('the token', () => {
	const authenticate = (url: string) =>
		new EyunApi().authenticate(withToken({ baseUrl: 'http://api.example.com:9899' }).stored, {
			url,
		});

	it.each([
		'http://evil.example.com/',
		'http://api.example.com/',
		'https://api.example.com:9899/x',
		'http://api.example.com:9899@evil.example.com/',
	])('does not go to %s', async (url) => {
		await expect(authenticate(url)).rejects.toThrow('Its token is not sent to');
	});

	it('goes to an address on the same server, for the HTTP Request node', async () => {
		const { headers, disableFollowRedirect } = await authenticate(
			'http://api.example.com:9899/sendText',
		);
		expect(headers).toMatchObject({ Authorization: simulator.defaults.token });
		expect(disableFollowRedirect).toBe(true);
	});

	it('does not follow a redirect', async () => {
		const { createServer } = await import('node:http');
		const server = createServer((_request, response) => {
			response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as { port: number };
		const credentials = withToken({
			baseUrl: `http://127.0.0.1:${port}`,
			sessionToken: 'server reached',
		});
		const { error } = await read(credentials);
		server.close();
		expect(error?.message).toContain('The Base URL redirects to http://127.0.0.1:1/');
	});
});

it('calls that log in at the same time go through, although each log-in ends the token of the others', async () => {
	const shared = accountLogin();
	jsons(await read(shared));
	// As after a log-in by somebody else: the stored token is worth nothing any more.
	const account = simulator.world.accounts.get(simulator.defaults.account);
	if (account) account.loginToken = 'another';
	const results = await Promise.all([read(shared), read(shared), read(shared)]);
	for (const result of results) expect(jsons(result)).toHaveLength(1);
});

it('executions that begin together log in once', async () => {
	const log = () => simulator.control.requests('/member/login').length;
	const before = log();
	// Each decrypts the credential by itself, before any of them has logged in.
	const results = await Promise.all([1, 2, 3].map(async () => await read(accountLogin())));
	for (const result of results) expect(jsons(result)).toHaveLength(1);
	expect(log() - before).toBe(1);
});
