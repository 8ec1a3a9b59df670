import axios from 'axios';

import { useSimulator } from '../support/useSimulator.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';
import { useTriggerHosts } from '../support/triggerHosts.cts';

/** What becomes of events that n8n cannot store, as while its database is locked. */

const sim = useSimulator();
const { hosts, hold, goOn } = useTriggerHosts();

async function active(
	options: object = {},
	setup: Partial<HostSetup> = {},
): Promise<{ host: TriggerHost; post: (body: string) => Promise<number> }> {
	const host = await TriggerHost.start({
		credentials: { baseUrl: sim.url, token: sim.defaults.token },
		// It registers again after a failed push, which would add check pushes to what is counted here.
		parameters: { options: { watchdogMinutes: 0, ...options } },
		...setup,
	});
	hosts.push(host);
	await host.activate();
	await host.answersReach(1);
	const url = sim.control.pushes().at(-1)?.url ?? '';
	const post = async (body: string) => {
		const { status } = await axios.post<unknown>(url, body, {
			headers: { 'content-type': 'application/json' },
			validateStatus: () => true,
			proxy: false,
		});
		return status;
	};
	return { host, post };
}

let count = 0;
const message = () =>
	JSON.stringify({ messageType: '60001', data: { newMsgId: `id-${++count}`, content: 'hi' } });
const idOf = (body: string) => (JSON.parse(body) as { data: { newMsgId: string } }).data.newMsgId;

/** The messages that reached the workflow, in order. */
const passed = (host: TriggerHost) =>
	host.executions.flatMap(({ items }) => items.map(({ json }) => json.messageId));

const broken = new Error('database is locked');

it('is tried again until n8n stores it, and answered meanwhile', async () => {
	const { host, post } = await active();
	hold();
	host.database.startFailure = broken;
	const body = message();
	expect(await post(body)).toBe(200);
	expect(host.executions).toHaveLength(0);
	// The same message again is a duplicate of one that waits.
	expect(await post(body)).toBe(200);
	host.database.startFailure = undefined;
	goOn();
	await host.idle();
	expect(passed(host)).toEqual([idOf(body)]);
});

it('keeps the order of the events, of those that come later, too', async () => {
	const { host, post } = await active();
	hold();
	host.database.startFailure = broken;
	const bodies = Array.from({ length: 6 }, message);
	const early = bodies.slice(0, 4).map(async (body) => await post(body));
	expect(await Promise.all(early)).toEqual([200, 200, 200, 200]);
	host.database.startFailure = undefined;
	const late = bodies.slice(4).map(async (body) => await post(body));
	goOn();
	expect(await Promise.all(late)).toEqual([200, 200]);
	await host.idle();
	expect(passed(host).sort()).toEqual(bodies.map(idOf).sort());
	expect(passed(host).slice(4)).toEqual(bodies.slice(4).map(idOf));
});

it('is answered when it is stored, where that takes less than three seconds', async () => {
	const { host, post } = await active();
	host.database.startFailure = broken;
	const answer = post(message());
	while (host.warnings.length === 0) await new Promise((turn) => setImmediate(turn));
	host.database.startFailure = undefined;
	expect(await answer).toBe(200);
	await host.idle();
	expect(host.executions).toHaveLength(1);
});

it('starts once, although n8n stored it and then failed', async () => {
	const { host, post } = await active();
	host.database.failAfterStoring = broken;
	expect(await post(message())).toBe(200);
	await host.idle();
	expect(host.database.failAfterStoring).toBeUndefined();
	expect(passed(host)).toHaveLength(1);
});

it('is stored where duplicates may start executions, too', async () => {
	const { host, post } = await active({ rememberedMessages: 0 });
	hold();
	host.database.startFailure = broken;
	const body = message();
	expect(await Promise.all([post(body), post(body)])).toEqual([200, 200]);
	host.database.startFailure = undefined;
	goOn();
	await host.idle();
	expect(passed(host)).toEqual([idOf(body), idOf(body)]);
});

it('says so in the log, once for all that wait', async () => {
	const { host, post } = await active();
	hold();
	host.database.startFailure = broken;
	expect(await post(message())).toBe(200);
	expect(await post(message())).toBe(200);
	host.database.startFailure = undefined;
	goOn();
	await host.idle();
	expect(host.warnings).toEqual([expect.stringMatching(/could not store.*database is locked/)]);
	expect(passed(host)).toHaveLength(2);
});

it('holds up no other event for ever, if n8n can never store it', async () => {
	const { host, post } = await active();
	const poison = message();
	const other = message();
	hold();
	host.database.startFailure = broken;
	expect(await Promise.all([post(poison), post(other)])).toEqual([200, 200]);
	host.database.startFailure = undefined;
	host.database.cannotStore = idOf(poison);
	goOn();
	while (host.executions.length === 0) await new Promise((turn) => setImmediate(turn));
	expect(passed(host)).toEqual([idOf(other)]);
	host.database.cannotStore = undefined;
	await host.idle();
	expect(passed(host)).toEqual([idOf(other), idOf(poison)]);
});

it('is lost with a clear entry in the log when the workflow is deactivated meanwhile', async () => {
	const { host, post } = await active();
	hold();
	host.database.startFailure = broken;
	const body = message();
	expect(await post(body)).toBe(200);
	goOn();
	await host.deactivate();
	await host.idle();
	expect(host.errors).toEqual([expect.stringContaining(idOf(body))]);
	expect(host.executions).toHaveLength(0);
});

describe('in a process without the trigger, as in queue mode', () => {
	it('is answered by n8n alone: 500, and the message may come again', async () => {
		const { host, post } = await active({}, { withTrigger: false });
		host.database.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(500);
		host.database.startFailure = undefined;
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});

	it('says that it is lost where the answer was to be given immediately', async () => {
		const { host, post } = await active({ answerWhen: 'received' }, { withTrigger: false });
		host.database.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(host.errors).toEqual([expect.stringContaining(idOf(body))]);
		host.database.startFailure = undefined;
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});
});

describe.each(['with key', 'without key'] as const)('where emit does not tell, %s', (olderEmit) => {
	it('is started through it, without a key', async () => {
		const { host, post } = await active({}, { olderEmit });
		expect(await post(message())).toBe(200);
		await host.idle();
		expect(host.modes).toEqual(['trigger']);
		expect(host.keys).toEqual([undefined]);
	});

	it('is tried again until n8n stores it, and answered meanwhile', async () => {
		const { host, post } = await active({}, { olderEmit });
		hold();
		host.database.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(200);
		expect(host.executions).toHaveLength(0);
		host.database.startFailure = undefined;
		goOn();
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
		expect(host.emitted).toBe(2);
	});

	it('is answered when it is stored, where that takes less than three seconds', async () => {
		const { host, post } = await active({}, { olderEmit });
		host.database.failures = 1;
		const body = message();
		expect(await post(body)).toBe(200);
		// Nobody was answered early: that takes three seconds, and other waits are short here.
		expect(host.emitted).toBe(2);
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});

	it('keeps the order of the events, of those that come later, too', async () => {
		const { host, post } = await active({}, { olderEmit });
		hold();
		host.database.failures = 1;
		const bodies = Array.from({ length: 3 }, message);
		const answers = [post(bodies[0])];
		while (host.emitted === 0) await new Promise((turn) => setImmediate(turn));
		goOn();
		while (host.warnings.length === 0) await new Promise((turn) => setImmediate(turn));
		for (const body of bodies.slice(1)) answers.push(post(body));
		expect(await Promise.all(answers)).toEqual([200, 200, 200]);
		await host.idle();
		expect(passed(host)).toEqual(bodies.map(idOf));
	});

	it('reaches the workflow once, although n8n only held it back', async () => {
		const { host, post } = await active({}, { olderEmit });
		let release = () => {};
		host.database.holdBack = new Promise((resolve) => (release = resolve));
		const body = message();
		const answer = post(body);
		while (host.emitted < 3) await new Promise((turn) => setImmediate(turn));
		release();
		expect(await answer).toBe(200);
		await host.idle();
		expect(host.executions.length).toBeGreaterThan(1);
		expect(passed(host)).toEqual([idOf(body)]);
		// It was no sign of workers elsewhere.
		expect(await post(message())).toBe(200);
		expect(new Set(host.modes)).toEqual(new Set(['trigger']));
	});

	it('is recorded before anything behind the trigger runs', async () => {
		const { host, post } = await active({}, { olderEmit });
		// What is recorded later would not be there in the next process.
		hold();
		const timestamp = Math.floor(Date.now() / 1_000) + 3_600;
		const data = { newMsgId: 'recorded', content: 'hi', timestamp };
		const body = JSON.stringify({ messageType: '60001', data });
		expect(await post(body)).toBe(200);
		await host.settled();
		expect(passed(host)).toEqual(['recorded']);
		host.restart();
		await host.activate('init');
		goOn();
		const again = sim.control.pushes().at(-1)?.url ?? '';
		const { status } = await axios.post<unknown>(again, JSON.parse(body), { proxy: false });
		expect(status).toBe(200);
		await host.idle();
		expect(host.executions).toHaveLength(2);
		expect(passed(host)).toEqual(['recorded']);
	});
});
