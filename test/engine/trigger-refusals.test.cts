import axios from 'axios';
import * as fc from 'fast-check';

import { useSimulator } from '../support/useSimulator.cts';
import { TriggerHost } from '../support/triggerHost.cts';

const sim = useSimulator();
let host: TriggerHost;
let url: string;

beforeEach(async () => {
	host = await TriggerHost.start({
		credentials: { baseUrl: sim.url, token: sim.defaults.token },
		// It registers again after a failed push, which would add check pushes to what is counted here.
		parameters: { options: { watchdogMinutes: 0 } },
	});
	await host.activate();
	await host.answersReach(1);
	url = sim.control.pushes()[0].url ?? '';
});

afterEach(async () => {
	await host.settled();
	await host.stop();
});

let count = 0;
const message = () =>
	JSON.stringify({ messageType: '60001', data: { newMsgId: `id-${++count}`, content: 'hi' } });

async function post(body: string | Buffer, { to = url, type = 'application/json' } = {}) {
	const { status, data } = await axios.post<unknown>(to, body, {
		headers: { 'content-type': type },
		transformRequest: [(raw: unknown) => raw],
		validateStatus: () => true,
		proxy: false,
	});
	return { status, data };
}

describe('the secret', () => {
	it.each([
		['missing', (right: URL) => right.searchParams.delete('secret')],
		['empty', (right: URL) => right.searchParams.set('secret', '')],
		['wrong', (right: URL) => right.searchParams.set('secret', 'x'.repeat(43))],
		['too long', (right: URL) => right.searchParams.set('secret', `${secretOf(right)}x`)],
		['sent twice', (right: URL) => right.searchParams.append('secret', secretOf(right))],
		['under another name', (right: URL) => (right.search = right.search.replace('s', 'S'))],
		['an object', (right: URL) => (right.search = `?secret[a]=${secretOf(right)}`)],
	])('%s: 401, no execution', async (_, spoil) => {
		const to = new URL(url);
		spoil(to);
		const answer = await post(message(), { to: to.href });
		expect(answer.status).toBe(401);
		expect(JSON.stringify(answer.data)).not.toContain(secretOf(new URL(url)));
		expect(host.executions).toHaveLength(0);
	});

	it('is asked for before the body is looked at', async () => {
		expect(await post('', { to: host.address })).toMatchObject({ status: 401 });
		const check = JSON.stringify({ messageType: '00000' });
		expect(await post(check, { to: host.address })).toMatchObject({ status: 401 });
		expect(await post(check, { to: `${host.address}?secret=x` })).toMatchObject({ status: 401 });
	});

	it('never reaches the output', async () => {
		expect(await post(message())).toMatchObject({ status: 200 });
		await host.settled();
		expect(host.executions).toHaveLength(1);
		expect(JSON.stringify(host.executions)).not.toContain(secretOf(new URL(url)));
	});

	it('is not stored yet, in another process, when the check push comes', async () => {
		host.staticData = {};
		host.restart();
		expect(await post('{"messageType":"00000"}')).toMatchObject({ status: 200 });
		expect(await post(message())).toMatchObject({ status: 401 });
		expect(host.executions).toHaveLength(0);
	});

	function secretOf(address: URL): string {
		return address.searchParams.get('secret') ?? '';
	}
});

describe('malformed bodies', () => {
	it.each([
		['empty', ''],
		['a list', '[]'],
		['text in quotes', '"60001"'],
		['without a type', '{"data":{}}'],
		['with data that is none', '{"messageType":"60001","data":[1]}'],
		['too deep', `{"messageType":"60001","data":{"a":${'['.repeat(999)}${']'.repeat(999)}}}`],
	])('%s: 400, no execution', async (_, body) => {
		for (const type of ['application/json', 'text/plain', 'application/octet-stream']) {
			const answer = await post(body, { type });
			expect(answer).toMatchObject({ status: 400, data: { code: '400' } });
		}
		expect(host.executions).toHaveLength(0);
	});

	it('that are not JSON: 400, or 422 by n8n itself when they claim to be', async () => {
		for (const body of ['hello', '{"messageType":"60001"', '<html></html>']) {
			expect(await post(body, { type: 'text/plain' })).toMatchObject({ status: 400 });
			expect(await post(body)).toMatchObject({ status: 422 });
		}
		expect(host.executions).toHaveLength(0);
	});

	it('of any kind are answered with 400, 422 or 200 and break nothing', async () => {
		const type = fc.constantFrom('application/json', 'text/plain', 'image/png', 'a/xml', '');
		const body = fc.oneof(
			fc.string().map((text) => Buffer.from(text)),
			fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
			fc.json().map((text) => Buffer.from(text)),
		);
		await fc.assert(
			fc.asyncProperty(body, type, async (bytes, contentType) => {
				expect([200, 400, 422]).toContain((await post(bytes, { type: contentType })).status);
			}),
			{ numRuns: 150 },
		);
		expect(host.executions).toHaveLength(0);
		expect(await post(message())).toMatchObject({ status: 200 });
	});
});

it.each(['text/plain', 'application/octet-stream', 'text/html; charset=GBK', 'image/png'])(
	'takes JSON under the content type %s',
	async (type) => {
		expect(await post(message(), { type })).toEqual({
			status: 200,
			data: { code: '1000', message: 'ok' },
		});
		await host.settled();
		expect(host.executions).toHaveLength(1);
	},
);

describe('when n8n is slow or fails to start the execution', () => {
	it('the vendor is answered in time, and the execution runs later', async () => {
		let release = () => {};
		host.database.holdBack = new Promise((resolve) => (release = resolve));
		expect(await post(message())).toEqual({ status: 200, data: { code: '1000', message: 'ok' } });
		expect(host.executions).toHaveLength(0);
		release();
		await host.idle();
		expect(host.executions).toHaveLength(1);
		expect(host.answers).toEqual([200, 200]);
	});

	it('answers at once when asked to, and starts in the order of arrival', async () => {
		const eager = await TriggerHost.start({
			credentials: { baseUrl: sim.url, token: sim.defaults.token },
			workflowId: 'workflow-eager',
			parameters: { onConflict: 'takeOver', options: { answerWhen: 'received' } },
		});
		await eager.activate();
		await eager.answersReach(1);
		const to = sim.control.pushes().at(-1)?.url ?? '';
		let release = () => {};
		eager.database.holdBack = new Promise((resolve) => (release = resolve));
		const bodies = Array.from({ length: 20 }, message);
		for (const body of bodies) expect(await post(body, { to })).toMatchObject({ status: 200 });
		expect(await post(bodies[3], { to })).toMatchObject({ status: 200 });
		expect(eager.executions).toHaveLength(0);
		release();
		await eager.idle();
		const ids = eager.executions.map(({ items }) => items[0].json.messageId);
		expect(ids).toEqual(
			bodies.map((body) => (JSON.parse(body) as { data: { newMsgId: string } }).data.newMsgId),
		);
		await eager.stop();
	});
});
