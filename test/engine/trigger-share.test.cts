/** Several who want the callbacks of one developer account: workflows of one n8n, of two, and other systems. */
import axios from 'axios';

import { startN8nGate } from '../support/n8nGate.cts';
import { TriggerCase } from '../support/triggerCase.cts';
import type { TriggerHost } from '../support/triggerHost.cts';

const all = TriggerCase.use();

const share = { parameters: { onConflict: 'share' } };

const heard = (host: TriggerHost) =>
	host.executions.flatMap(({ items }) => items.map(({ json }) => json.text)).filter(Boolean);

let said = 0;

/** A friend says something; gives back what, when all have dealt with it. */
async function say(...hosts: TriggerHost[]) {
	const text = `message ${++said}`;
	expect(await all.say(text)).toBe(true);
	for (const host of hosts) await host.idle();
	return text;
}

describe('workflows of one n8n', () => {
	async function three() {
		const one = await all.host({ workflowId: 'one' });
		const two = await all.host({ workflowId: 'two', sharesProcessWith: one });
		const three = await all.host({ workflowId: 'three', sharesProcessWith: one });
		return [one, two, three] as const;
	}

	it('get every event, each once, whoever is active', async () => {
		const [one, two, three_] = await three();
		const hosts = [one, two, three_];
		for (const host of hosts) await host.activate();
		const first = await say(...hosts);
		for (const host of hosts) expect(heard(host)).toEqual([first]);
		await three_.deactivate();
		const second = await say(...hosts);
		expect(hosts.map(heard)).toEqual([[first, second], [first, second], [first]]);
		await one.deactivate();
		const third = await say(...hosts);
		expect(hosts.map(heard)).toEqual([[first, second], [first, second, third], [first]]);
		await three_.activate();
		await one.activate();
		const fourth = await say(...hosts);
		for (const host of hosts) expect(heard(host).at(-1)).toBe(fourth);
		for (const host of hosts) await host.deactivate();
		expect(all.registered).toBeUndefined();
	});

	it('that is in the middle may go without cutting off those behind it', async () => {
		const hosts = await three();
		const [one, two, last] = hosts;
		const other = await all.otherSystem();
		await one.deactivate();
		const sharing = await all.host({ ...share, workflowId: 'sharing', sharesProcessWith: one });
		await sharing.activate();
		await two.activate();
		await last.activate();
		await two.deactivate();
		const text = await say(sharing, two, last);
		expect(heard(sharing)).toEqual([text]);
		expect(heard(last)).toEqual([text]);
		expect(other.bodies).toHaveLength(1);
		await last.deactivate();
		await sharing.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('and another system are all known to a process that has registered none of them', async () => {
		const other = await all.otherSystem();
		const one = await all.host({ ...share, workflowId: 'one' });
		const two = await all.host({ ...share, workflowId: 'two', sharesProcessWith: one });
		const last = await all.host({ ...share, workflowId: 'last', sharesProcessWith: one });
		for (const host of [one, two, last]) await host.activate();
		await two.deactivate();
		// In queue mode a process for webhooks knows the database only.
		last.restart();
		const text = await say(one, last);
		expect([heard(one), heard(two), heard(last)]).toEqual([[text], [], [text]]);
		expect(other.bodies).toHaveLength(1);
	});

	it('know all the others after a restart, whichever becomes active first', async () => {
		for (const order of [
			[0, 1, 2],
			[2, 1, 0],
			[1, 2, 0],
		]) {
			const name = order.join('');
			const one = await all.host({ workflowId: `one${name}` });
			const two = await all.host({ workflowId: `two${name}`, sharesProcessWith: one });
			const three = await all.host({ workflowId: `three${name}`, sharesProcessWith: one });
			const hosts = [one, two, three];
			for (const host of hosts) await host.activate();
			one.restart();
			two.joinProcessOf(one);
			three.joinProcessOf(one);
			for (const place of order) await hosts[place].activate('init');
			const receiver = hosts.find(({ address }) => all.registered?.startsWith(address));
			const known = JSON.stringify(receiver?.staticData);
			for (const host of hosts) expect(known).toContain(host.address);
			for (const host of hosts) await host.deactivate();
		}
	});

	it('that stand behind each other know who was there before them', async () => {
		const other = await all.otherSystem();
		// Of one n8n, which nobody calls here.
		const at = (path: string) => ({ ...share, webhookBase: `http://127.0.0.1:9/${path}` });
		const one = await all.host({ ...at('one'), workflowId: 'one' });
		const two = await all.host({ ...at('two'), workflowId: 'two', sharesProcessWith: one });
		await one.activate();
		await two.activate();
		await one.deactivate();
		await one.activate();
		// What stood behind them was in memory only.
		one.restart();
		two.joinProcessOf(one);
		await one.activate('init');
		await two.activate('init');
		await one.deactivate();
		await two.deactivate();
		expect(all.registered).toBe(other.address);
	});

	it('that are deactivated at the same time leave the address to nobody', async () => {
		const other = await all.otherSystem();
		const one = await all.host({ ...share, workflowId: 'one' });
		const two = await all.host({ ...share, workflowId: 'two', sharesProcessWith: one });
		const three = await all.host({ ...share, workflowId: 'three', sharesProcessWith: one });
		for (const host of [one, two, three]) await host.activate();
		await Promise.all([three, two, one].map(async (host) => await host.deactivate()));
		expect(all.registered).toBe(other.address);
	});

	it('get what another one hands on, whatever addresses Eyun may push from', async () => {
		const options = { allowedSenders: '47.96.1.2', watchdogMinutes: 0 };
		const host = await all.host({ parameters: { options }, proxyHops: 1 });
		await host.activate();
		const body = { messageType: '60001', data: { newMsgId: '1', content: 'handed on' } };
		const { token } = host['shared'];
		const pushed = async (headers: Record<string, string>) =>
			(await axios.post(all.registered ?? '', body, { headers, validateStatus: () => true }))
				.status;
		const handedOn = { 'x-eyun-passed': 'somebody' };
		expect(await pushed(handedOn)).toBe(403);
		expect(await pushed({ ...handedOn, 'x-eyun-process': 'guessed' })).toBe(403);
		// Nor does it matter which secret was known to whoever hands it on.
		all.register(all.registered?.replace(/secret=.*/, 'secret=earlier') ?? null);
		expect(await pushed({ ...handedOn, 'x-eyun-process': token })).toBe(200);
		await host.idle();
		expect(heard(host)).toEqual(['handed on']);
	});

	it('get once what is handed on again because the answer came late, also where duplicates count', async () => {
		const options = { rememberedMessages: 0, watchdogMinutes: 0 };
		const host = await all.host({ parameters: { options } });
		await host.activate();
		const body = { messageType: '60001', data: { newMsgId: '1', content: 'hi' } };
		const pushed = async (headers: Record<string, string>) => {
			expect((await axios.post(all.registered ?? '', body, { headers })).status).toBe(200);
			await host.idle();
		};
		await pushed({ 'x-eyun-delivery': 'one' });
		await pushed({ 'x-eyun-delivery': 'one' });
		expect(heard(host)).toEqual(['hi']);
		// Eyun itself, and what another trigger got from it once more.
		await pushed({});
		await pushed({ 'x-eyun-delivery': 'two' });
		expect(heard(host)).toEqual(['hi', 'hi', 'hi']);
	});

	it('go on after a restart, in any order', async () => {
		for (const order of [
			[0, 1],
			[1, 0],
		]) {
			const one = await all.host({ workflowId: `a${order[0]}` });
			const two = await all.host({ workflowId: `b${order[0]}`, sharesProcessWith: one });
			const hosts = [one, two];
			for (const host of hosts) await host.activate();
			one.restart();
			two.joinProcessOf(one);
			for (const place of order) await hosts[place].activate('init');
			const text = await say(...hosts);
			expect(hosts.map(heard)).toEqual([[text], [text]]);
			for (const host of hosts) await host.deactivate();
		}
	});

	it('get what came while n8n was starting, before they were active', async () => {
		const gate = await startN8nGate();
		try {
			const names = ['one', 'two'];
			const one = await all.host({ workflowId: 'one', webhookBase: gate.baseOf('one') });
			const two = await all.host({
				workflowId: 'two',
				webhookBase: gate.baseOf('two'),
				sharesProcessWith: one,
			});
			const hosts = [one, two];
			const activate = async (place: number, activation?: 'init') => {
				gate.open(names[place], hosts[place]);
				await hosts[place].activate(activation);
			};
			for (const place of [0, 1]) await activate(place);
			const texts = [];
			for (const [early, late] of [
				[0, 1],
				[1, 0],
			]) {
				gate.shut();
				one.restart();
				two.joinProcessOf(one);
				await activate(early, 'init');
				texts.push(`before ${names[late]}`);
				expect(await all.say(texts.at(-1)!)).toBe(true);
				expect(heard(hosts[late])).toEqual(texts.slice(0, -1));
				await activate(late, 'init');
				for (const host of hosts) {
					while (heard(host).length < texts.length) await new Promise((turn) => setImmediate(turn));
				}
				for (const host of hosts) await host.idle();
				expect(hosts.map(heard)).toEqual([texts, texts]);
			}
		} finally {
			await gate.stop();
		}
	});

	it('get what reaches a new one while n8n starts, before n8n has stored who was there before it', async () => {
		const { control } = all.sim;
		const gate = await startN8nGate();
		try {
			const old = await all.host({ workflowId: 'old', webhookBase: gate.baseOf('old') });
			gate.open('old', old);
			await old.activate();
			gate.shut();
			old.restart();
			const added = await all.host({
				workflowId: 'added',
				webhookBase: gate.baseOf('added'),
				sharesProcessWith: old,
			});
			gate.open('added', added);
			control.fault({ kind: 'hold', path: '/setHttpCallbackUrl' });
			const activation = added.activate();
			await control.untilHeld(1, '/setHttpCallbackUrl');
			// Eyun has registered it, and its answer is on the way.
			const { httpUrl } = JSON.parse(control.requests('/setHttpCallbackUrl').at(-1)!.body!);
			all.register(httpUrl);
			expect(await all.say('early')).toBe(true);
			control.release();
			await activation;
			gate.open('old', old);
			await old.activate('init');
			while (heard(old).length === 0) await new Promise((turn) => setImmediate(turn));
			for (const host of [old, added]) await host.idle();
			expect([old, added].map(heard)).toEqual([['early'], ['early']]);
		} finally {
			await gate.stop();
		}
	});

	it('hear nothing of one that takes over', async () => {
		const one = await all.host({ workflowId: 'one' });
		const greedy = await all.host({
			workflowId: 'greedy',
			sharesProcessWith: one,
			parameters: { onConflict: 'takeOver' },
		});
		await one.activate();
		await greedy.activate();
		const text = await say(one, greedy);
		expect([heard(one), heard(greedy)]).toEqual([[], [text]]);
		await greedy.deactivate();
		const next = await say(one, greedy);
		expect(heard(one)).toEqual([next]);
	});

	it('get an event again that they could not take at first', async () => {
		const one = await all.host({ workflowId: 'one', withTrigger: false });
		const two = await all.host({ workflowId: 'two', sharesProcessWith: one });
		await one.activate();
		await two.activate();
		one.failWebhooks = 2;
		const text = await say(two);
		while (heard(one).length === 0) await new Promise((turn) => setImmediate(turn));
		await one.idle();
		expect([heard(one), heard(two)]).toEqual([[text], [text]]);
	});
});

describe('another system', () => {
	it('gets once what the trigger before it gets again', async () => {
		const other = await all.otherSystem();
		const one = await all.host({ ...share, workflowId: 'one', withTrigger: false });
		const two = await all.host({ ...share, workflowId: 'two', sharesProcessWith: one });
		await one.activate();
		await two.activate();
		one.failWebhooks = 2;
		const text = await say(two);
		while (heard(one).length === 0) await new Promise((turn) => setImmediate(turn));
		await one.idle();
		expect([heard(one), heard(two)]).toEqual([[text], [text]]);
		expect(other.bodies).toHaveLength(1);
		// What Eyun itself pushes again, it gets again.
		await all.sim.control.repeat();
		for (const host of [one, two]) await host.idle();
		expect([heard(one), heard(two)]).toEqual([[text], [text]]);
		expect(other.bodies).toHaveLength(2);
	});

	it('gets every callback as it came, and the address back in the end', async () => {
		const other = await all.otherSystem();
		const host = await all.host(share);
		await host.activate();
		const text = await say(host);
		expect(heard(host)).toEqual([text]);
		expect(other.bodies).toHaveLength(1);
		expect(JSON.stringify(other.bodies[0])).toContain(text);
		await host.deactivate();
		expect(all.registered).toBe(other.address);
		expect(host.warnings).toEqual([]);
	});

	it('that is away holds nothing up, and gets what could not be delivered when it is back', async () => {
		const other = await all.otherSystem();
		const host = await all.host(share);
		await host.activate();
		other.status = 500;
		const text = await say(host);
		expect(heard(host)).toEqual([text]);
		// It got it: sent again, it would have it twice.
		expect(other.bodies).toHaveLength(1);
		expect(host.warnings).toEqual([expect.stringContaining('HTTP 500')]);
	});

	it('that comes back and registers again is shared with from the next check on', async () => {
		const other = await all.otherSystem();
		const host = await all.host(share);
		await host.activate();
		await host.tick();
		const back = await all.otherSystem();
		await host.tick();
		expect(all.registered).toContain(host.address);
		const text = await say(host);
		expect(heard(host).at(-1)).toBe(text);
		expect(other.bodies).toHaveLength(0);
		expect(back.bodies).toHaveLength(1);
		await host.deactivate();
		expect(all.registered).toBe(back.address);
	});

	it('is still known after a restart of n8n', async () => {
		const other = await all.otherSystem();
		const host = await all.host(share);
		await host.activate();
		host.restart();
		await host.activate('init');
		await say(host);
		expect(other.bodies).toHaveLength(1);
		await host.deactivate();
		expect(all.registered).toBe(other.address);
	});
});

describe('two n8n that share', () => {
	it('both get every event once, and leave each other alone', async () => {
		const one = await all.host({ ...share, workflowId: 'one' });
		const two = await all.host({ ...share, workflowId: 'two' });
		await one.activate();
		await two.activate();
		const first = await say(one, two);
		await one.tick();
		await two.tick();
		const second = await say(one, two);
		expect([heard(one), heard(two)]).toEqual([
			[first, second],
			[first, second],
		]);
		expect(all.registered).toContain(two.address);
		await two.deactivate();
		const third = await say(one, two);
		expect(heard(one).at(-1)).toBe(third);
	});

	it('do not send a callback in circles', async () => {
		const one = await all.host({ ...share, workflowId: 'one' });
		const two = await all.host({ ...share, workflowId: 'two' });
		await one.activate();
		await two.activate();
		// The first one starts again, and takes the address: each has the other behind it.
		one.restart();
		await one.activate('init');
		const before = [one.answers.length, two.answers.length];
		const text = await say(one, two);
		expect([heard(one), heard(two)]).toEqual([[text], [text]]);
		expect([one.answers.length - before[0], two.answers.length - before[1]]).toEqual([1, 1]);
	});
});
