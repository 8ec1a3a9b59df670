/** What the trigger finds out by itself, every few minutes. */
import type { IDataObject } from 'n8n-workflow';

import { TriggerCase } from '../support/triggerCase.cts';
import { holdWaits } from '../support/triggerProcess.cts';
import type { TriggerHost } from '../support/triggerHost.cts';

const all = TriggerCase.use();

/** What has started executions so far, by event. */
async function events(host: TriggerHost) {
	await host.idle();
	for (const { error } of host.executions) if (error) throw error;
	return host.executions.flatMap(({ items }) => items.map(({ json }) => json));
}

/** An active trigger, whose watchdog knows the accounts: n8n does not wait long for that. */
async function active(parameters: { options?: IDataObject; events?: string[] } = {}, more = {}) {
	const host = await all.host({ parameters, ...more });
	await host.activate();
	const isWatching = parameters.options?.watchdogMinutes !== 0;
	while (isWatching && host.accountsOnline === 0) await new Promise((turn) => setImmediate(turn));
	return host;
}

/** Throws the account offline without a word of the vendor. */
function dropSilently(wcId = all.sim.defaults.wcId, reason = 'phone logged out') {
	const instance = all.sim.world.onlineInstance(wcId);
	const hosted = all.sim.world.hosted.get(wcId);
	if (!instance || !hosted) throw new Error(`${wcId} is not online`);
	instance.online = false;
	hosted.offlineReason = reason;
	return instance.wId;
}

const count = (path: string) => all.sim.control.requests(path).length;

describe('accounts', () => {
	it('that go offline are reported once, with the reason, after two checks', async () => {
		const host = await active();
		await host.tick();
		expect(await events(host)).toEqual([]);
		const wId = dropSilently();
		const before = count('/queryLoginWx');
		await host.tick();
		expect(count('/queryLoginWx')).toBeGreaterThanOrEqual(before + 2);
		await host.tick();
		await host.tick();
		expect(await events(host)).toMatchObject([
			{
				event: 'system.offline',
				messageType: '30000',
				chatType: 'system',
				wcId: all.sim.defaults.wcId,
				wId,
				account: all.sim.defaults.account,
				time: expect.stringMatching(/^2/),
				data: { reason: 'phone logged out', source: 'watchdog' },
			},
		]);
		expect(count('/offlineReason')).toBe(1);
	});

	it('that go offline are reported where n8n fails to store that without a word', async () => {
		const host = await active({}, { olderEmit: 'with key' });
		await host.tick();
		dropSilently();
		host.database.failures = 2;
		await host.tick();
		expect(await events(host)).toMatchObject([{ event: 'system.offline' }]);
		expect(host.database.failures).toBe(0);
	});

	it('that are back are reported once, with the new login', async () => {
		const host = await active();
		const lastLogin = dropSilently();
		await host.tick();
		const { wcId, wId } = all.sim.control.online({});
		await host.tick();
		await host.tick();
		expect((await events(host)).slice(1)).toMatchObject([
			{ event: 'system.online', wcId, wId, data: { lastLogin } },
		]);
	});

	it('go and come again, and the reason is asked for once in 12 hours', async () => {
		const host = await active();
		for (let round = 0; round < 3; round++) {
			dropSilently();
			await host.tick();
			all.sim.control.online({});
			await host.tick();
		}
		expect((await events(host)).map(({ event }) => event)).toEqual(
			Array(3).fill(['system.offline', 'system.online']).flat(),
		);
		expect(count('/offlineReason')).toBe(1);
	});

	it('that flicker are not reported', async () => {
		const host = await active();
		const wId = dropSilently();
		const looks = host.tick();
		while (count('/queryLoginWx') < 2) await new Promise((turn) => setImmediate(turn));
		const instance = all.sim.world.instances.get(wId);
		if (instance) instance.online = true;
		await looks;
		await host.tick();
		expect(await events(host)).toEqual([]);
	});

	it('that went offline while n8n was down are reported, those reported before are not', async () => {
		const host = await active();
		const other = all.sim.control.host({ wcId: 'wxid_second' });
		await host.tick();
		dropSilently();
		await host.tick();
		expect(await events(host)).toHaveLength(1);
		host.restart();
		dropSilently(other.wcId);
		await host.activate('init');
		await host.tick();
		await host.tick();
		expect((await events(host)).slice(1)).toMatchObject([
			{ event: 'system.offline', wcId: other.wcId, wId: other.wId },
		]);
		host.restart();
		await host.activate('init');
		all.sim.control.online({});
		await host.tick();
		expect((await events(host)).slice(2)).toMatchObject([{ event: 'system.online' }]);
	});

	it('are those asked for, and events those chosen', async () => {
		const host = await active({ events: ['watchdog.online'] });
		const others = await all.host({
			workflowId: 'workflow-2',
			parameters: { options: { receivingAccounts: ['wxid_x'] }, onConflict: 'takeOver' },
		});
		await others.activate();
		dropSilently();
		for (const each of [host, others]) await each.tick();
		all.sim.control.online({});
		for (const each of [host, others]) await each.tick();
		expect((await events(host)).map(({ event }) => event)).toEqual(['system.online']);
		const theirs = (await events(others)).map(({ event }) => event);
		expect(theirs.filter((event) => event !== 'system.callbackRestored')).toEqual([]);
	});
});

describe('the notice of the vendor that an account went offline', () => {
	it('is reported once when it is true, however often it comes, and the watchdog adds nothing', async () => {
		const host = await active();
		await all.sim.control.offline({ reason: 'kicked' });
		await all.sim.control.repeat({ times: 2 });
		expect(await events(host)).toMatchObject([
			{ event: 'system.offline', data: { reason: 'kicked' } },
		]);
		await host.tick();
		await all.sim.control.repeat();
		expect(await events(host)).toHaveLength(1);
	});

	it('is nothing new when the watchdog was first', async () => {
		const host = await active();
		const wId = dropSilently();
		await host.tick();
		await all.sim.control.push({ messageType: '30000', data: { wId } });
		expect((await events(host)).map(({ event }) => event)).toEqual(['system.offline']);
	});

	it('is answered at once, and reported as a hint when the account is online', async () => {
		const host = await active();
		expect(await all.sim.control.push({ messageType: '30000' })).toMatchObject({ status: 200 });
		expect(await events(host)).toMatchObject([
			{ event: 'system.offlineHint', messageType: '30000' },
		]);
		// Later it is true.
		dropSilently();
		await all.sim.control.repeat();
		expect((await events(host)).map(({ event }) => event)).toEqual([
			'system.offlineHint',
			'system.offline',
		]);
	});

	it('is passed on when nobody can be asked', async () => {
		const host = await active();
		all.sim.control.fault({ kind: 'http500', path: '/queryLoginWx', times: 99 });
		await all.sim.control.push({ messageType: '30000' });
		expect(await events(host)).toMatchObject([{ event: 'system.offline' }]);
		expect(host.warnings.join()).toContain('could not be asked');
	});

	it('is passed on as it comes without the watchdog', async () => {
		const host = await active({ options: { watchdogMinutes: 0 } });
		await all.sim.control.push({ messageType: '30000' });
		expect(await events(host)).toMatchObject([{ event: 'system.offline' }]);
		expect(count('/queryLoginWx')).toBe(0);
		expect(host.clocks).toBe(0);
	});

	it('asks nobody when no such event is wanted', async () => {
		const host = await active({ events: ['message'] });
		const before = count('/queryLoginWx');
		await all.sim.control.push({ messageType: '30000' });
		expect(await events(host)).toEqual([]);
		expect(count('/queryLoginWx')).toBe(before);
	});
});

describe('the callback address', () => {
	it('is restored when another system has taken it, and that is reported', async () => {
		const host = await active();
		const { registered } = all;
		const other = await all.otherSystem();
		await host.tick();
		expect(all.registered).toBe(registered);
		const [event, ...more] = await events(host);
		expect(more).toEqual([]);
		expect(event).toMatchObject({
			event: 'system.callbackRestored',
			chatType: 'system',
			data: { found: expect.stringContaining(other.url) },
		});
		expect(JSON.stringify(event)).not.toMatch(/a%26b|secret=/);
		expect(await all.say()).toBe(true);
		await host.tick();
		expect(await events(host)).toHaveLength(2);
	});

	it('is put back when it was cancelled', async () => {
		const host = await active();
		all.register(null);
		await host.tick();
		expect(all.registered).toContain(host.address);
		expect(await events(host)).toMatchObject([
			{ event: 'system.callbackRestored', data: { found: null } },
		]);
	});

	it('is left alone while a test of this n8n listens', async () => {
		const host = await active();
		await host.listen();
		const { registered } = all;
		await host.tick();
		expect(all.registered).toBe(registered);
		await host.stopListening();
		expect(all.registered).toContain(host.address);
	});

	it('leaves a test run of another n8n the time to end, once', async () => {
		const host = await active();
		const developer = await all.host({ workflowId: 'workflow-2' });
		await developer.listen();
		const { registered } = all;
		await host.tick();
		expect(all.registered).toBe(registered);
		developer.restart();
		await host.tick();
		expect(all.registered).toContain(host.address);
	});

	it('cannot be watched with a pasted token, only registered again in silence', async () => {
		const host = await active({}, { credentials: all.withToken });
		all.register(null);
		await host.tick();
		expect(all.registered).toContain(host.address);
		expect(await events(host)).toEqual([]);
	});
});

describe('a vendor that rests', () => {
	const paused = () => [...all.sim.world.accounts.values()][0].pausedUntilMs > Date.now();

	it('after a failure of ours resumes at once, without a check', async () => {
		await active();
		const timeGoesOn = holdWaits();
		// A push with the right secret whose body is no callback.
		const [{ url }] = all.sim.control.pushes();
		expect((await fetch(url ?? '', { method: 'POST', body: 'not JSON' })).status).toBe(400);
		const [account] = all.sim.world.accounts.values();
		account.pausedUntilMs = Date.now() + 600_000;
		timeGoesOn();
		while (paused()) await new Promise((turn) => setImmediate(turn));
		expect(await all.say()).toBe(true);
	});

	it('without our knowing resumes at the next check', async () => {
		const host = await active();
		await host.tick();
		const [account] = all.sim.world.accounts.values();
		account.pausedUntilMs = Date.now() + 600_000;
		expect(await all.say()).toBe(false);
		await host.tick();
		expect(await all.say()).toBe(true);
	});

	it('is not registered with again while pushes come', async () => {
		const host = await active();
		await host.tick();
		const before = count('/setHttpCallbackUrl');
		await all.say();
		await host.tick();
		expect(count('/setHttpCallbackUrl')).toBe(before);
		await host.tick();
		expect(count('/setHttpCallbackUrl')).toBe(before + 1);
		expect(await events(host)).toHaveLength(1);
	});
});

it('goes on when Eyun is away, says so once, and checks again', async () => {
	const host = await active();
	all.sim.control.fault({ kind: 'http500', times: 999 });
	for (let checks = 0; checks < 3; checks++) await host.tick();
	expect(host.warnings).toEqual([
		expect.stringContaining('watchdog could not check the accounts'),
		expect.stringContaining('watchdog could not check the callback address'),
	]);
	all.sim.control.clearFaults();
	dropSilently();
	await host.tick();
	expect(await events(host)).toMatchObject([{ event: 'system.offline' }]);
});

it('does not keep a workflow from being activated', async () => {
	const host = await all.host();
	all.sim.control.fault({ kind: 'http500', path: '/queryLoginWx', times: 999 });
	await host.activate();
	expect(await all.say()).toBe(true);
});

it('ends with the workflow', async () => {
	const host = await active();
	await host.deactivate();
	expect(host.clocks).toBe(0);
	const before = all.sim.control.requests().length;
	await host.tick();
	expect(all.sim.control.requests()).toHaveLength(before);
});
