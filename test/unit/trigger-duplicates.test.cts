import type { TriggerOutput } from '../../nodes/Eyun/callbacks/output.ts';
import { toOutput } from '../../nodes/Eyun/callbacks/output.ts';
import { RecentKeys } from '../../nodes/Eyun/common/recentKeys.ts';
import type { DeduplicatorContext } from '../../nodes/Eyun/trigger/state/deduplicator.ts';
import { Deduplicator } from '../../nodes/Eyun/trigger/state/deduplicator.ts';
import { eventKeyOf, SHORT_LIFE_MS } from '../../nodes/Eyun/callbacks/eventKey.ts';
import { DedupStore } from '../support/dedupStore.cts';

const output = (messageType: string, data: object, whole: object = { wcId: 'wxid_me' }) =>
	toOutput({ messageType, code: messageType, data: data as Record<string, unknown>, ...whole });

const idOf = (out: TriggerOutput) => eventKeyOf(out).id;

describe('the key of a duplicate', () => {
	const message = { newMsgId: '7365193471029381234', msgId: 5, fromUser: 'a', content: 'x' };

	it('is account, type and newMsgId, whatever else differs', () => {
		const again = { ...message, wId: 'another login', content: 'y', msgId: 6 };
		expect(idOf(output('60001', again))).toBe(idOf(output('60001', message)));
	});

	it.each([
		['another type', output('60018', message)],
		['another account', output('60001', message, { wcId: 'wxid_other' })],
		['another newMsgId', output('60001', { ...message, newMsgId: '7365193471029381235' })],
	])('differs for %s', (_, other) => {
		expect(idOf(other)).not.toBe(idOf(output('60001', message)));
	});

	it('falls back to msgId and chat', () => {
		const first = { msgId: 5, fromUser: 'a' };
		expect(idOf(output('60001', { ...first, content: 'y' }))).toBe(idOf(output('60001', first)));
		expect(idOf(output('60001', { ...first, newMsgId: 0 }))).toBe(idOf(output('60001', first)));
		expect(idOf(output('60001', { ...first, fromUser: 'b' }))).not.toBe(
			idOf(output('60001', first)),
		);
	});

	it('falls back to all the content, for a while only when it has no time', () => {
		const left = { userName: '1@chatroom' };
		expect(eventKeyOf(output('85015', left))).toEqual({
			id: idOf(output('85015', { ...left })),
			shortLived: true,
		});
		expect(eventKeyOf(output('85015', { ...left, timestamp: 1700000000 })).shortLived).toBe(false);
		expect(idOf(output('85015', { userName: '2@chatroom' }))).not.toBe(idOf(output('85015', left)));
	});
});

describe('the key of a file', () => {
	const file = (messageType: string, newMsgId: string, type = 6, announcement = '') =>
		idOf(
			output(messageType, {
				newMsgId,
				content: `<msg><appmsg><type>${type}</type><appattach><overwrite_newmsgid>${announcement}</overwrite_newmsgid></appattach></appmsg></msg>`,
			}),
		);

	it('is the same for both messages that hold it', () => {
		expect(file('60009', '71')).toBe(file('60008', '71'));
		expect(file('60009', '72', 6, '71')).toBe(file('60008', '71'));
		expect(file('60009', '72', 6, '71')).toBe(file('60008', '72', 6, '71'));
		expect(file('80009', '71', 6, '0')).toBe(file('80008', '71'));
	});

	it('is another one for its announcement and for other files', () => {
		expect(file('60008', '71', 74)).not.toBe(file('60009', '71'));
		expect(file('60008', '71', 74)).not.toBe(file('60009', '72', 6, '71'));
		expect(file('60009', '71', 74)).not.toBe(file('60009', '71'));
		expect(file('60009', '72')).not.toBe(file('60009', '71'));
		expect(file('60007', '71')).not.toBe(file('60008', '71'));
	});
});

describe('recent keys', () => {
	it('forget the oldest beyond the limit, and know the noted value', () => {
		const keys = new RecentKeys<number>();
		for (let key = 1; key <= 5; key++) keys.set(String(key), key, 3);
		expect([1, 2, 3, 4, 5].map((key) => keys.get(String(key)))).toEqual([
			undefined,
			undefined,
			3,
			4,
			5,
		]);
		keys.set('3', 33, 3);
		keys.set('6', 6, 3);
		expect([keys.get('3'), keys.get('4'), keys.size]).toEqual([33, undefined, 3]);
		keys.set('7', 7, 1);
		expect(keys.size).toBe(1);
	});

	it('forget a short-lived key by the steady clock, whatever the wall clock does', () => {
		const steady = jest.spyOn(performance, 'now').mockReturnValue(1_000);
		const wall = jest.spyOn(Date, 'now').mockReturnValue(0);
		const keys = new RecentKeys<true>();
		keys.set('a', true, 10, 500);
		wall.mockReturnValue(1e15);
		expect(keys.get('a')).toBe(true);
		steady.mockReturnValue(1_501);
		expect(keys.get('a')).toBeUndefined();
		expect(keys.size).toBe(0);
		jest.restoreAllMocks();
	});
});

/** One process that shares the database with others. */
class Process {
	readonly failures: unknown[] = [];

	private readonly deduplicator = new Deduplicator();

	private executions = 0;

	constructor(
		private readonly database: DedupStore,
		private readonly name: string,
		private readonly limit = 1_000,
	) {}

	async passes(id: string, executionId = `${this.name}${++this.executions}`, shortLived = false) {
		return !(await this.deduplicator.isDuplicate(
			{ key: { id, shortLived }, executionId },
			this.context(),
		));
	}

	/** Notes a message that cannot be a repeat, with nobody else at the store. */
	note(id: string) {
		const passage = { key: { id, shortLived: false }, executionId: `${this.name} ${id}` };
		this.deduplicator.note(passage, { ...this.context(), alone: true });
	}

	/** Resolves when all that was noted is in the database. */
	async idle() {
		await this.deduplicator.idle();
	}

	private context(): DeduplicatorContext {
		return {
			limit: this.limit,
			store: async (ids, maxEntries) =>
				await this.database.checkProcessedAndRecord(
					ids,
					'node',
					{ workflow: { id: 'w', active: true }, node: { id: 'n' } as never },
					{ mode: 'entries', maxEntries },
				),
			onStoreFailure: (error) => void this.failures.push(error),
		};
	}

	async passed(ids: string[]) {
		const results = await Promise.all(ids.map(async (id) => await this.passes(id)));
		return ids.filter((_, index) => results[index]);
	}
}

describe('the recorder', () => {
	const ids = (count: number, from = 0) =>
		Array.from({ length: count }, (_, index) => `id-${from + index}`);
	let database: DedupStore;

	beforeEach(() => {
		database = new DedupStore();
	});

	it('passes each message once in one process, also when all come at once', async () => {
		const a = new Process(database, 'a');
		expect(await a.passed([...ids(50), ...ids(50), ...ids(50)])).toEqual(ids(50));
		expect(await a.passed(ids(50))).toEqual([]);
	});

	it('joins calls into few writes', async () => {
		const a = new Process(database, 'a');
		await a.passed(ids(200));
		expect(database.calls).toBe(1);
	});

	it('knows after a restart what was passed before, and lets new messages through', async () => {
		await new Process(database, 'a').passed(ids(100));
		expect(await new Process(database, 'b').passed(ids(150))).toEqual(ids(50, 100));
	});

	it('passes the same execution again, which lost its worker', async () => {
		await new Process(database, 'a').passes('id', 'execution-7');
		const b = new Process(database, 'b');
		expect(await b.passes('id', 'execution-7')).toBe(true);
		expect(await b.passes('id', 'execution-7')).toBe(true);
		expect(await b.passes('id', 'execution-8')).toBe(false);
	});

	it('does not pass what it dropped when the same execution asks again', async () => {
		await new Process(database, 'a').passes('id');
		const b = new Process(database, 'b');
		expect(await b.passes('id', 'execution-8')).toBe(false);
		expect(await b.passes('id', 'execution-8')).toBe(false);
	});

	it('passes messages on when the database fails, and remembers them within the process', async () => {
		const a = new Process(database, 'a');
		database.failure = new Error('database is locked');
		expect(await a.passed(ids(3))).toEqual(ids(3));
		expect(a.failures).toEqual([database.failure]);
		expect(await a.passed(ids(3))).toEqual([]);
		database.failure = undefined;
		await a.passes('later');
		expect(await new Process(database, 'b').passed(ids(3))).toEqual([]);
	});

	it('survives the race of two first inserts', async () => {
		const a = new Process(database, 'a');
		const b = new Process(database, 'b');
		const [one, two] = await Promise.all([a.passed(['x']), b.passed(['y'])]);
		expect([one, two, a.failures, b.failures]).toEqual([['x'], ['y'], [], []]);
		expect(await new Process(database, 'c').passed(['x', 'y'])).toEqual([]);
	});

	it('writes again what another process overwrote', async () => {
		await new Process(database, 'z').passes('first row');
		const a = new Process(database, 'a');
		const b = new Process(database, 'b');
		await Promise.all([a.passed(ids(20)), b.passed(ids(20, 100))]);
		const lost = await new Process(new DedupStoreCopy(database), 'c').passed([
			...ids(20),
			...ids(20, 100),
		]);
		expect(lost.length).toBeGreaterThan(0);
		await a.passes('next of a');
		await b.passes('next of b');
		expect(await new Process(database, 'd').passed([...ids(20), ...ids(20, 100)])).toEqual([]);
	});

	it('keeps the row within its window', async () => {
		const a = new Process(database, 'a', 10);
		for (const id of ids(100)) await a.passes(id);
		expect(await database.getProcessedDataCount()).toBe(20);
		const b = new Process(database, 'b', 10);
		expect(await b.passed(ids(10, 90))).toEqual([]);
	});

	it('forgets a short-lived key after its time, across restarts too', async () => {
		const start = 1_700_000_000_000;
		const now = jest.spyOn(Date, 'now').mockReturnValue(start);
		await new Process(database, 'a').passes('left group', 'a1', true);
		now.mockReturnValue(start + SHORT_LIFE_MS / 2);
		expect(await new Process(database, 'b').passes('left group', 'b1', true)).toBe(false);
		now.mockReturnValue(start + 3 * SHORT_LIFE_MS);
		expect(await new Process(database, 'c').passes('left group', 'c1', true)).toBe(true);
		now.mockRestore();
	});
});

describe('messages that cannot be duplicates', () => {
	it('are noted together, a little later, once', async () => {
		const database = new DedupStore();
		const a = new Process(database, 'a');
		for (let id = 0; id < 50; id++) a.note(String(id));
		a.note('7');
		expect(database.calls).toBe(0);
		await a.idle();
		expect(database.calls).toBe(1);
		expect([...database.rows.values()][0]).toHaveLength(100);
		expect(await new Process(database, 'b').passes('7')).toBe(false);
	});

	it('are written once, where no other process can overwrite them', async () => {
		const database = new DedupStore();
		const asked: string[][] = [];
		const check = database.checkProcessedAndRecord.bind(database);
		database.checkProcessedAndRecord = async (items, ...others) => {
			asked.push(items.map(String));
			return await check(items, ...others);
		};
		const a = new Process(database, 'a');
		database.failure = new Error('database is locked');
		a.note('failed');
		await a.idle();
		database.failure = undefined;
		for (const id of ['second', 'third']) {
			a.note(id);
			await a.idle();
		}
		expect(asked.at(-2)).toEqual(expect.arrayContaining(['failed', 'second']));
		expect(asked.at(-1)).toEqual(['third', 'third#a third']);
		const b = new Process(database, 'b');
		expect(await b.passed(['failed', 'second', 'third', 'new'])).toEqual(['new']);
	});

	it('are known in the process at once, and go along with a question', async () => {
		const database = new DedupStore();
		const a = new Process(database, 'a');
		a.note('noted');
		expect(await a.passes('noted')).toBe(false);
		expect(await a.passes('asked')).toBe(true);
		expect(await new Process(database, 'b').passes('noted')).toBe(false);
	});
});

describe('recorders of several processes, when no more messages come', () => {
	const ids = (count: number, name: string) =>
		Array.from({ length: count }, (_, index) => `${name}-${index}`);
	const pass = async (ms: number) => await jest.advanceTimersByTimeAsync(ms);
	let database: DedupStore;

	/** All that `work` gives back, with time going on meanwhile. */
	async function meanwhile<T>(work: Promise<T>): Promise<T> {
		let ended = false;
		const watched = work.finally(() => (ended = true));
		while (!ended) await pass(1);
		return await watched;
	}

	/** What the database does not know. */
	async function lost(all: string[]) {
		return await meanwhile(new Process(new DedupStoreCopy(database), 'look').passed(all));
	}

	beforeEach(async () => {
		jest.useFakeTimers();
		// Any numbers do, but they shall be the same in every run.
		let random = 7;
		jest
			.spyOn(Math, 'random')
			.mockImplementation(() => (random = (random * 16_807) % 2_147_483_647) / 2_147_483_647);
		database = new DedupStore();
		database.takesMs = 20;
		await meanwhile(new Process(database, 'z').passes('first row'));
		await pass(5_000);
	});

	afterEach(() => {
		jest.restoreAllMocks();
		jest.useRealTimers();
	});

	it('heal within a second what they overwrote of each other', async () => {
		const processes = ['a', 'b', 'c'].map((name) => new Process(database, name));
		const all = processes.map((_, n) => ids(20, String(n)));
		await meanwhile(Promise.all(processes.map(async (one, n) => await one.passed(all[n]))));
		expect((await lost(all.flat())).length).toBeGreaterThan(0);
		await pass(1_000);
		expect(await lost(all.flat())).toEqual([]);
		await pass(5_000);
		expect(await lost(all.flat())).toEqual([]);
	});

	it('let no duplicate through that comes a second later to another process', async () => {
		const a = new Process(database, 'a');
		const b = new Process(database, 'b');
		for (let round = 0; round < 30; round++) {
			const [one, two] = [ids(2, `a${round}`), ids(3, `b${round}`)];
			await meanwhile(Promise.all([a.passed(one), b.passed(two)]));
			await pass(1_000);
			expect(await meanwhile(Promise.all([a.passed(two), b.passed(one)]))).toEqual([[], []]);
		}
	});

	it('keep more than they write with each message until it is sure', async () => {
		const [a, b] = [new Process(database, 'a', 5_000), new Process(database, 'b', 5_000)];
		const many = ids(900, 'a');
		await meanwhile(Promise.all([a.passed(many), b.passed(['b'])]));
		await pass(1_000);
		expect(await lost(many)).toEqual([]);
	});

	it('do not keep step with each other for ever', async () => {
		// The first pauses are the same for both, so that they overwrite each other once more.
		const random = jest.mocked(Math.random);
		for (let pause = 0; pause < 4; pause++) random.mockReturnValueOnce(0);
		const [a, b] = [new Process(database, 'a'), new Process(database, 'b')];
		await meanwhile(Promise.all([a.passes('x'), b.passes('y')]));
		await pass(250);
		expect(await lost(['x', 'y'])).toHaveLength(1);
		await pass(5_000);
		expect(await lost(['x', 'y'])).toEqual([]);
	});

	it('check a few times and then leave the database alone', async () => {
		const before = database.calls;
		await meanwhile(new Process(database, 'a').passes('x'));
		await pass(60_000);
		expect(database.calls - before).toBeGreaterThan(1);
		expect(database.calls - before).toBeLessThan(6);
	});

	it('give up when the database forgets all the time', async () => {
		await meanwhile(new Process(database, 'a').passes('x'));
		const before = database.calls;
		const forget = setInterval(() => database.rows.clear(), 1);
		await pass(60_000);
		clearInterval(forget);
		expect(database.calls - before).toBeLessThan(30);
	});

	it('answer a message at once that comes between two checks', async () => {
		const a = new Process(database, 'a');
		await meanwhile(a.passes('x'));
		const started = performance.now();
		expect(await meanwhile(a.passes('y'))).toBe(true);
		expect(performance.now() - started).toBeLessThan(60);
	});

	it('say once that the database fails, and try no more until the next message', async () => {
		const a = new Process(database, 'a');
		await meanwhile(a.passes('x'));
		database.failure = new Error('database is gone');
		await pass(60_000);
		expect(a.failures).toEqual([database.failure]);
		const before = database.calls;
		await pass(60_000);
		expect(database.calls).toBe(before);
		database.failure = undefined;
		await meanwhile(a.passes('y'));
		await pass(60_000);
		expect(await lost(['x', 'y'])).toEqual([]);
	});

	it('note what was passed on unchecked when the database is back', async () => {
		const a = new Process(database, 'a');
		database.failure = new Error('database is locked');
		expect(await meanwhile(a.passes('x'))).toBe(true);
		database.failure = undefined;
		await pass(1_000);
		expect(a.failures).toHaveLength(1);
		expect(await lost(['x'])).toEqual([]);
	});
});

/** A look into the database that leaves it as it is. */
class DedupStoreCopy extends DedupStore {
	constructor(original: DedupStore) {
		super();
		for (const [row, data] of original.rows) this.rows.set(row, [...data]);
	}
}
