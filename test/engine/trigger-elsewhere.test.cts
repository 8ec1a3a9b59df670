import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';
import { useTriggerHosts } from '../support/triggerHosts.cts';

/** Conversations where webhooks are served by processes of their own, without the trigger (queue mode). */

const sim = useSimulator();
const { hosts, hold, goOn } = useTriggerHosts();

const MERGING = { merge: { values: { silence: 10, longest: 60 } } };

async function active(options: IDataObject = MERGING, setup: Partial<HostSetup> = {}) {
	const host = await TriggerHost.start({
		credentials: { baseUrl: sim.url, token: sim.defaults.token },
		parameters: { options: { watchdogMinutes: 0, ...options } },
		withTrigger: false,
		...setup,
	});
	hosts.push(host);
	await host.activate();
	await host.answersReach(1);
	// Main has registered the address, and another process serves it.
	if (setup.withTrigger !== true) host.restart();
	return host;
}

const ME = 'wxid_me';
const ANNA = 'wxid_anna';
const BEN = 'wxid_ben';
let count = 0;

/** Pushes to whatever was registered last; gives back the HTTP status. */
async function push(messageType: string, data: IDataObject, headers = {}): Promise<number> {
	const url = sim.control.pushes().at(-1)?.url ?? '';
	const body = { account: 'a', wcId: ME, messageType, data: { newMsgId: `${++count}`, ...data } };
	const options = { validateStatus: () => true, proxy: false as const, headers };
	return (await axios.post<unknown>(url, body, options)).status;
}
const says = async (content: string, fromUser = ANNA, more: IDataObject = {}) =>
	expect(await push('60001', { fromUser, toUser: ME, content, ...more })).toBe(200);
const writes = async (content: string, toUser = ANNA, more: IDataObject = {}) =>
	expect(await push('60001', { fromUser: ME, toUser, content, self: true, ...more })).toBe(200);

/** What the workflow was asked, by execution. */
const inputs = (host: TriggerHost) =>
	host.executions
		.filter(({ items }) => items.length > 0)
		.map(({ items }) => items.map(({ json }) => json.chatInput).join());

const held = (host: TriggerHost) => JSON.stringify(host.staticData);

describe('messages in quick succession', () => {
	it('are answered when they are stored, and start one execution', async () => {
		const host = await active();
		hold();
		await says('one');
		expect(held(host)).toContain('"one"');
		await says('two');
		await says('and me?', BEN);
		await says('three');
		expect(held(host)).toContain('"three"');
		expect(host.executions).toHaveLength(0);
		goOn();
		await host.idle();
		expect(inputs(host).sort()).toEqual(['and me?', 'one\ntwo\nthree']);
		expect(held(host)).not.toContain('three');
	});

	it('of a process that died start with the next callback of anybody', async () => {
		const host = await active();
		hold();
		await says('one');
		await says('two');
		host.restart();
		await says('I am somebody else', BEN);
		goOn();
		await host.idle();
		expect(inputs(host).sort()).toEqual(['I am somebody else', 'one\ntwo']);
		// Nothing is left behind for the next one.
		host.restart();
		await says('again', BEN);
		await host.idle();
		expect(inputs(host)).toHaveLength(3);
	});

	it('of a process that died are joined by what the same person writes next', async () => {
		const host = await active();
		hold();
		await says('one');
		host.restart();
		await says('two');
		host.restart();
		await says('three');
		goOn();
		await host.idle();
		expect(inputs(host)).toEqual(['one\ntwo\nthree']);
	});

	it('of a process that was believed dead are not started a second time', async () => {
		const host = await active();
		hold();
		await says('one');
		const stored = host.staticData;
		await says('two');
		goOn();
		await host.idle();
		expect(inputs(host)).toEqual(['one\ntwo']);
		// A process that read the database a moment ago: they are over when it gets its turn.
		host.restart();
		host.staticData = stored;
		hold();
		await says('hello', BEN);
		host.staticData = JSON.parse(held(host).replace(/"held[^]*/, '"x":1}}')) as IDataObject;
		goOn();
		await host.idle();
		expect(inputs(host)).toEqual(['one\ntwo', 'hello']);
	});

	it('start once, when n8n can store their execution again', async () => {
		const host = await active();
		host.failWebhooks = 0;
		hold();
		await says('one');
		host.database.startFailure = new Error('Redis is away');
		goOn();
		while (host.warnings.length === 0) await new Promise((turn) => setImmediate(turn));
		expect(held(host)).toContain('"one"');
		host.database.startFailure = undefined;
		await host.idle();
		expect(inputs(host)).toEqual(['one']);
		expect(host.warnings).toEqual([expect.stringContaining('tried again until n8n stores it')]);
	});

	it('wait in open calls where the process does not reach itself', async () => {
		const host = await active();
		host.cannotReachItself = true;
		hold();
		const all = [says('one'), says('two'), says('three')];
		while (host.warnings.length === 0) await new Promise((turn) => setImmediate(turn));
		while (host.callbacks < 4) await new Promise((turn) => setImmediate(turn));
		for (let turns = 0; turns < 50; turns++) await new Promise((turn) => setImmediate(turn));
		goOn();
		await Promise.all(all);
		await host.idle();
		expect(inputs(host).map((words) => words.split('\n').sort())).toEqual([
			['one', 'three', 'two'],
		]);
		expect(host.warnings).toEqual([expect.stringContaining('does not reach its own webhook')]);
	});

	it('that other processes hold go on when the workflow is deactivated', async () => {
		const served = await active();
		hold();
		await says('one');
		await says('two');
		const main = await active(MERGING, { withTrigger: true });
		main.staticData = {
			[Object.keys(main.staticData)[0]]: {
				...(Object.values(main.staticData)[0] as IDataObject),
				heldByWebhooks: (Object.values(served.staticData)[0] as IDataObject).heldByWebhooks,
			},
		};
		goOn();
		await main.deactivate();
		await main.idle();
		expect(inputs(main)).toEqual(['one\ntwo']);
		expect(held(main)).not.toContain('two');
	});
});

it('calls that pretend to come from the process itself are refused', async () => {
	const host = await active();
	const url = new URL(sim.control.pushes().at(-1)?.url ?? '');
	url.search = '';
	const { status } = await axios.post<unknown>(
		url.toString(),
		{ what: 'start', burst: 'x' },
		{
			headers: { 'x-eyun-process': 'guessed' },
			validateStatus: () => true,
			proxy: false,
		},
	);
	expect(status).toBe(401);
	expect(host.executions).toHaveLength(0);
});

describe('when the owner writes', () => {
	const TAKEOVER = { takeover: { values: { minutes: 30, resumeWords: 'back to you' } } };

	it('the pause is known to a process that has not heard it', async () => {
		const host = await active(TAKEOVER);
		await writes('I take over');
		host.restart();
		await says('hello');
		await says('hi', BEN);
		await host.idle();
		expect(inputs(host)).toEqual(['hi']);
	});

	it('the pauses that other processes have heard stay', async () => {
		const host = await active(TAKEOVER);
		await writes('I take over');
		host.restart();
		await writes('here, too', BEN);
		host.restart();
		await says('hello');
		await says('hi', BEN);
		await host.idle();
		expect(inputs(host)).toEqual([]);
	});

	it('words resume the chat in the other processes', async () => {
		const host = await active(TAKEOVER);
		const now = Math.floor(Date.now() / 1_000);
		await writes('I take over', ANNA, { timestamp: now });
		host.restart();
		await writes('Back to you!', ANNA, { timestamp: now + 1 });
		host.restart();
		await says('hello');
		await host.idle();
		expect(inputs(host)).toEqual(['hello']);
	});

	it('what a process that died held for that chat is dropped', async () => {
		const host = await active({ ...MERGING, ...TAKEOVER });
		hold();
		await says('one');
		await says('mine', BEN);
		host.restart();
		await writes('I answer');
		goOn();
		await host.idle();
		expect(inputs(host)).toEqual(['mine']);
	});
});
