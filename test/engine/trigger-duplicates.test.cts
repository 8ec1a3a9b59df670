import axios from 'axios';

import { holdWaits } from '../support/triggerProcess.cts';
import { useSimulator } from '../support/useSimulator.cts';
import { DedupStore } from '../support/dedupStore.cts';
import type { HostSetup } from '../support/triggerHost.cts';
import { TriggerHost } from '../support/triggerHost.cts';

const sim = useSimulator();
let host: TriggerHost;
let store: DedupStore;
let workflowId: string;
let workflows = 0;

beforeEach(() => {
	store = new DedupStore();
	// A row of its own for each test: the recorders of earlier ones still look after theirs.
	workflowId = `workflow-${++workflows}`;
});

afterEach(async () => {
	await host.stop();
});

async function active(parameters: HostSetup['parameters'] = {}, more: Partial<HostSetup> = {}) {
	const credentials = { baseUrl: sim.url, token: sim.defaults.token };
	host = await TriggerHost.start({ credentials, parameters, store, workflowId, ...more });
	await host.activate();
}

async function passed() {
	await host.idle();
	return host.executions.filter(({ items }) => items.length > 0).length;
}

/** The same body at the same time, straight to the webhook. */
async function postAtOnce(body: string, times: number) {
	return await Promise.all(Array.from({ length: times }, async () => await post(body)));
}

async function post(body: string) {
	const url = sim.control.pushes().at(-1)?.url ?? '';
	const headers = { 'content-type': 'application/json' };
	return (await axios.post(url, body, { headers })).status;
}

it('starts one execution for a message that comes three times', async () => {
	await active();
	await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	const again = await sim.control.repeat({ times: 2 });
	expect(again).toMatchObject([{ status: 200 }, { status: 200 }]);
	await host.idle();
	expect(host.executions).toHaveLength(1);
});

it('starts one execution for fifty at once', async () => {
	await active();
	const body = '{"messageType":"60001","data":{"newMsgId":7365193471029381234}}';
	expect(await postAtOnce(body, 50)).toEqual(Array(50).fill(200));
	await host.idle();
	expect(host.executions).toHaveLength(1);
});

it('starts one execution each for neighbouring 64-bit integers', async () => {
	await active();
	for (const newMsgId of ['7365193471029381234', '7365193471029381235']) {
		await sim.control.push({ messageType: '60001', data: { newMsgId } });
	}
	expect(await passed()).toBe(2);
});

it('knows duplicates without newMsgId by msgId, and without ids by their content', async () => {
	await active();
	await sim.control.push({ messageType: '60001', omit: ['newMsgId'] });
	await sim.control.repeat();
	await sim.control.push({ messageType: '85015' });
	await sim.control.repeat();
	expect(await passed()).toBe(2);
	expect(host.executions).toHaveLength(2);
});

describe('after a restart', () => {
	/** Activates the trigger while executions wait for that, however long it takes. */
	async function activateInTime() {
		const goOn = holdWaits();
		await host.activate('init');
		goOn();
	}

	/** Says something, restarts, and pushes it three times more. */
	async function repeatAfterRestart() {
		await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
		const { body } = sim.control.pushes().at(-1)!;
		expect(await passed()).toBe(1);
		host.restart();
		await host.activate('init');
		expect(await postAtOnce(body, 3)).toEqual([200, 200, 200]);
		expect(await passed()).toBe(1);
	}

	it('starts nothing for what was passed on before, and passes what is new', async () => {
		await active();
		await repeatAfterRestart();
		expect(host.executions).toHaveLength(1);
		await sim.control.say({ from: sim.defaults.friend, text: 'again' });
		expect(await passed()).toBe(2);
	});

	it('drops it in the trigger where webhooks have processes of their own', async () => {
		await active({}, { withTrigger: false });
		await repeatAfterRestart();
		expect(host.executions).toHaveLength(2);
		expect(host.executions[1].paired).toEqual([]);
		await sim.control.say({ from: sim.defaults.friend, text: 'again' });
		expect(await passed()).toBe(2);
	});

	it('drops it in the trigger where n8n answers webhooks long before the trigger is active', async () => {
		await active();
		await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
		const { body } = sim.control.pushes().at(-1)!;
		expect(await passed()).toBe(1);
		// A crash right after a message leaves its key in n8n's database, and no record.
		store.rows.clear();
		host.crash();
		expect(await post(body)).toBe(200);
		await activateInTime();
		expect(await passed()).toBe(1);
		expect(host.executions).toHaveLength(2);
	});

	it('knows duplicates of what n8n has started before the trigger was active', async () => {
		await active();
		host.crash();
		await sim.control.say({ from: sim.defaults.friend, text: 'new' });
		await activateInTime();
		expect(await passed()).toBe(1);
		host.crash();
		await host.activate('init');
		await sim.control.repeat({ times: 2 });
		expect(await passed()).toBe(1);
		expect(host.executions).toHaveLength(2);
	});

	it('makes room for the execution under the key where n8n runs one at a time', async () => {
		await active();
		host.crash();
		await sim.control.say({ from: sim.defaults.friend, text: 'new' });
		let release = () => {};
		host.database.holdBack = new Promise((resolve) => (release = resolve));
		await activateInTime();
		await host.settled();
		expect(host.executions).toMatchObject([{ items: [] }]);
		release();
		expect(await passed()).toBe(1);
		expect(host.executions).toHaveLength(2);
	});

	it('passes it on where the trigger does not become active in this process', async () => {
		await active();
		host.crash();
		await sim.control.say({ from: sim.defaults.friend, text: 'new' });
		expect(await passed()).toBe(1);
		expect(host.executions).toHaveLength(1);
	});

	it('drops it in the trigger where the earlier execution was deleted', async () => {
		await active();
		await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
		expect(await passed()).toBe(1);
		host.database.deleteExecutions();
		host.restart();
		await host.activate('init');
		await sim.control.repeat();
		expect(await passed()).toBe(1);
		expect(host.executions).toHaveLength(2);
	});
});

it('starts executions the other way where they run in another process', async () => {
	await active();
	host.runsElsewhere = true;
	await sim.control.say({ from: sim.defaults.friend, text: 'one' });
	await sim.control.say({ from: sim.defaults.friend, text: 'two' });
	await host.idle();
	expect(host.modes).toEqual(['trigger', 'webhook']);
	expect(host.answers).toEqual([200, 200, 200]);
});

it('asks the database few times for many messages', async () => {
	await active();
	store.turns = 20;
	const bodies = Array.from({ length: 100 }, (_, index) =>
		JSON.stringify({ messageType: '60001', data: { newMsgId: `id-${index}` } }),
	);
	// What is noted in the meantime goes into the database together, however long this takes.
	const timeGoesOn = holdWaits();
	await Promise.all(bodies.map(post));
	timeGoesOn();
	expect(await passed()).toBe(100);
	expect(store.callsOf.get(workflowId)).toBeLessThan(50);
});

it('passes messages on when the database fails, and says so', async () => {
	await active();
	store.failure = new Error('database is locked');
	await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	await sim.control.repeat();
	expect(await passed()).toBe(1);
	expect(host.warnings).toEqual([expect.stringContaining('database is locked')]);
});

it('passes an execution on again that n8n retries, or gives to another worker', async () => {
	await active();
	await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	expect(await passed()).toBe(1);
	const [{ id, items }] = host.executions;
	host.restart();
	expect((await host.execute([items], 'webhook', id)).items).toHaveLength(1);
	expect((await host.execute([items], 'retry')).items).toHaveLength(1);
	expect((await host.execute([items], 'webhook')).items).toHaveLength(0);
});

it('lets duplicates through when nothing is to be remembered', async () => {
	await active({ options: { rememberedMessages: 0 } });
	await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	await sim.control.repeat({ times: 2 });
	expect(await passed()).toBe(3);
	expect(store.callsOf.get(workflowId)).toBeUndefined();
});

it('shows the same message again in test runs', async () => {
	await active();
	await sim.control.say({ from: sim.defaults.friend, text: 'hello' });
	expect(await passed()).toBe(1);
	await host.listen();
	await sim.control.repeat();
	// Once more in the test; production, to which it is handed on, knows it already.
	expect(await passed()).toBe(2);
	expect(host.executions).toHaveLength(2);
	await host.stopListening();
});
