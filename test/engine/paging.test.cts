import { isSafeNumber, parse } from 'lossless-json';
import type { IDataObject } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue } from '../../nodes/Eyun/catalogue';
import type { Operation } from '../../nodes/Eyun/catalogue/types';
import { startSimulator, type Simulator } from '../../simulator/server.cts';
import { useSimulator } from '../support/useSimulator.cts';
import type { World } from '../../simulator/world.cts';
import { jsons, runNode } from '../support/engine.cts';
import { sampleRequest } from '../support/samples.cts';
import { WatchedCredentials } from '../support/watchedCredentials.cts';
import { usedCredentials } from '../support/usedCredentials.cts';

/** Return All and Limit: every paged endpoint by its own rules, against a vendor that checks cursors. */

const ME = 'wxid_simulatorhost22';

/** More of everything than fits on two pages. */
function seed(world: World): void {
	const me = world.hosted.get(ME)!;
	const [, author] = [...world.channelUsers.keys()];
	for (let number = 0; number < 23; number++) {
		const userName = `v2_followed${number}@finder`;
		world.channelUsers.set(userName, { ...world.channelUsers.get(author)!, userName });
		me.channel.follows.set(userName, 1_700_000_000 + number);
	}
	const [video] = world.channelVideos.values();
	const [comment] = video.comments;
	for (let number = 0; number < 20; number++) {
		const commentId = comment.commentId - BigInt(number + 1) * 1_000n;
		video.comments.push({ ...comment, commentId, content: `评论 ${number}` });
	}
	for (const id of [...world.channelVideos.keys()].slice(0, 24)) me.channel.liked.add(id);
	me.channel.mentions = 21;
}

interface Case {
	resource: string;
	operation: string;
	parameters(world: World): IDataObject;
	/** What tells the elements apart. */
	key(element: IDataObject): unknown;
	/** All there are, in the vendor's order. */
	all(world: World): unknown[];
	/** How many fit on a page of the simulator's. */
	page: number;
	/** How many requests it takes to read everything: one more where only an empty page tells the end. */
	requests: number;
}

const newestFirst = (ids: Iterable<bigint>) => [...ids].sort((a, b) => (a < b ? 1 : -1));
const home = (world: World) => [...world.channelUsers.keys()][1];
const my = (world: World) => ({
	myUserName: world.hosted.get(ME)!.channel.userName,
	myRoleType: 3,
});

const CASES: Case[] = [
	{
		resource: 'moment',
		operation: 'getAll',
		parameters: () => ({ firstPageMd5: '', maxId: '0' }),
		key: ({ id }) => id,
		all: (world) => newestFirst(world.moments.keys()).map(String),
		page: 10,
		requests: 4,
	},
	{
		resource: 'moment',
		operation: 'getAllOfContact',
		parameters: () => ({ wcId: ME, firstPageMd5: '', maxId: '0' }),
		key: ({ id }) => id,
		all: (world) => {
			const own = [...world.moments.values()].filter(({ author }) => author === ME);
			return newestFirst(own.map(({ id }) => id)).map(String);
		},
		page: 10,
		requests: 2,
	},
	{
		resource: 'favorite',
		operation: 'getAll',
		parameters: () => ({ keyBuf: '' }),
		key: ({ favId }) => favId,
		all: (world) => [...world.hosted.get(ME)!.favorites.keys()],
		page: 10,
		requests: 3,
	},
	{
		resource: 'channel',
		operation: 'getVideos',
		parameters: (world) => ({ userName: home(world) }),
		key: ({ id }) => String(id),
		all: (world) => {
			const theirs = [...world.channelVideos.values()].filter(
				({ author }) => author === home(world),
			);
			return newestFirst(theirs.map(({ id }) => id)).map(String);
		},
		page: 10,
		requests: 2,
	},
	{
		resource: 'channel',
		operation: 'getComments',
		parameters: (world) => {
			const [{ id, objectNonceId, sessionBuffer }] = world.channelVideos.values();
			return {
				id: String(id),
				nonceId: objectNonceId,
				sessionBuffer,
				rootCommentId: '0',
				refCommentId: '0',
				pageCode: '',
			};
		},
		key: ({ commentId }) => String(commentId),
		all: (world) => {
			const [{ comments }] = world.channelVideos.values();
			return comments.map(({ commentId }) => String(commentId));
		},
		page: 10,
		requests: 3,
	},
	{
		resource: 'channel',
		operation: 'getFollowed',
		parameters: my,
		key: ({ username }) => username,
		all: (world) => [...world.hosted.get(ME)!.channel.follows.keys()],
		page: 10,
		requests: 3,
	},
	{
		resource: 'channel',
		operation: 'getLiked',
		parameters: (world) => ({ ...my(world), flag: 7 }),
		key: ({ followTime }) => typeof followTime,
		all: (world) => [...world.hosted.get(ME)!.channel.liked].map(() => 'number'),
		page: 10,
		requests: 3,
	},
	{
		resource: 'channel',
		operation: 'getNotifications',
		parameters: (world) => ({ ...my(world), reqScene: 4, lastBuff: '' }),
		key: ({ svrMentionId }) => svrMentionId,
		all: () => Array.from({ length: 21 }, (_, number) => 45 - number),
		page: 10,
		requests: 4,
	},
	{
		resource: 'channel',
		operation: 'search',
		parameters: () => ({ content: '中国', type: 10, filter: 0, page: 1, offset: 0 }),
		key: ({ boxId }) => String(boxId).split('-').pop(),
		all: (world) => newestFirst(world.channelVideos.keys()).map(String),
		page: 8,
		requests: 5,
	},
];

const simulator = useSimulator({ strict: true, seed });
let credentials: WatchedCredentials;

beforeEach(async () => {
	credentials = await usedCredentials(simulator, WatchedCredentials);
	credentials.bodies.length = 0;
});

const run = ({ resource, operation, parameters }: Case, more: IDataObject, setup: object = {}) =>
	runNode({
		credentials,
		parameters: {
			resource,
			operation,
			wId: simulator.defaults.wId,
			...parameters(simulator.world),
			...more,
		},
		...setup,
	});
const asked = () => simulator.control.requests().length;
const favorites = CASES[2];

it('is declared for all of them', () => {
	const declared = catalogue.flatMap(({ value, operations }) =>
		operations.filter(({ paging }) => paging).map((operation) => `${value} ${operation.value}`),
	);
	expect(declared.sort()).toEqual(CASES.map((one) => `${one.resource} ${one.operation}`).sort());
});

describe.each(CASES)('$resource: $operation', (one) => {
	it('returns all, each element once, as an item of its own', async () => {
		const result = await run(one, { returnAll: true });
		expect(jsons(result).map(one.key)).toEqual(one.all(simulator.world));
		expect(asked()).toBe(one.requests);
		const links = result.items.map(({ pairedItem }) => pairedItem);
		expect(links).toEqual(links.map(() => ({ item: 0 })));
	});

	it('stops at the limit exactly and asks for no page too many', async () => {
		const all = one.all(simulator.world);
		const limit = Math.min(one.page + 2, all.length);
		expect(jsons(await run(one, { limit })).map(one.key)).toEqual(all.slice(0, limit));
		expect(asked()).toBe(Math.ceil(limit / one.page));
		simulator.control.clearRequests();
		const page = Math.min(one.page, all.length);
		expect(jsons(await run(one, { limit: page })).map(one.key)).toEqual(all.slice(0, page));
		expect(asked()).toBe(1);
	});

	it('gives one page as it is on request', async () => {
		const [page, ...others] = jsons(await run(one, { options: { singlePage: true } }));
		expect(others).toEqual([]);
		expect(Object.values(page).filter(Array.isArray).length).toBeGreaterThan(0);
		const [whole] = jsons(await run(one, { options: { fullResponse: true } }));
		expect(whole).toMatchObject({ code: '1000', data: page });
		expect(asked()).toBe(2);
	});

	it('says how many were read when a later page fails', async () => {
		credentials.before = (number) => {
			if (number === 2) simulator.control.fault({ kind: 'vendorFailure', message: '系统繁忙' });
		};
		const read = Math.min(one.page, one.all(simulator.world).length);
		const { items, error } = await run(one, { returnAll: true });
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			`After ${read} results: Eyun refused: 系统繁忙 (code 1001) [item 0]`,
		);
		expect(asked()).toBe(2);
	});

	it('asks again for a page whose answer was lost', async () => {
		credentials.before = (number) => {
			if (number === 2) simulator.control.fault({ kind: 'reset' });
		};
		expect(jsons(await run(one, { returnAll: true })).map(one.key)).toEqual(
			one.all(simulator.world),
		);
		expect(asked()).toBe(one.requests + 1);
	});
});

it('reads 50 unless told otherwise', async () => {
	const { favorites: kept } = simulator.world.hosted.get(ME)!;
	for (let favId = 1_000; favId < 1_060; favId++) {
		kept.set(favId, { favId, type: 1, updateTime: 1, object: '' });
	}
	expect(jsons(await run(favorites, {}))).toHaveLength(50);
	expect(asked()).toBe(5);
});

it('starts where it is told to, and keeps all digits on the way', async () => {
	const ids = newestFirst(simulator.world.moments.keys()).map(String);
	const [first] = jsons(await run(CASES[0], { options: { singlePage: true } }));
	simulator.control.clearRequests();
	const result = await run(CASES[0], {
		returnAll: true,
		maxId: ids[9],
		firstPageMd5: first.firstPageMd5,
	});
	expect(jsons(result).map(({ id }) => id)).toEqual(ids.slice(10));
	expect(simulator.control.requests()[0].body).toContain(`"maxId":${ids[9]}`);
	expect(simulator.control.requests()[1].body).toContain(`"maxId":${ids[19]}`);
	expect(simulator.control.requests()[1].body).toContain(`"firstPageMd5":"${first.firstPageMd5}"`);
});

it('pages every item by itself and links each element', async () => {
	const result = await run(favorites, { limit: '={{ $json.most }}' } as IDataObject, {
		input: [{ most: 12 }, { most: 3 }, { most: 25 }],
	});
	const links = result.items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect(links).toEqual([...Array(12).fill(0), ...Array(3).fill(1), ...Array(25).fill(2)]);
});

it('a failed page is an error item, and other items go on', async () => {
	credentials.before = (number) => {
		if (number === 2) simulator.control.fault({ kind: 'vendorFailure', message: '系统繁忙' });
	};
	const result = await run(
		favorites,
		{ returnAll: true, options: { concurrency: 1 } },
		{ continueOnFail: true, input: [{}, {}] },
	);
	expect(result.items).toHaveLength(26);
	expect(result.items[0].json.error).toContain('After 10 results: Eyun refused: 系统繁忙');
	expect(result.items[25].pairedItem).toEqual({ item: 1 });
});

it('a cancelled execution reads no further page', async () => {
	const cancel = new AbortController();
	credentials.before = (number) => {
		if (number === 2) cancel.abort();
	};
	await run(CASES[0], { returnAll: true }, { cancel: cancel.signal });
	expect(asked()).toBeLessThanOrEqual(2);
	expect(credentials.bodies.length).toBeLessThanOrEqual(2);
});

it.each([0, -1, 'many', 1.5])('refuses the limit %j before anything is sent', async (limit) => {
	const { error } = await run(favorites, { limit });
	expect(error?.message).toContain('"Limit" (limit)');
	expect(asked()).toBe(0);
});

describe('a vendor that answers the same page for ever', () => {
	// By an independent parser: unsafe integers are text.
	const examples = parse(
		readFileSync(join(__dirname, '../../spec/responses.json'), 'utf8'),
		undefined,
		(digits) => (/^-?\d+$/.test(digits) && !isSafeNumber(digits) ? digits : Number(digits)),
	) as Record<string, { path: string; success: Array<{ data: Record<string, unknown> }> }>;
	let same: Simulator;
	beforeAll(async () => {
		same = await startSimulator({ strict: true, examples: true });
	});
	afterAll(() => same.stop());

	const paged = catalogue.flatMap(({ value: resource, operations }) =>
		operations.filter(({ paging }) => paging).map((operation) => ({ resource, operation })),
	) as Array<{ resource: string; operation: Operation & { paging: object } }>;

	it.each(paged)('$operation.path: is asked twice at most', async ({ resource, operation }) => {
		same.control.clearRequests();
		const { parameters } = sampleRequest(operation, 'smallest', { wId: same.defaults.wId });
		const result = await runNode({
			credentials: { baseUrl: same.url, token: same.defaults.token },
			parameters: { resource, operation: operation.value, ...parameters, returnAll: true },
		});
		const { data } = Object.values(examples).find(({ path }) => path === operation.path)!
			.success[0];
		expect(jsons(result)).toEqual(operation.paging!.elements.flatMap((name) => data[name]));
		expect(same.control.requests(operation.path).length).toBeLessThanOrEqual(2);
	});
});
