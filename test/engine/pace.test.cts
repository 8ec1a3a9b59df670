import type { IDataObject } from 'n8n-workflow';

import { catalogue } from '../../nodes/Eyun/catalogue';
import { useSimulator } from '../support/useSimulator.cts';
import { jsons, runNode } from '../support/engine.cts';
import { WatchedCredentials } from '../support/watchedCredentials.cts';
import { textToFriend, usedCredentials } from '../support/usedCredentials.cts';

/** How many calls at a time, how far apart, in which order, and when no further one may start. */

const simulator = useSimulator();
let credentials: WatchedCredentials;

beforeEach(async () => {
	credentials = await usedCredentials(simulator, WatchedCredentials);
	credentials.bodies.length = 0;
});

const texts = (count: number) =>
	Array.from({ length: count }, (_, number) => ({ text: `message ${number}` }));

const send = (count: number, options: IDataObject = {}, setup: object = {}) =>
	runNode({
		credentials,
		parameters: { ...textToFriend(simulator, '={{ $json.text }}'), options },
		input: texts(count),
		...setup,
	});
const read = (count: number, options: IDataObject = {}, setup: object = {}) =>
	runNode({
		credentials,
		parameters: {
			resource: 'account',
			operation: 'isOnline',
			wId: '={{ $json.wId }}',
			options,
		},
		input: Array.from({ length: count }, () => ({ wId: simulator.defaults.wId })),
		...setup,
	});
const slow = (ms = 30) => simulator.control.fault({ kind: 'latency', ms, times: 0 });
const started = () => credentials.bodies.map((body) => (JSON.parse(body) as IDataObject).content);
const asked = () => simulator.control.requests().length;
const range = (min: number, max: number): IDataObject => ({
	pause: { values: { mode: 'range', min, max } },
});
const advice: IDataObject = { pause: { values: { mode: 'advice' } } };

/** Milliseconds between each arrival at the vendor and the one before; clocks may be off by one. */
function gaps(): number[] {
	const times = simulator.control.requests().map(({ timeMs }) => timeMs);
	return times.slice(1).map((time, index) => time - times[index] + 1);
}

describe('concurrency', () => {
	it('is 1 for whatever changes something', async () => {
		slow(5);
		await send(12);
		expect(simulator.control.maxInFlight).toBe(1);
		expect(started()).toEqual(texts(12).map(({ text }) => text));
	});

	it('is 5 for whatever only reads', async () => {
		slow(200);
		expect(jsons(await read(20))).toHaveLength(20);
		expect(simulator.control.maxInFlight).toBe(5);
	});

	it('is what the user says: sends start in order, and the output is in the order of the input', async () => {
		// The later a message, the sooner its answer.
		for (let number = 0; number < 8; number++) {
			simulator.control.fault({ kind: 'latency', ms: 640 - number * 80, path: '/sendText' });
		}
		const result = await send(12, { concurrency: 4 });
		expect(simulator.control.maxInFlight).toBe(4);
		expect(started()).toEqual(texts(12).map(({ text }) => text));
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			texts(12).map((_, item) => ({ item })),
		);
		const sent = new Map(simulator.control.messages().map((one) => [String(one.newMsgId), one]));
		const output = jsons(result).map(({ newMsgId }) => sent.get(newMsgId as string)?.content);
		expect(output).toEqual(texts(12).map(({ text }) => text));
	});

	it('makes reads one at a time on request', async () => {
		slow(5);
		await read(10, { concurrency: 1 });
		expect(simulator.control.maxInFlight).toBe(1);
	});

	it.each([0, -1, 1.5, 51, 'all'])('cannot be %j', async (concurrency) => {
		const { error } = await send(2, { concurrency } as IDataObject);
		expect(error?.message).toContain('"Concurrency" (concurrency)');
		expect(asked()).toBe(0);
	});

	it('starts nothing more after a failure, and waits for what is under way', async () => {
		slow();
		credentials.before = (number) => {
			if (number === 1) simulator.control.clearFaults();
			if (number === 1) simulator.control.fault({ kind: 'vendorFailure', path: '/sendText' });
			if (number === 2) slow(60);
		};
		const { items, error } = await send(30, { concurrency: 3 });
		expect(items).toEqual([]);
		expect(error?.message).toContain('[item 0]');
		expect(asked()).toBe(3);
		expect(simulator.control.requests().every(({ ms }) => ms !== undefined)).toBe(true);
	});

	it('goes through all items when told to go on', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText', times: 3 });
		const result = await send(10, { concurrency: 5 }, { continueOnFail: true });
		expect(result.items).toHaveLength(10);
		expect(result.items.filter(({ json }) => json.error)).toHaveLength(3);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			texts(10).map((_, item) => ({ item })),
		);
		result.items.forEach(({ json }, item) => {
			if (json.error) expect(json.error).toContain(`[item ${item}]`);
		});
	});

	it('does not make a cancelled execution send more', async () => {
		slow();
		const cancel = new AbortController();
		credentials.before = (number) => {
			if (number === 6) cancel.abort();
		};
		await send(40, { concurrency: 3 }, { cancel: cancel.signal });
		expect(credentials.bodies.length).toBeLessThanOrEqual(6);
	});
});

describe('pause between calls', () => {
	it('is off unless asked for', async () => {
		await send(20);
		await send(20, { pause: { values: { mode: 'off' } } });
		// The shortest of many: the vendor's advice is longer, and a busy machine is not always slow.
		expect(Math.min(...gaps())).toBeLessThan(300);
	});

	it('keeps calls as far apart as the user says', async () => {
		await send(5, range(60, 90));
		expect(gaps()).toHaveLength(4);
		expect(Math.min(...gaps())).toBeGreaterThanOrEqual(60);
	});

	it('makes reads one at a time', async () => {
		slow();
		await read(4, range(1, 2));
		expect(simulator.control.maxInFlight).toBe(1);
		expect(Math.min(...gaps())).toBeGreaterThanOrEqual(30);
	});

	it('keeps starts apart where several may be under way', async () => {
		slow(200);
		const times: number[] = [];
		credentials.before = () => times.push(performance.now());
		await read(5, { ...range(50, 60), concurrency: 5 });
		expect(simulator.control.maxInFlight).toBeGreaterThan(1);
		const apart = times.slice(1).map((time, index) => time - times[index]);
		expect(Math.min(...apart)).toBeGreaterThanOrEqual(45);
	});

	it('is taken between the pages of a list, too', async () => {
		const result = await runNode({
			credentials,
			parameters: {
				resource: 'favorite',
				operation: 'getAll',
				wId: simulator.defaults.wId,
				returnAll: true,
				options: range(60, 70),
			},
		});
		expect(jsons(result)).toHaveLength(25);
		expect(gaps()).toHaveLength(2);
		expect(Math.min(...gaps())).toBeGreaterThanOrEqual(60);
	});

	it("is the vendor's advice on request", async () => {
		const { friends } = simulator.control.populate({ friends: 61 });
		await runNode({
			credentials,
			parameters: {
				resource: 'contact',
				operation: 'get',
				wId: simulator.defaults.wId,
				wcId: '={{ $json.wcId }}',
				options: advice,
			},
			input: friends.map((wcId) => ({ wcId })),
		});
		expect(gaps()).toHaveLength(3);
		expect(Math.min(...gaps())).toBeGreaterThanOrEqual(300);
		expect(Math.min(...gaps())).toBeLessThan(10_000);
	});

	it('is no longer than the execution', async () => {
		const cancel = new AbortController();
		const startedMs = Date.now();
		// The first call is answered long before, so that this falls into the pause.
		credentials.before = () => setTimeout(() => cancel.abort(), 200);
		await send(5, range(600_000, 600_000), { cancel: cancel.signal });
		expect(Date.now() - startedMs).toBeLessThan(300_000);
		expect(asked()).toBe(1);
	});

	it('is not taken after a failure', async () => {
		simulator.control.fault({ kind: 'vendorFailure', path: '/sendText' });
		const startedMs = Date.now();
		expect((await send(5, range(600_000, 600_000))).error?.message).toContain('[item 0]');
		expect(Date.now() - startedMs).toBeLessThan(300_000);
	});

	it.each([
		[20, 10, 'is 10 ms, less than Range From with 20 ms'],
		[-1, 10, '"Range From" (min) must be between'],
		[1, 1e9, '"Range To" (max) must be between'],
	])('cannot be from %d to %d', async (min, max, message) => {
		const { error } = await send(2, range(min, max));
		expect(error?.message).toContain(message);
		expect(asked()).toBe(0);
	});
});

it.each([
	['an instance', () => simulator.defaults.wId],
	['an account', () => ({ __rl: true, mode: 'wcId', value: simulator.defaults.wcId })],
])('the credential is decrypted once a call, with %s', async (_what, wId) => {
	credentials.decryptions = 0;
	const result = await runNode({
		credentials,
		parameters: {
			resource: 'message',
			operation: 'sendText',
			wId: wId(),
			wcId: simulator.defaults.friend,
			content: '={{ $json.text }}',
		},
		input: texts(10),
	});
	expect(jsons(result)).toHaveLength(10);
	// One more for the look-up of the account, and one to tell the credentials apart.
	expect(credentials.decryptions).toBeLessThanOrEqual(12);
});

it("the vendor's advice is declared where spec/FACTS.md: Errors and limits has one", () => {
	const advised = catalogue
		.flatMap(({ operations }) => operations.filter(({ pause }) => pause))
		.map(({ path, pause }) => [path, pause]);
	expect(advised).toEqual([
		['/getContact', { min: 300, max: 800 }],
		['/checkZombie', { min: 1_000, max: 3_000 }],
	]);
});
