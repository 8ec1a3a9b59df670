import { useSimulator } from '../support/useSimulator.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';

const sim = useSimulator();
const hosts: TriggerHost[] = [];

afterEach(async () => {
	await Promise.all(hosts.splice(0).map(async (host) => await host.stop()));
});

async function start(setup: Partial<HostSetup> = {}) {
	const credentials = { baseUrl: sim.url, token: sim.defaults.token };
	const host = await TriggerHost.start({ credentials, ...setup });
	hosts.push(host);
	return host;
}

/** What the vendor has been told, in short. */
function registrations() {
	return ['/setHttpCallbackUrl', '/cancelHttpCallbackUrl']
		.flatMap((path) => sim.control.requests(path))
		.sort((a, b) => a.number - b.number)
		.map(({ path, body }) => {
			const { httpUrl } = JSON.parse(body) as { httpUrl: string };
			return path === '/cancelHttpCallbackUrl' ? 'cancelled' : httpUrl;
		});
}

const secretOf = (url: string) => new URL(url).searchParams.get('secret');
const withoutSecret = (url: string) => url.replace(/\?.*/, '');

async function hears(host: TriggerHost, times = 1) {
	const before = host.executions.length;
	const said = await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	await host.idle();
	return said.delivered && host.executions.length === before + times;
}

it('registers the production address with a secret of 256 bits, and answers the check', async () => {
	const host = await start();
	await host.activate();
	const [request] = sim.control.requests('/setHttpCallbackUrl');
	const { httpUrl, type } = JSON.parse(request.body) as { httpUrl: string; type: number };
	expect(type).toBe(2);
	expect(withoutSecret(httpUrl)).toBe(host.address);
	expect(Buffer.from(secretOf(httpUrl) ?? '', 'base64url')).toHaveLength(32);
	await host.answersReach(1);
	expect(host.answers).toEqual([200]);
	expect(sim.control.pushes()).toMatchObject([{ messageType: '00000' }]);
	expect(host.executions).toHaveLength(0);
	expect(await hears(host)).toBe(true);
});

it('registers the same secret again when n8n starts, and a new one when activated anew', async () => {
	const host = await start();
	await host.activate();
	host.restart();
	await host.activate('init');
	expect(await hears(host)).toBe(true);
	await host.deactivate();
	await host.activate();
	expect(await hears(host)).toBe(true);
	const [first, atStart, cancelled, anew] = registrations();
	expect(atStart).toBe(first);
	expect(cancelled).toBe('cancelled');
	expect(withoutSecret(anew)).toBe(withoutSecret(first));
	expect(secretOf(anew)).not.toBe(secretOf(first));
});

it('resumes a vendor that paused, by registering at the start of n8n', async () => {
	// Without the trigger in its process, so that n8n's own answer says that it could not store the event.
	const host = await start({ withTrigger: false });
	await host.activate();
	host.database.startFailure = new Error('no database');
	expect(await hears(host)).toBe(false);
	host.database.startFailure = undefined;
	expect(await hears(host)).toBe(false);
	host.restart();
	await host.activate('init');
	expect(await hears(host)).toBe(true);
});

it('cancels on deactivation, and forgets the secret', async () => {
	const host = await start();
	await host.activate();
	await host.deactivate();
	expect(registrations()).toEqual([expect.any(String), 'cancelled']);
	expect(JSON.stringify(host.staticData)).not.toContain('secret');
	await host.deactivate();
	expect(registrations()).toHaveLength(2);
});

it('deactivates although the vendor does not cancel, and says what to do', async () => {
	const host = await start();
	await host.activate();
	sim.control.fault({ kind: 'http500', path: '/cancelHttpCallbackUrl', times: 9 });
	await host.deactivate();
	expect(host.warnings).toEqual([expect.stringContaining('Cancel Callback Address')]);
	expect(host.staticData).toEqual({ 'node:Eyun WeChat Trigger': {} });
});

describe('an address the vendor cannot reach', () => {
	const credentials = { baseUrl: 'http://api.example.com:9899', token: 'a-token' };

	it.each(['http://localhost:5678', 'http://192.168.1.5:5678', 'http://n8n'])(
		'%s is refused with what to set',
		async (webhookBase) => {
			const host = await start({ credentials, webhookBase });
			const failure = await host.activate().catch((error: unknown) => error);
			expect(failure).toMatchObject({
				name: 'NodeOperationError',
				message: expect.stringContaining(webhookBase),
				description: expect.stringContaining('WEBHOOK_URL'),
			});
			expect(JSON.stringify(host.staticData)).not.toContain('secret');
		},
	);
});

describe('a refusal by the vendor', () => {
	it('is reported without the secret, and leaves nothing behind', async () => {
		const host = await start({ credentials: { baseUrl: sim.url, token: 'not the token' } });
		const failure: unknown = await host.activate().catch((error: unknown) => error);
		expect(failure).toMatchObject({
			name: 'NodeApiError',
			context: { endpoint: '/setHttpCallbackUrl' },
		});
		expect(JSON.stringify(failure)).not.toContain('secret=');
		await host.deactivate();
		expect(registrations().filter((each) => each === 'cancelled')).toEqual([]);
	});

	it('at the start of n8n does not cut off what still works', async () => {
		const host = await start();
		await host.activate();
		host.restart();
		sim.control.fault({ kind: 'http500', path: '/setHttpCallbackUrl', times: 9 });
		await host.activate('init');
		expect(host.warnings).toEqual([expect.stringContaining('registration')]);
		expect(host.warnings.join()).not.toContain('secret=');
		sim.control.clearFaults();
		expect(await hears(host)).toBe(true);
	});
});

describe('a test run', () => {
	it('receives, then restores production', async () => {
		const host = await start();
		await host.activate();
		await host.listen();
		// Twice: in the test, and in production, to which it is handed on.
		expect(await hears(host, 2)).toBe(true);
		await host.stopListening();
		expect(await hears(host)).toBe(true);
		const [production, test, restored] = registrations();
		expect(test).toContain('/webhook-test/');
		expect(secretOf(test)).not.toBe(secretOf(production));
		expect(restored).toBe(production);
	});

	it('restores the address after a restart of n8n too', async () => {
		const host = await start();
		await host.activate();
		host.restart();
		await host.activate('init');
		await host.listen();
		await host.stopListening();
		expect(registrations().at(-1)).toBe(registrations()[0]);
	});

	it('that cannot begin leaves production alone', async () => {
		const host = await start();
		await host.activate();
		sim.control.fault({ kind: 'vendorFailure', path: '/setHttpCallbackUrl', times: 1 });
		await expect(host.listen()).rejects.toThrow();
		await host.stopListening();
		expect(registrations()).not.toContain('cancelled');
		expect(await hears(host)).toBe(true);
	});

	it('cancels when nothing was active', async () => {
		const host = await start();
		await host.listen();
		await host.stopListening();
		expect(registrations().at(-1)).toBe('cancelled');
	});
});

describe('two workflows on one developer account', () => {
	it('the one that took over restores the address when it is deactivated', async () => {
		const first = await start();
		await first.activate();
		const second = await start({
			workflowId: 'workflow-2',
			sharesProcessWith: first,
			parameters: { onConflict: 'takeOver' },
		});
		await second.activate();
		expect(await hears(second)).toBe(true);
		await second.deactivate();
		expect(await hears(first)).toBe(true);
	});

	it('the one that was pushed out does not cancel the other', async () => {
		const first = await start();
		await first.activate();
		const second = await start({
			workflowId: 'workflow-2',
			sharesProcessWith: first,
			parameters: { onConflict: 'takeOver' },
		});
		await second.activate();
		await first.deactivate();
		expect(registrations()).not.toContain('cancelled');
		expect(await hears(second)).toBe(true);
	});
});
