/** Where a list ends, and where each next page starts: with answers the simulator never gives. */
import fc from 'fast-check';

import { catalogue, findOperation } from '../../nodes/Eyun/catalogue';
import { readElements, type PagedOperation } from '../../nodes/Eyun/execution/calls/paging';

type Data = Record<string, unknown>;

function operation(resource: string, value: string): PagedOperation {
	return findOperation(resource, value) as PagedOperation;
}

/** Reads from a vendor that gives these answers, then empty ones for ever. */
async function read(
	paged: PagedOperation,
	answers: readonly Data[],
	{ first = {}, limit = Infinity }: { first?: Data; limit?: number } = {},
) {
	const asked: Data[] = [];
	const soFar: number[] = [];
	const elements = await readElements(paged, first, limit, async (body, count) => {
		soFar.push(count);
		return { data: answers[asked.push(body) - 1] ?? {} };
	});
	return { elements, asked, soFar };
}

const favorites = operation('favorite', 'getAll');
const moments = operation('moment', 'getAll');
const notifications = operation('channel', 'getNotifications');
const search = operation('channel', 'search');

it('names only fields that the operation has, and members that tell where a page starts', () => {
	const paged = catalogue.flatMap(({ operations }) => operations.filter(({ paging }) => paging));
	for (const { paging, fields } of paged) {
		const names = fields.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(Object.keys(paging!.next)));
		const told = Object.values(paging!.next).filter((source) => !('plus' in source));
		expect(told.length).toBeGreaterThan(0);
	}
});

describe('the end', () => {
	it('is where the flag says so, though there is a cursor', async () => {
		const { elements, asked } = await read(favorites, [
			{ favList: [1], keyBuf: 'a', continueFlag: 1 },
			{ favList: [2], keyBuf: 'b', continueFlag: 0 },
		]);
		expect(elements).toEqual([1, 2]);
		expect(asked).toEqual([{}, { keyBuf: 'a' }]);
	});

	it('is not at an empty page where the flag says that there is more, but at the second one', async () => {
		const { elements, asked } = await read(favorites, [
			{ favList: [], keyBuf: 'a', continueFlag: 1 },
			{ favList: [2], keyBuf: 'b', continueFlag: 1 },
			{ favList: [], keyBuf: 'c', continueFlag: 1 },
			{ favList: [], keyBuf: 'd', continueFlag: 1 },
		]);
		expect(elements).toEqual([2]);
		expect(asked).toHaveLength(4);
	});

	it.each([undefined, null, '', 0])('is where the cursor is %j', async (keyBuf) => {
		const { asked } = await read(favorites, [{ favList: [1], keyBuf, continueFlag: 1 }]);
		expect(asked).toHaveLength(1);
	});

	it('is where a cursor comes a second time, also in a circle', async () => {
		const { elements, asked } = await read(notifications, [
			{ list: [1], lastBuff: 'a' },
			{ list: [2], lastBuff: 'b' },
			{ list: [3], lastBuff: 'a' },
		]);
		expect(elements).toEqual([1, 2, 3]);
		expect(asked).toHaveLength(3);
	});

	it('is where the cursor is the one the user gave', async () => {
		const first = { lastBuff: 'a' };
		expect((await read(notifications, [{ list: [1], lastBuff: 'a' }], { first })).asked).toEqual([
			first,
		]);
	});

	it('is at an answer that repeats the one before', async () => {
		const same = { list: [{ svrMentionId: 1 }], lastBuff: 'a' };
		const { elements, asked } = await read(notifications, [same, same, same]);
		expect(elements).toEqual([{ svrMentionId: 1 }]);
		expect(asked).toHaveLength(2);
	});

	it.each([null, [], 'text', { list: null }, { list: 'none' }])('is at %j', async (data) => {
		const { elements, asked } = await read(notifications, [data as Data]);
		expect(elements).toEqual([]);
		expect(asked).toHaveLength(1);
	});

	it('is where the last element has no id, or none that could be sent', async () => {
		for (const last of [{}, { id: '' }, { id: 'xxxxxx' }, 7]) {
			const { elements, asked } = await read(moments, [{ sns: [last], firstPageMd5: 'm' }]);
			expect(elements).toEqual([last]);
			expect(asked).toHaveLength(1);
		}
	});

	it('is at the limit, whatever the sizes of the pages', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }),
				fc.integer({ min: 1, max: 60 }),
				async (sizes, limit) => {
					let number = 0;
					const pages = sizes.map((size, page) => ({
						list: Array.from({ length: size }, () => ++number),
						lastBuff: `p${page + 1}`,
					}));
					const { elements, asked, soFar } = await read(notifications, pages, { limit });
					expect(elements).toEqual(pages.flatMap(({ list }) => list).slice(0, limit));
					// No page is asked for once there is enough.
					expect(soFar.every((count) => count < limit)).toBe(true);
					expect(asked.length).toBeLessThanOrEqual(pages.length + 1);
				},
			),
		);
	});
});

describe('the next page', () => {
	it('of Moments starts after the last ID, with the last MD5 that was not null', async () => {
		const { asked } = await read(
			moments,
			[
				{ sns: [{ id: '14805369577610556101' }], firstPageMd5: 'm1' },
				{ sns: [{ id: '14805369577610556100' }], firstPageMd5: null },
				{ sns: [{ id: '3' }], firstPageMd5: 'm2' },
			],
			{ first: { wId: 'w', firstPageMd5: '', maxId: 0n } },
		);
		expect(asked).toEqual([
			{ wId: 'w', firstPageMd5: '', maxId: 0n },
			{ wId: 'w', firstPageMd5: 'm1', maxId: 14805369577610556101n },
			{ wId: 'w', firstPageMd5: 'm1', maxId: 14805369577610556100n },
			{ wId: 'w', firstPageMd5: 'm2', maxId: 3n },
		]);
	});

	it('of a search counts pages, and stops when the offset stands still', async () => {
		const { elements, asked } = await read(
			search,
			[
				{ authInfos: ['channel'], videoInfos: ['a'], offset: 8, cookie: 'c1', searchId: '77' },
				{ authInfos: null, videoInfos: ['b'], offset: 16, cookie: 'c2', searchId: '77' },
				{ videoInfos: ['c'], offset: 16, cookie: 'c3', searchId: '77' },
			],
			{ first: { content: 'x', page: 1, offset: 0 } },
		);
		expect(elements).toEqual(['channel', 'a', 'b', 'c']);
		expect(asked).toEqual([
			{ content: 'x', page: 1, offset: 0 },
			{ content: 'x', page: 2, offset: 8, cookie: 'c1', searchId: '77' },
			{ content: 'x', page: 3, offset: 16, cookie: 'c2', searchId: '77' },
		]);
	});

	it('of liked videos is sent under both of its names', async () => {
		const liked = operation('channel', 'getLiked');
		const { asked } = await read(liked, [{ contactList: [1], lastBuffer: 'n', continueFlag: 1 }]);
		expect(asked[1]).toEqual({ lastBuffer: 'n', lastBuff: 'n' });
	});

	it('of favorites takes the key as it came, text or bytes', async () => {
		for (const keyBuf of ['YWJj', [1, 2, 3]]) {
			const { asked } = await read(favorites, [{ favList: [1], keyBuf, continueFlag: 1 }]);
			expect(asked[1]).toEqual({ keyBuf });
		}
	});
});

it('reads nothing more when no call may start', async () => {
	let calls = 0;
	const elements = await readElements(notifications, {}, Infinity, async () =>
		++calls === 1 ? { data: { list: [1], lastBuff: 'a' } } : undefined,
	);
	expect(elements).toEqual([1]);
});
