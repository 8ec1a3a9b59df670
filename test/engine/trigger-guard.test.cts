/** One callback address for each developer account, and others who may want it. */
import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../../simulator/server.cts';
import { startSimulator } from '../../simulator/server.cts';
import { TestCredentials } from '../support/credentials.cts';
import { TriggerCase } from '../support/triggerCase.cts';
import type { TriggerHost } from '../support/triggerHost.cts';

const all = TriggerCase.use();

async function refusalOf(host: TriggerHost) {
	const failure: unknown = await host.activate().catch((error: unknown) => error);
	return failure as { name: string; message: string; description: string };
}

const takeOver = { parameters: { onConflict: 'takeOver' } };

describe('an address of another system', () => {
	it('stops the activation, and is named without its secrets', async () => {
		const other = await all.otherSystem();
		const host = await all.host();
		const { name, message, description } = await refusalOf(host);
		expect(name).toBe('NodeOperationError');
		expect(message).toContain(other.url);
		expect(description).toContain('Take Over');
		expect(description).toContain('deactivate');
		expect(`${message}${description}`).not.toContain('a%26b');
		expect(all.registered).toBe(other.address);
		expect(JSON.stringify(host.staticData)).not.toContain('secret');
		await host.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('is taken over when asked for, and gets the callbacks back as they were', async () => {
		const other = await all.otherSystem();
		const host = await all.host(takeOver);
		await host.activate();
		expect(await all.say()).toBe(true);
		await host.settled();
		expect(host.executions).toHaveLength(1);
		expect(other.bodies).toHaveLength(0);
		await host.deactivate();
		expect(all.registered).toBe(other.address);
		expect(JSON.stringify(host.staticData)).not.toContain('callback?');
	});

	it('gets them back after a restart of n8n, too', async () => {
		const other = await all.otherSystem();
		const host = await all.host(takeOver);
		await host.activate();
		host.restart();
		await host.activate('init');
		expect(all.registered).toContain(host.address);
		await host.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('that has come since is not cancelled on deactivation', async () => {
		const host = await all.host({ parameters: { options: { watchdogMinutes: 0 } } });
		await host.activate();
		const other = await all.otherSystem();
		await host.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('that was cancelled since stays so', async () => {
		const host = await all.host();
		await host.activate();
		all.register(null);
		await host.deactivate();
		expect(all.registered).toBeUndefined();
		expect(all.sim.control.requests('/cancelHttpCallbackUrl')).toHaveLength(0);
	});

	it('cannot be seen with a pasted token only', async () => {
		await all.otherSystem();
		const host = await all.host({ credentials: all.withToken });
		await host.activate();
		expect(all.registered).toContain(host.address);
	});

	it('is pushed out when n8n starts again, because the trigger was active', async () => {
		const host = await all.host();
		await host.activate();
		const registered = all.registered;
		await all.otherSystem();
		host.restart();
		await host.activate('init');
		expect(all.registered).toBe(registered);
	});

	it('lets the activation fail when the vendor cannot be asked', async () => {
		const host = await all.host();
		all.sim.control.fault({ kind: 'vendorFailure', path: '/member/login', times: 9 });
		expect(await refusalOf(host)).toMatchObject({ name: 'NodeApiError' });
		expect(all.registered).toBeUndefined();
	});
});

describe('another workflow of the same n8n', () => {
	const credentialsOf: Array<[string, () => object]> = [
		['account and password', () => all.withPassword],
		['a token', () => all.withToken],
	];

	it.each(credentialsOf)('goes on beside the second one, with %s', async (_, credentials) => {
		const setup = { credentials: credentials() as never };
		const first = await all.host(setup);
		await first.activate();
		const second = await all.host({
			...setup,
			workflowId: 'workflow-2',
			sharesProcessWith: first,
		});
		await second.activate();
		expect(await all.say()).toBe(true);
		for (const host of [first, second]) {
			await host.idle();
			expect(host.executions).toHaveLength(1);
		}
		await second.deactivate();
		expect(all.registered).toContain(first.address);
	});

	it.each(credentialsOf)('gives and takes in turn, with %s', async (_, credentials) => {
		const setup = { credentials: credentials() as never };
		const first = await all.host(setup);
		await first.activate();
		const second = await all.host({
			...setup,
			...takeOver,
			workflowId: 'workflow-2',
			sharesProcessWith: first,
		});
		await second.activate();
		expect(all.registered).toContain(second.address);
		// The watchdog of the first one leaves the second alone.
		await first.tick();
		expect(all.registered).toContain(second.address);
		await second.deactivate();
		expect(all.registered).toContain(first.address);
		expect(await all.say()).toBe(true);
	});

	it('that was deactivated meanwhile gets nothing back', async () => {
		const first = await all.host();
		await first.activate();
		const { base } = first;
		const second = await all.host({
			...takeOver,
			workflowId: 'workflow-2',
			sharesProcessWith: first,
			webhookBase: base,
		});
		await second.activate();
		await first.deactivate();
		await second.deactivate();
		expect(all.registered).toBeUndefined();
	});

	it.each([
		['first', 'second'],
		['second', 'first'],
	])('keeps what it took over when n8n starts again: %s, then %s', async (...order) => {
		const first = await all.host();
		await first.activate();
		const second = await all.host({
			...takeOver,
			workflowId: 'workflow-2',
			sharesProcessWith: first,
		});
		await second.activate();
		first.restart();
		second.joinProcessOf(first);
		for (const name of order) await (name === 'first' ? first : second).activate('init');
		expect(all.registered).toContain(second.address);
		await second.deactivate();
		expect(all.registered).toContain(first.address);
	});
});

describe('its own address from before', () => {
	it('is no conflict, also under an earlier public address of n8n', async () => {
		const host = await all.host();
		await host.activate();
		// n8n died: nothing was taken back, and somebody activates the workflow by hand.
		host.restart();
		await host.activate('activate');
		expect(all.registered).toContain(host.address);
	});

	it('of a test run that was left behind is no conflict', async () => {
		const host = await all.host();
		await host.listen();
		host.restart();
		await host.activate();
		expect(all.registered).toContain(host.address);
		await host.deactivate();
		expect(all.registered).toBeUndefined();
	});
});

describe('manual callback management', () => {
	const secret = 'a-secret-of-my-own-123';
	const parameters = { callbackManagement: 'manual', manualSecret: secret };

	it('registers and cancels nothing, and takes callbacks with the secret', async () => {
		const host = await all.host({ parameters });
		await host.activate();
		expect(all.registered).toBeUndefined();
		all.register(`${host.address}?secret=${secret}`);
		expect(await all.say()).toBe(true);
		await host.settled();
		expect(host.executions).toHaveLength(1);
		all.register(`${host.address}?secret=wrong`);
		expect(await all.say()).toBe(false);
		all.register(`${host.address}?secret=${secret}`);
		await host.tick();
		await host.deactivate();
		expect(all.registered).toContain(secret);
		const paths = all.sim.control.requests().map(({ path }) => path);
		expect(paths).not.toContain('/setHttpCallbackUrl');
		expect(paths).not.toContain('/cancelHttpCallbackUrl');
	});

	it.each(['', 'too short', 'has spaces in it, and a comma'])(
		'wants a secret that fits: "%s"',
		async (manualSecret) => {
			const host = await all.host({ parameters: { ...parameters, manualSecret } });
			expect((await refusalOf(host)).message).toContain('secret');
		},
	);
});

it.each([
	[{ textMatches: '(?=a)' }, 'Text Matches'],
	[{ textMatches: '(' }, 'Text Matches'],
	[{ allowedSenders: 'example.com' }, 'Allowed Addresses'],
	[{ allowedSenders: ',' }, 'Allowed Addresses'],
	[
		{ groups: ['9@chatroom', 'My group'] },
		'Groups has an entry that is not the ID of a group: My group',
	],
])('does not activate with %j', async (options, name) => {
	const host = await all.host({ parameters: { options } });
	expect((await refusalOf(host)).message).toContain(name);
	expect(all.registered).toBeUndefined();
});

describe('an activation that fails', () => {
	/** Eyun carries the registration out, and no answer comes. */
	const losingAnswers = (times: number) =>
		all.sim.control.fault({ kind: 'resetAfter', path: '/setHttpCallbackUrl', times });

	it('gives the callbacks back that Eyun has sent here nevertheless', async () => {
		const other = await all.otherSystem();
		const host = await all.host(takeOver);
		losingAnswers(3);
		await refusalOf(host);
		expect(all.registered).toBe(other.address);
	});

	it('remembers whom to give back to, over several attempts', async () => {
		const other = await all.otherSystem();
		const host = await all.host(takeOver);
		// None of it gets an answer: neither the registration nor the one that gives back.
		losingAnswers(3);
		all.sim.control.fault({ kind: 'http500', path: '/setHttpCallbackUrl', times: 3 });
		await refusalOf(host);
		await host.activate();
		expect(all.registered).toContain(host.address);
		await host.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('keeps its secret for the next attempt, which a slow Eyun may put in place of the other', async () => {
		const host = await all.host();
		losingAnswers(3);
		all.sim.control.fault({ kind: 'http500', path: '/cancelHttpCallbackUrl', times: 9 });
		await refusalOf(host);
		await host.activate();
		const bodies = all.sim.control.requests('/setHttpCallbackUrl').map(({ body }) => body);
		expect(bodies).toHaveLength(4);
		expect(new Set(bodies).size).toBe(1);
		all.sim.control.clearFaults();
		await host.deactivate();
		await host.activate();
		expect(all.sim.control.requests('/setHttpCallbackUrl').at(-1)?.body).not.toBe(bodies[0]);
	});

	it('cancels nothing where nobody can see who is registered', async () => {
		const other = await all.otherSystem();
		const host = await all.host({ ...takeOver, credentials: all.withToken });
		all.sim.control.fault({ kind: 'vendorFailure', path: '/setHttpCallbackUrl', times: 9 });
		await refusalOf(host);
		expect(all.registered).toBe(other.address);
	});
});

describe('a credential that is switched to another developer account while active', () => {
	let other: Simulator;
	beforeEach(async () => void (other = await startSimulator({ port: 0 })));
	afterEach(async () => await other.stop());
	const otherRegistered = () => [...other.world.accounts.values()][0].callback?.url;

	async function switched(parameters: IDataObject = {}) {
		const credentials = new TestCredentials(all.withPassword);
		const host = await all.host({ credentials, parameters });
		await host.activate();
		credentials.stored = { ...credentials.stored, baseUrl: other.url };
		return host;
	}

	it('registers with the new one at the next check, and says that the old one goes on', async () => {
		const host = await switched();
		await host.tick();
		await host.tick();
		expect(otherRegistered()).toContain(host.address);
		expect(host.warnings).toEqual([expect.stringContaining('Cancel Callback Address')]);
		await host.deactivate();
		expect(otherRegistered()).toBeUndefined();
	});

	it('stops there at an address of another system, as an activation does', async () => {
		const host = await switched();
		const [account] = other.world.accounts.values();
		account.callback = { url: 'http://127.0.0.1:9/other', type: 2 };
		await host.tick();
		expect(otherRegistered()).toBe('http://127.0.0.1:9/other');
		expect(host.warnings.join()).toContain('On Conflict');
	});

	it('says on deactivation that the old registration stays', async () => {
		const host = await switched();
		await host.deactivate();
		expect(all.registered).toContain(host.address);
		expect(host.warnings).toEqual([expect.stringContaining('Cancel Callback Address')]);
	});

	it('says so at the start of n8n', async () => {
		const host = await switched();
		host.restart();
		await host.activate('init');
		expect(otherRegistered()).toContain(host.address);
		expect(host.warnings).toEqual([expect.stringContaining('Cancel Callback Address')]);
	});
});
