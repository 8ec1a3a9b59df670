import axios from 'axios';

import { useSimulator } from '../support/useSimulator.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';
import { holdWaits } from '../support/triggerProcess.cts';

/** What becomes of events that n8n cannot store, as while its database is locked. */

const sim = useSimulator();
const hosts: TriggerHost[] = [];
let timeGoesOn = () => {};

afterEach(async () => {
	timeGoesOn();
	for (const host of hosts.splice(0)) {
		await host.idle();
		await host.stop();
	}
});

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
	timeGoesOn = holdWaits();
	host.startFailure = broken;
	const body = message();
	expect(await post(body)).toBe(200);
	expect(host.executions).toHaveLength(0);
	// The same message again is a duplicate of one that waits.
	expect(await post(body)).toBe(200);
	host.startFailure = undefined;
	timeGoesOn();
	await host.idle();
	expect(passed(host)).toEqual([idOf(body)]);
});

it('keeps the order of the events, of those that come later, too', async () => {
	const { host, post } = await active();
	timeGoesOn = holdWaits();
	host.startFailure = broken;
	const bodies = Array.from({ length: 6 }, message);
	const early = bodies.slice(0, 4).map(async (body) => await post(body));
	expect(await Promise.all(early)).toEqual([200, 200, 200, 200]);
	host.startFailure = undefined;
	const late = bodies.slice(4).map(async (body) => await post(body));
	timeGoesOn();
	expect(await Promise.all(late)).toEqual([200, 200]);
	await host.idle();
	expect(passed(host).sort()).toEqual(bodies.map(idOf).sort());
	expect(passed(host).slice(4)).toEqual(bodies.slice(4).map(idOf));
});

it('is answered when it is stored, where that takes less than three seconds', async () => {
	const { host, post } = await active();
	host.startFailure = broken;
	const answer = post(message());
	while (host.warnings.length === 0) await new Promise((turn) => setImmediate(turn));
	host.startFailure = undefined;
	expect(await answer).toBe(200);
	await host.idle();
	expect(host.executions).toHaveLength(1);
});

it('starts once, although n8n stored it and then failed', async () => {
	const { host, post } = await active();
	host.failAfterStoring = broken;
	expect(await post(message())).toBe(200);
	await host.idle();
	expect(host.failAfterStoring).toBeUndefined();
	expect(passed(host)).toHaveLength(1);
});

it('is stored where duplicates may start executions, too', async () => {
	const { host, post } = await active({ rememberedMessages: 0 });
	timeGoesOn = holdWaits();
	host.startFailure = broken;
	const body = message();
	expect(await Promise.all([post(body), post(body)])).toEqual([200, 200]);
	host.startFailure = undefined;
	timeGoesOn();
	await host.idle();
	expect(passed(host)).toEqual([idOf(body), idOf(body)]);
});

it('says so in the log, once for all that wait', async () => {
	const { host, post } = await active();
	timeGoesOn = holdWaits();
	host.startFailure = broken;
	expect(await post(message())).toBe(200);
	expect(await post(message())).toBe(200);
	host.startFailure = undefined;
	timeGoesOn();
	await host.idle();
	expect(host.warnings).toEqual([expect.stringMatching(/could not store.*database is locked/)]);
	expect(passed(host)).toHaveLength(2);
});

it('holds up no other event for ever, if n8n can never store it', async () => {
	const { host, post } = await active();
	const poison = message();
	const other = message();
	timeGoesOn = holdWaits();
	host.startFailure = broken;
	expect(await Promise.all([post(poison), post(other)])).toEqual([200, 200]);
	host.startFailure = undefined;
	host.cannotStore = idOf(poison);
	timeGoesOn();
	while (host.executions.length === 0) await new Promise((turn) => setImmediate(turn));
	expect(passed(host)).toEqual([idOf(other)]);
	host.cannotStore = undefined;
	await host.idle();
	expect(passed(host)).toEqual([idOf(other), idOf(poison)]);
});

it('is lost with a clear entry in the log when the workflow is deactivated meanwhile', async () => {
	const { host, post } = await active();
	timeGoesOn = holdWaits();
	host.startFailure = broken;
	const body = message();
	expect(await post(body)).toBe(200);
	timeGoesOn();
	await host.deactivate();
	await host.idle();
	expect(host.errors).toEqual([expect.stringContaining(idOf(body))]);
	expect(host.executions).toHaveLength(0);
});

describe('in a process without the trigger, as in queue mode', () => {
	it('is answered by n8n alone: 500, and the message may come again', async () => {
		const { host, post } = await active({}, { withTrigger: false });
		host.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(500);
		host.startFailure = undefined;
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});

	it('says that it is lost where the answer was to be given immediately', async () => {
		const { host, post } = await active({ answerWhen: 'received' }, { withTrigger: false });
		host.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(host.errors).toEqual([expect.stringContaining(idOf(body))]);
		host.startFailure = undefined;
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});
});

describe('on an n8n whose emit takes no key', () => {
	it('starts the way of webhooks, so that n8n answers when it has stored the execution', async () => {
		const { host, post } = await active({}, { emitWithoutKey: true });
		expect(await post(message())).toBe(200);
		await host.idle();
		expect(host.modes).toEqual(['webhook']);
	});

	it('is started through emit when n8n failed after the answer', async () => {
		const { host, post } = await active({}, { emitWithoutKey: true });
		let release = () => {};
		host.holdBack = new Promise((resolve) => (release = resolve));
		host.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(200);
		host.holdBack = undefined;
		// The first try through emit fails without a word.
		host.silentFailures = 1;
		host.startFailure = undefined;
		host.failWebhooks = 1;
		release();
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});

	it('is no duplicate when n8n could not store it before the answer', async () => {
		const { host, post } = await active({}, { emitWithoutKey: true });
		host.startFailure = broken;
		const body = message();
		expect(await post(body)).toBe(500);
		host.startFailure = undefined;
		expect(await post(body)).toBe(200);
		await host.idle();
		expect(passed(host)).toEqual([idOf(body)]);
	});
});
