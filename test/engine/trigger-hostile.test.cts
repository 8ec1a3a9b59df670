/** Senders that mean harm, or are broken. What n8n itself does with them is in the e2e tests. */
import { request } from 'node:http';

import axios from 'axios';

import { TriggerCase } from '../support/triggerCase.cts';
import type { TriggerHost } from '../support/triggerHost.cts';

const all = TriggerCase.use();
const MB = 1024 * 1024;

/** Without the watchdog, which would register again after each refused body. */
const quiet = { options: { watchdogMinutes: 0 } };

async function active(parameters: object = quiet): Promise<TriggerHost> {
	const host = await all.host({ parameters: parameters as never });
	await host.activate();
	return host;
}

async function post(body: string | Buffer, type = 'application/json', url = all.registered ?? '') {
	const { status } = await axios.post(url, body, {
		headers: { 'content-type': type },
		transformRequest: [(raw: unknown) => raw],
		validateStatus: () => true,
		maxBodyLength: Infinity,
		proxy: false,
	});
	return status;
}

const message = (data: object, type = '60001') =>
	JSON.stringify({ account: 'a', wcId: 'wxid_me', messageType: type, data });

it('takes a message of 10 MB as it is', async () => {
	const host = await active();
	const img = 'A'.repeat(10 * MB);
	expect(await post(message({ newMsgId: '1', img, content: '<msg><img/></msg>' }, '60002'))).toBe(
		200,
	);
	await host.idle();
	expect(host.executions[0].items[0].json).toMatchObject({ data: { img } });
});

it.each([
	['lists', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
	['objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
])('refuses 100,000 levels of %s, and goes on', async (_, nested) => {
	const host = await active();
	for (const type of ['text/plain', 'image/png']) {
		expect(await post(`{"messageType":"60001","data":{"a":${nested}}}`, type)).toBe(400);
	}
	expect(await post(message({ newMsgId: '1', content: 'fine' }))).toBe(200);
	await host.idle();
	expect(host.executions).toHaveLength(1);
});

it('starts nothing for a thousand forged callbacks', async () => {
	const host = await active();
	const forged = [
		host.address,
		`${host.address}?secret=`,
		`${host.address}?secret=${'x'.repeat(43)}`,
	];
	const statuses = await Promise.all(
		Array.from(
			{ length: 300 },
			async (__, index) =>
				await post(message({ newMsgId: String(index) }), 'application/json', forged[index % 3]),
		),
	);
	expect(new Set(statuses)).toEqual(new Set([401]));
	await host.idle();
	expect(host.executions).toHaveLength(0);
});

it('keeps names that would change objects as mere names', async () => {
	const host = await active();
	const body =
		'{"messageType":"60001","__proto__":{"polluted":1},"data":{"newMsgId":"1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"content":"hi"}}';
	expect(await post(body, 'text/plain')).toBe(200);
	await host.idle();
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(host.executions[0].items[0].json).toMatchObject({ text: 'hi' });
});

it('does not wait for a sender that never ends its body', async () => {
	const host = await active();
	const url = new URL(all.registered ?? '');
	const slow = request(url, { method: 'POST', headers: { 'content-type': 'image/png' } });
	slow.on('error', () => {});
	slow.write('{"messageType":');
	expect(await post(message({ newMsgId: '1', content: 'meanwhile' }))).toBe(200);
	slow.destroy();
	await host.idle();
	expect(host.executions).toHaveLength(1);
});

describe('senders', () => {
	it('from other addresses are refused before anything else', async () => {
		const host = await active({ options: { allowedSenders: '203.0.113.0/24, 2001:db8::/32' } });
		expect(await post(message({ newMsgId: '1' }))).toBe(403);
		expect(await post('', 'text/plain', host.address)).toBe(403);
		await host.idle();
		expect(host.executions).toHaveLength(0);
	});

	it.each([
		['no proxy', 0, '203.0.113.7', 403],
		['one proxy', 1, '203.0.113.7', 200],
		['one proxy', 1, '203.0.113.7, 198.51.100.1', 403],
		['two proxies', 2, '203.0.113.7, 198.51.100.1', 200],
		['two proxies', 2, '2001:db8::5, 198.51.100.1', 200],
		['one proxy', 1, 'nonsense', 403],
	])('are told apart behind %s (%s hops): %s', async (_, proxyHops, forwardedFor, expected) => {
		const host = await all.host({
			proxyHops,
			parameters: {
				options: { allowedSenders: '203.0.113.0/24, 2001:db8::/32', watchdogMinutes: 0 },
			},
		});
		await host.activate();
		const { status } = await axios.post(all.registered ?? '', message({ newMsgId: '1' }), {
			headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
			validateStatus: () => true,
			proxy: false,
		});
		expect(status).toBe(expected);
		await host.idle();
	});

	it('from allowed addresses are taken', async () => {
		const host = await active({ options: { allowedSenders: '203.0.113.7, 127.0.0.0/8, ::1' } });
		expect(await post(message({ newMsgId: '1' }))).toBe(200);
		await host.idle();
		expect(host.executions).toHaveLength(1);
	});
});

it.each([
	['{"ok":true}', { ok: true }],
	['done', 'done'],
])(
	'answers "%s" in a workflow that has the earlier option Answer Body',
	async (answerBody, expected) => {
		const host = await active({ events: ['60001'], options: { answerBody, watchdogMinutes: 0 } });
		const answers = await Promise.all(
			['60001', '80001'].map(async (type, index) => {
				const { data, status } = await axios.post<unknown>(
					all.registered ?? '',
					message({ newMsgId: String(index) }, type),
					{ headers: { 'content-type': 'application/json' }, proxy: false },
				);
				return [status, data];
			}),
		);
		expect(answers).toEqual([
			[200, expected],
			[200, expected],
		]);
		await host.idle();
	},
);
