import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { runNode } from '../support/engine.cts';

/** Nothing that a server answers may bring a secret into an error, wherever it is cut. */

const simulator = useSimulator();
const TOKEN = 'a-token-"with"-quotes-and-/slashes/-0123456789';
const PASSWORD = 'pass word/"0123456789"';

const answering = (body: string, path: string) =>
	simulator.control.fault({ kind: 'answer', status: 200, body, path, times: 0 });

const shown = async (credentials: TestCredentials, nodeType: 'eyun' | 'eyunTool' = 'eyun') => {
	const { error, run } = await runNode({
		credentials,
		nodeType,
		parameters: {
			resource: 'message',
			operation: 'sendText',
			wId: 'w',
			wcId: simulator.defaults.friend,
			content: 'hi',
		},
	});
	expect(error?.message).toBeDefined();
	// As n8n stores it with the execution, and shows it in banners and logs.
	return `${error?.message} ${error?.description} ${error?.stack} ${JSON.stringify(run.data.resultData)}`;
};

const withToken = () =>
	new TestCredentials({ baseUrl: simulator.url, token: TOKEN, sessionToken: 'server reached' });
const withPassword = () =>
	new TestCredentials({
		baseUrl: simulator.url,
		authentication: 'account',
		account: simulator.defaults.account,
		password: PASSWORD,
	});

/** No ten characters of a secret in a row. */
function expectHidden(text: string, secret: string) {
	for (let at = 0; at + 10 <= secret.length; at++) {
		expect(text).not.toContain(secret.slice(at, at + 10));
		expect(text).not.toContain(JSON.stringify(secret.slice(at, at + 10)).slice(1, -1));
	}
}

afterEach(() => simulator.control.clearFaults());

describe('the token', () => {
	it.each(Array.from({ length: 24 }, (_, index) => 80 + index * 2))(
		'is hidden in a page that repeats it after %s characters, where it is cut',
		async (offset) => {
			answering(`${'x'.repeat(offset)}${TOKEN} and more`, '/sendText');
			expectHidden(await shown(withToken()), TOKEN);
		},
	);

	it.each([
		['a refusal', JSON.stringify({ code: '1001', message: `bad header: ${TOKEN}` })],
		['a long refusal', JSON.stringify({ code: '1001', message: `${'x'.repeat(290)}${TOKEN}` })],
		['an envelope that is none', JSON.stringify({ echo: { Authorization: TOKEN } })],
		['an address', `<a href="/?t=${encodeURIComponent(TOKEN)}">`],
	])('is hidden in %s', async (_, body) => {
		answering(body, '/sendText');
		expectHidden(await shown(withToken()), TOKEN);
		expectHidden(await shown(withToken(), 'eyunTool'), TOKEN);
	});

	it('is hidden in the address of a redirect', async () => {
		simulator.control.fault({
			kind: 'redirect',
			status: 302,
			path: '/sendText',
			headers: { location: `https://example.com/?t=${encodeURIComponent(TOKEN)}` },
		});
		expectHidden(await shown(withToken()), TOKEN);
	});

	it('long texts of the vendor are cut', async () => {
		answering(JSON.stringify({ code: '1001', message: 'x'.repeat(100_000) }), '/sendText');
		expect((await shown(withToken())).length).toBeLessThan(20_000);
	});
});

describe('a log-in', () => {
	const secret = 'eyJhbGciOiJIUzUxMiJ9.0123456789';

	it.each([
		['a refusal that repeats the password', { code: '1001', message: `no: ${PASSWORD}` }],
		['a success in another shape', { token: secret }],
		['a success of another code', { code: 'ok', message: '', data: { Authorization: secret } }],
	])('never shows %s', async (_, body) => {
		answering(JSON.stringify(body), '/member/login');
		const text = await shown(withPassword());
		expectHidden(text, PASSWORD);
		expectHidden(text, secret);
	});

	it.each([20, 60, 100])('never quotes an answer that is cut after %s bytes', async (length) => {
		const body = JSON.stringify({
			code: '1000',
			data: { Authorization: secret, x: 'y'.repeat(90) },
		});
		answering(body.slice(0, length), '/member/login');
		expectHidden(await shown(withPassword()), secret);
	});
});
