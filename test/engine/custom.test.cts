import { useSimulator } from '../support/useSimulator.cts';
import { TestCredentials } from '../support/credentials.cts';
import { jsons, runNode } from '../support/engine.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Custom: Call Any Endpoint. The simulator's default world knows every path the catalogue does. */

const simulator = useSimulator();
let credentials: TestCredentials;
beforeEach(async () => {
	credentials = await usedCredentials(simulator);
});

const run = (parameters: object, more: object = {}) =>
	runNode({
		credentials,
		parameters: { resource: 'custom', operation: 'request', ...parameters },
		...more,
	});

const sent = () => simulator.control.requests();

describe('what is sent', () => {
	it('is JSON text with every digit', async () => {
		const { wId, friend } = simulator.defaults;
		const body = `{"wId":"${wId}","wcId":"${friend}","content":"7365193471029381234","extra":{"id":7365193471029381234,"n":1.5}}`;
		const [answer] = jsons(await run({ path: '/sendText', body }));
		expect(sent().map((request) => [request.path, request.body])).toEqual([['/sendText', body]]);
		expect(sent()[0].headers.authorization).toBe(simulator.defaults.token);
		expect(answer.newMsgId).toBe(String(simulator.control.messages()[0].newMsgId));
	});

	it('is JSON text with an id from the item', async () => {
		await run(
			{ path: '/anything', body: '={ "newMsgId": {{ $json.id }}, "text": "{{ $json.id }}" }' },
			{ input: [{ id: '7365193471029381234' }] },
		);
		expect(sent()[0].body).toBe('{"newMsgId":7365193471029381234,"text":"7365193471029381234"}');
	});

	it('is an object from an expression, its texts left alone', async () => {
		await run(
			{ path: '/anything', body: '={{ $json }}' },
			{ input: [{ newMsgId: '7365193471029381234', n: 5, list: [null, true] }] },
		);
		expect(sent()[0].body).toBe('{"newMsgId":"7365193471029381234","n":5,"list":[null,true]}');
	});

	it('is an empty object where there is nothing to say', async () => {
		const { wId } = simulator.defaults;
		const [account] = jsons(await run({ path: '/queryLoginWx' }));
		expect(account).toMatchObject({ wId });
		await run({ path: '/queryLoginWx', body: '' });
		expect(sent().map(({ body }) => body)).toEqual(['{}', '{}']);
	});

	it('may have a query', async () => {
		await run({ path: ' /anything/at/all?page=..&of=1 ' });
		expect(sent()[0]).toMatchObject({ method: 'POST', path: '/anything/at/all' });
	});
});

describe('what is refused before anything is sent', () => {
	it.each([
		['={{ "" }}', 'must begin with one /'],
		['sendText', 'must begin with one /'],
		['https://example.com/sendText', 'must begin with one /'],
		['//example.com/sendText', 'must begin with one /'],
		['/\\example.com', 'must not contain spaces'],
		['/a b', 'must not contain spaces'],
		['/a#b', 'must not contain spaces'],
		['/../admin', 'must not contain . or ..'],
		['/a/..', 'must not contain . or ..'],
		['/a/%2E./b', 'must not contain . or ..'],
	])('the path %j', async (path, message) => {
		const { error } = await run({ path });
		expect(error?.message).toContain(`"Path" (path) ${message}`);
		expect(sent()).toEqual([]);
	});

	it.each([
		['{"a":', 'is not JSON'],
		['[1]', 'must be a JSON object'],
		['"text"', 'must be a JSON object'],
		['7365193471029381234', 'must be a JSON object'],
		['={{ [1] }}', 'must be a JSON object'],
		['={{ ({ list: [{ id: 7365193471029381234 }] }) }}', 'has already rounded'],
	])('the body %j', async (body, message) => {
		const { error } = await run({ path: '/anything', body });
		expect(error?.message).toContain('"Body" (body) ');
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[item 0]');
		expect(sent()).toEqual([]);
	});
});

describe('what comes back', () => {
	it('is the whole answer when asked for', async () => {
		const [answer] = jsons(await run({ path: '/queryLoginWx', options: { fullResponse: true } }));
		expect(answer).toMatchObject({ code: '1000', data: [{ wcId: simulator.defaults.wcId }] });
	});

	it('never shows a token', async () => {
		const { account, password } = simulator.defaults;
		const [answer] = jsons(
			await run({ path: '/member/login', body: JSON.stringify({ account, password }) }),
		);
		expect(answer).toMatchObject({ Authorization: '***' });
		expect(sent()[0].headers.authorization).toBeUndefined();
	});

	it('is the same error as everywhere, without passwords', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/new', message: '密码 hunter22 错误' });
		const { error } = await run({ path: '/new', body: '{"proxy":{"proxyPassword":"hunter22"}}' });
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: null,
			message: 'Eyun refused: 密码 *** 错误 (code 1001) [item 0]',
			context: { itemIndex: 0, endpoint: '/new', code: '1001' },
		});
	});

	it('respects the timeout', async () => {
		simulator.control.fault({ kind: 'latency', ms: 3_000, path: '/new' });
		const { error } = await run({ path: '/new', options: { timeout: 0.2 } });
		expect(error?.message).toContain('did not answer in time');
	});
});

describe('when no answer comes', () => {
	const cut = (path: string, kind: 'reset' | 'resetAfter' = 'resetAfter') =>
		simulator.control.fault({ kind, path });

	it('nothing is repeated', async () => {
		cut('/new', 'reset');
		expect((await run({ path: '/new' })).error?.description).toContain('did not send it again');
		expect(sent()).toHaveLength(1);
	});

	it('an endpoint that only reads is asked again', async () => {
		cut('/isOnline');
		const { wId } = simulator.defaults;
		const body = JSON.stringify({ wId });
		expect(jsons(await run({ path: '/isOnline', body, reads: true }))).toEqual([
			{ isOnline: true },
		]);
		expect(sent()).toHaveLength(2);
	});

	it('an unknown endpoint that only reads is asked again', async () => {
		cut('/new', 'reset');
		await run({ path: '/new', reads: true });
		expect(sent()).toHaveLength(2);
	});

	it('what is known to send is not repeated, whatever the switch says', async () => {
		cut('/sendText');
		const { wId, friend: wcId } = simulator.defaults;
		const body = JSON.stringify({ wId, wcId, content: 'once' });
		const { error } = await run({ path: '/sendText?again=1', body, reads: true });
		expect(error?.description).toContain('did not send it again');
		expect(simulator.control.messages()).toHaveLength(1);
	});
});
