import { useSimulator } from '../support/useSimulator.cts';
import { jsons, runNode } from '../support/engine.cts';
import { WatchedCredentials } from '../support/watchedCredentials.cts';
import { textToFriend } from '../support/usedCredentials.cts';

/** n8n's database is asked for the credential once for many calls, and again when it was changed. */

const simulator = useSimulator({ strict: true });
let credentials: WatchedCredentials;

beforeEach(() => {
	simulator.control.clearRequests();
	credentials = new WatchedCredentials({
		baseUrl: simulator.url,
		token: simulator.defaults.token,
	});
});

const send = (count: number, setup: object = {}) =>
	runNode({
		credentials,
		parameters: textToFriend(simulator, '={{ $json.text }}'),
		input: Array.from({ length: count }, (_, n) => ({ text: `Text ${n}` })),
		...setup,
	});
const tokens = () =>
	simulator.control.requests('/sendText').map(({ headers }) => headers.authorization);

it('decrypts the credential once for many sends', async () => {
	const { items } = await send(50);
	expect(items).toHaveLength(50);
	expect(credentials.decryptions).toBe(1);
});

it('decrypts it once for sends that run at the same time', async () => {
	const { items } = await send(50, {
		parameters: { ...textToFriend(simulator, '={{ $json.text }}'), options: { concurrency: 5 } },
	});
	expect(items).toHaveLength(50);
	expect(credentials.decryptions).toBe(1);
});

it('opens the session of a fresh credential once, not at every call', async () => {
	await send(10);
	expect(credentials.logins).toBe(1);
	await send(10);
	expect(credentials.logins).toBe(1);
});

it.each([
	['HTTP 401', { kind: 'http401' as const }],
	[
		'a refusal inside HTTP 200',
		{ kind: 'vendorFailure' as const, message: 'Authorization 验证失败' },
	],
])('takes a token that was put in meanwhile after %s', async (_, fault) => {
	const good = simulator.defaults.token;
	const old = 'the-old-token';
	credentials.stored = { ...credentials.stored, token: old, sessionToken: 'server reached' };
	credentials.before = (number) => {
		// The first send goes out with the old token and is refused; then the user pastes the new one.
		if (number !== 1) return;
		simulator.control.fault({ ...fault, path: '/sendText' });
		credentials.stored = { ...credentials.stored, token: good };
	};
	const result = await send(3, { continueOnFail: true });
	expect(jsons(result).map(({ error }) => error !== undefined)).toEqual([true, false, false]);
	expect(tokens().at(0)).toBe(old);
	expect(tokens().slice(-2)).toEqual([good, good]);
});

it('reads it anew in the next execution', async () => {
	await send(1);
	credentials.stored = { ...credentials.stored, token: 'revoked' };
	const { error } = await send(1);
	expect(tokens().at(-1)).toBe('revoked');
	expect(error).toBeDefined();
});
