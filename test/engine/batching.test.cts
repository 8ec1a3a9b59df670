import type { IDataObject } from 'n8n-workflow';

import { useSimulator } from '../support/useSimulator.cts';
import { jsons, runNode } from '../support/engine.cts';
import { WatchedCredentials } from '../support/watchedCredentials.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Calls that take up to 20 ids: many items share few calls, and every item gets its own answer. */

const simulator = useSimulator({ strict: true });
let credentials: WatchedCredentials;

beforeEach(async () => {
	credentials = await usedCredentials(simulator, WatchedCredentials);
	credentials.bodies.length = 0;
});

const run = (ids: unknown[], more: IDataObject = {}, setup: object = {}) =>
	runNode({
		credentials,
		parameters: {
			resource: 'contact',
			operation: 'get',
			wId: simulator.defaults.wId,
			wcId: '={{ $json.wcId }}',
			...more,
		},
		input: ids.map((wcId) => ({ wcId }) as IDataObject),
		...setup,
	});
const askedFor = () =>
	simulator.control
		.requests('/getContact')
		.map(({ json }) => String((json as { wcId: string }).wcId).split(','));
const links = (result: { items: Array<{ pairedItem?: unknown }> }) =>
	result.items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
const refuse = (number: number, message = '系统繁忙') => {
	credentials.before = (count) => {
		if (count === number) simulator.control.fault({ kind: 'vendorFailure', message });
	};
};

it('fills every call, and pairs every answer with its item', async () => {
	const { friends } = simulator.control.populate({ friends: 45 });
	const result = await run(friends);
	expect(jsons(result).map(({ userName }) => userName)).toEqual(friends);
	expect(links(result)).toEqual(friends.map((_, item) => item));
	const calls = askedFor().sort((a, b) => friends.indexOf(a[0]) - friends.indexOf(b[0]));
	expect(calls).toEqual([friends.slice(0, 20), friends.slice(20, 40), friends.slice(40)]);
});

it('needs a twentieth of the calls for 1,000 items, at most 5 at the same time', async () => {
	const { friends } = simulator.control.populate({ friends: 1_000 });
	simulator.control.fault({ kind: 'latency', ms: 100, path: '/getContact', times: 0 });
	const result = await run(friends);
	expect(jsons(result).map(({ userName }) => userName)).toEqual(friends);
	expect(askedFor()).toHaveLength(50);
	expect(simulator.control.maxInFlight).toBe(5);
});

it('gives every item all that it asked for, and keeps its ids together', async () => {
	const { friends } = simulator.control.populate({ friends: 30 });
	const result = await run([
		friends.slice(0, 15).join(','),
		friends.slice(15).reverse(),
		`${friends[3]} , ${friends[3]}`,
	]);
	const names = jsons(result).map(({ userName }) => userName);
	expect(names).toEqual([...friends.slice(0, 15), ...friends.slice(15).reverse(), friends[3]]);
	expect(links(result)).toEqual([...Array(15).fill(0), ...Array(15).fill(1), 2]);
	expect(askedFor().map(({ length }) => length)).toEqual([15, 15]);
});

it('asks for an id once, however many items want it', async () => {
	const { friends } = simulator.control.populate({ friends: 25 });
	const wanted = [...friends, friends[0], friends[24], friends[0]];
	const result = await run(wanted);
	expect(jsons(result).map(({ userName }) => userName)).toEqual(wanted);
	expect(links(result)).toEqual(wanted.map((_, item) => item));
	expect(askedFor().flat().sort()).toEqual([...friends].sort());
});

it('says which item got no answer, and what it asked for', async () => {
	const [first, second] = simulator.control.populate({ friends: 2 }).friends;
	const { items, error } = await run([first, 'wxid_nobody', second]);
	expect(items).toEqual([]);
	expect(error).toMatchObject({
		message: 'Eyun returned nothing for wxid_nobody [item 1]',
		context: { itemIndex: 1 },
	});
	const result = await run([first, 'wxid_nobody', second], {}, { continueOnFail: true });
	expect(result.items.map(({ json }) => json.userName ?? json.error)).toEqual([
		first,
		'Eyun returned nothing for wxid_nobody [item 1]',
		second,
	]);
	expect(links(result)).toEqual([0, 1, 2]);
	expect((await run(['wxid_nobody'])).error?.message).toContain('nothing for wxid_nobody');
});

it('an item with unusable input fails alone', async () => {
	const [first, second] = simulator.control.populate({ friends: 2 }).friends;
	const tooMany = Array.from({ length: 21 }, (_, number) => `wxid_${number}`);
	const result = await run([first, '', tooMany, second], {}, { continueOnFail: true });
	expect(result.items.map(({ json }) => json.userName ?? json.error)).toEqual([
		first,
		'"WeChat IDs" (wcId) is empty [item 1]',
		expect.stringContaining('(wcId) takes at most 20 values in one call, not 21 [item 2]'),
		second,
	]);
	expect(askedFor()).toEqual([[first, second]]);
	expect((await run([first, '', second])).error?.message).toContain('is empty [item 1]');
});

it('a failed call fails its items, each under its own number, and no others', async () => {
	const { friends } = simulator.control.populate({ friends: 41 });
	refuse(2);
	const result = await run(friends, { options: { concurrency: 1 } }, { continueOnFail: true });
	expect(result.items).toHaveLength(41);
	result.items.forEach(({ json, pairedItem }, item) => {
		expect(pairedItem).toEqual({ item });
		if (item < 20 || item >= 40) expect(json.userName).toBe(friends[item]);
		else {
			expect(json.error).toBe(`Eyun refused: 系统繁忙 (code 1001) [item ${item}]`);
			expect(json.message).toContain(`(POST /getContact)`);
		}
	});
});

it('a failed call ends the run at its first item', async () => {
	const { friends } = simulator.control.populate({ friends: 60 });
	refuse(2);
	const { items, error } = await run(friends, { options: { concurrency: 1 } });
	expect(items).toEqual([]);
	expect(error).toMatchObject({
		message: 'Eyun refused: 系统繁忙 (code 1001) [item 20]',
		context: { itemIndex: 20 },
	});
	expect(askedFor()).toHaveLength(2);
});

it('items of different instances never share a call', async () => {
	const { friends } = simulator.control.populate({ friends: 4 });
	const other = simulator.control.host({ wcId: 'wxid_secondhost' }).wcId;
	const second = simulator.control.online({ wcId: other }).wId;
	const { wId } = simulator.defaults;
	const result = await run(
		[],
		{ wId: '={{ $json.wId }}' },
		{
			input: friends.map((wcId, item) => ({ wcId, wId: item % 2 === 0 ? wId : second })),
		},
	);
	expect(jsons(result).map(({ userName }) => userName)).toEqual(friends);
	const bodies = simulator.control.requests('/getContact').map(({ json }) => json);
	expect(bodies).toHaveLength(2);
	expect(bodies).toEqual(
		expect.arrayContaining([
			{ wId, wcId: `${friends[0]},${friends[2]}` },
			{ wId: second, wcId: `${friends[1]},${friends[3]}` },
		]),
	);
});

it('whole answers are not shared', async () => {
	const { friends } = simulator.control.populate({ friends: 3 });
	const result = await run(friends, { options: { fullResponse: true } });
	expect(jsons(result)).toMatchObject(
		friends.map((userName) => ({ code: '1000', data: [{ userName }] })),
	);
	expect(askedFor()).toHaveLength(3);
});

it('friends are checked in batches, too', async () => {
	const { friends } = simulator.control.populate({ friends: 21 });
	const wanted = ['wxid_zombie0000001', ...friends];
	const result = await run(wanted, { operation: 'checkFriends' });
	expect(jsons(result)).toEqual(
		wanted.map((userName, item) => ({ userName, status: item === 0 ? 1 : 0 })),
	);
	expect(simulator.control.requests('/checkZombie')).toHaveLength(2);
});

it('a call whose answer was lost is made again, since it only reads', async () => {
	const { friends } = simulator.control.populate({ friends: 3 });
	simulator.control.fault({ kind: 'reset', path: '/getContact' });
	expect(jsons(await run(friends)).map(({ userName }) => userName)).toEqual(friends);
	expect(askedFor()).toHaveLength(2);
});
