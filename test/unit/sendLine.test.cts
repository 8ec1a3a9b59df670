/** The line in which the sends of one account stand, with a clock that the test moves. */
import * as fc from 'fast-check';

import { processClock } from '../../nodes/Eyun/transport/limits/clock';
import type { SendLimits } from '../../nodes/Eyun/transport/limits/sendLimits';
import type { TurnEnd } from '../../nodes/Eyun/transport/limits/sendLine';
import { SendLine } from '../../nodes/Eyun/transport/limits/sendLine';
import { SendLines } from '../../nodes/Eyun/transport/limits/sendLines';
import { TestClock } from '../support/testClock.cts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: TestClock;
let line: SendLine;

function begin(at?: string): void {
	clock = new TestClock(at);
	line = new SendLine(clock);
}

beforeEach(() => begin());

const limits = (some: Partial<SendLimits>): SendLimits => ({
	timeZone: 'UTC',
	longestWaitMs: 0,
	...some,
});

/** Sends at once when its turn has come, and says how that ended. */
async function send(some: Partial<SendLimits>, cancelled?: AbortSignal): Promise<string> {
	const end = await line.take(limits(some), cancelled);
	if ('turn' in end) end.turn.count();
	return shown(end);
}

function shown(end: TurnEnd): string {
	if ('turn' in end) return 'sent';
	return 'block' in end ? end.block.limit : 'cancelled';
}

async function sendMany(count: number, some: Partial<SendLimits>): Promise<string[]> {
	return await Promise.all(Array.from({ length: count }, async () => await send(some)));
}

describe('messages per minute', () => {
	it('fail beyond the limit, and are possible again 60 seconds after the first', async () => {
		expect(await sendMany(2, { perMinute: 3 })).toEqual(['sent', 'sent']);
		await clock.pass(20_000);
		expect(await sendMany(3, { perMinute: 3 })).toEqual(['sent', 'minute', 'minute']);
		await clock.pass(39_999);
		expect(await send({ perMinute: 3 })).toBe('minute');
		await clock.pass(1);
		expect(await sendMany(3, { perMinute: 3 })).toEqual(['sent', 'sent', 'minute']);
	});

	it('tell how many were sent, and when the next is possible', async () => {
		await sendMany(3, { perMinute: 3 });
		await clock.pass(12_000);
		expect(await line.take(limits({ perMinute: 3 }))).toEqual({
			block: {
				limit: 'minute',
				sent: 3,
				ahead: 0,
				inMs: 48_000,
				nextMs: Date.parse('2026-03-10T12:01:00Z'),
			},
		});
	});

	it('count what was sent before the limit was lowered', async () => {
		await sendMany(5, { perMinute: 5 });
		await clock.pass(MINUTE / 2);
		const end = await line.take(limits({ perMinute: 2 }));
		expect(end).toMatchObject({ block: { sent: 5, inMs: MINUTE / 2 } });
	});

	it('wait in order, never more than the limit in any 60 seconds', async () => {
		const times: number[] = [];
		const sends = Array.from({ length: 30 }, async (_, number) => {
			const end = await send({ perMinute: 10, longestWaitMs: 10 * MINUTE });
			times.push(clock.steadyMs());
			return `${number} ${end}`;
		});
		await clock.pass(3 * MINUTE);
		expect(await Promise.all(sends)).toEqual(sends.map((_, number) => `${number} sent`));
		expect(times).toEqual([
			...Array<number>(10).fill(0),
			...Array<number>(10).fill(MINUTE),
			...Array<number>(10).fill(2 * MINUTE),
		]);
		expect(clock.asleep).toBe(0);
	});

	it('do not wait in vain', async () => {
		expect(await send({ perMinute: 1 })).toBe('sent');
		expect(await send({ perMinute: 1, longestWaitMs: MINUTE - 1 })).toBe('minute');
		expect(clock.steadyMs()).toBe(0);
	});

	it('behind others are told at once when their time does not suffice', async () => {
		const some = { perMinute: 2, longestWaitMs: 3 * MINUTE };
		await sendMany(2, some);
		await clock.pass(10_000);
		const waiting = sendMany(6, some);
		expect(await line.take(limits(some))).toEqual({
			block: {
				limit: 'minute',
				sent: 2,
				ahead: 6,
				inMs: 230_000,
				nextMs: Date.parse('2026-03-10T12:04:00Z'),
			},
		});
		await clock.pass(3 * MINUTE);
		expect(await waiting).toEqual(Array(6).fill('sent'));
		expect(clock.steadyMs()).toBe(190_000);
	});

	it('count those before them for the day, too', async () => {
		const some = { perMinute: 1, perDay: 3, longestWaitMs: 5 * MINUTE };
		const sends = sendMany(4, some);
		await clock.pass(3 * MINUTE);
		expect(await sends).toEqual(['sent', 'sent', 'sent', 'day']);
	});

	it('behind others fail when their own time is over', async () => {
		// The first one has the turn, and takes long.
		const first = await line.take(limits({ perMinute: 2 }));
		const others = sendMany(3, { perMinute: 2, longestWaitMs: MINUTE / 2 });
		await clock.pass(MINUTE / 2 - 1);
		if ('turn' in first) first.turn.count();
		await clock.pass(1_000);
		expect(await others).toEqual(['sent', 'minute', 'minute']);
	});

	it('that are to fail do so at once, also behind one that waits', async () => {
		await send({ perMinute: 1 });
		const waiting = send({ perMinute: 1, longestWaitMs: 2 * MINUTE });
		expect(await send({ perMinute: 1 })).toBe('minute');
		// Under another credential, which allows more, it would still overtake the other one.
		expect(await send({ perMinute: 9 })).toBe('minute');
		await clock.pass(MINUTE);
		expect(await waiting).toBe('sent');
	});

	it('do not stand behind others for nothing', async () => {
		const sends = [0, 1, 2, 3].map(async () => await send({ perMinute: 1, longestWaitMs: 90_000 }));
		await clock.pass(2 * MINUTE);
		expect(await Promise.all(sends)).toEqual(['sent', 'sent', 'minute', 'minute']);
	});
});

describe('messages per day', () => {
	it('begin anew at midnight of the time zone', async () => {
		begin('2026-03-10T12:00:00Z');
		const shanghai = { perDay: 2, timeZone: 'Asia/Shanghai' };
		expect(await sendMany(3, shanghai)).toEqual(['sent', 'sent', 'day']);
		expect(await line.take(limits(shanghai))).toMatchObject({
			block: { sent: 2, nextMs: Date.parse('2026-03-10T16:00:00Z'), inMs: 4 * HOUR },
		});
		await clock.pass(4 * HOUR - 1);
		expect(await send(shanghai)).toBe('day');
		await clock.pass(1);
		expect(await send(shanghai)).toBe('sent');
	});

	it('are the same for workflows in several time zones', async () => {
		begin('2026-03-10T15:50:00Z');
		await sendMany(2, { perDay: 9, timeZone: 'Asia/Shanghai' });
		await clock.pass(20 * MINUTE);
		// In Shanghai a new day has begun, elsewhere it has not.
		expect(await sendMany(1, { perDay: 3, timeZone: 'Asia/Shanghai' })).toEqual(['sent']);
		expect(await send({ perDay: 3, timeZone: 'UTC' })).toBe('day');
		expect(await send({ perDay: 3, timeZone: 'Asia/Shanghai' })).toBe('sent');
	});

	it('are not possible at midnight where that is quiet', async () => {
		const some = { perDay: 1, quiet: { from: 23 * 60, to: 7 * 60 } };
		expect(await send(some)).toBe('sent');
		expect(await line.take(limits(some))).toMatchObject({
			block: { limit: 'day', nextMs: Date.parse('2026-03-11T07:00:00Z') },
		});
	});

	it('are forgotten after two days', async () => {
		await sendMany(500, { perDay: 1_000 });
		await clock.pass(48 * HOUR);
		await send({ perDay: 1_000 });
		const { quarters, lastMinute } = (line as unknown as { log: Record<string, unknown> }).log as {
			quarters: Map<number, number>;
			lastMinute: number[];
		};
		expect([quarters.size, lastMinute.length]).toEqual([1, 1]);
	});
});

describe('quiet hours', () => {
	const night = { quiet: { from: 22 * 60, to: 7 * 60 } };
	const noon = { quiet: { from: 12 * 60, to: 13 * 60 } };

	it.each<[string, Partial<SendLimits>, string]>([
		['2026-03-10T21:59:59Z', night, 'sent'],
		['2026-03-10T22:00:00Z', night, 'quiet'],
		['2026-03-11T00:00:00Z', night, 'quiet'],
		['2026-03-11T06:59:59Z', night, 'quiet'],
		['2026-03-11T07:00:00Z', night, 'sent'],
		['2026-03-10T11:59:59Z', noon, 'sent'],
		['2026-03-10T12:00:00Z', noon, 'quiet'],
		['2026-03-10T13:00:00Z', noon, 'sent'],
		['2026-03-10T14:30:00Z', { ...night, timeZone: 'Asia/Shanghai' }, 'quiet'],
		['2026-03-10T13:59:00Z', { ...night, timeZone: 'Asia/Shanghai' }, 'sent'],
	])('at %s with %j: %s', async (at, some, expected) => {
		begin(at);
		expect(await send(some)).toBe(expected);
	});

	it('are waited for', async () => {
		begin('2026-03-10T22:30:00Z');
		const sending = send({ ...night, longestWaitMs: 9 * HOUR });
		await clock.pass(8.5 * HOUR);
		expect(await sending).toBe('sent');
		expect(clock.steadyMs()).toBe(8.5 * HOUR);
	});

	it('end an hour sooner in the night in which clocks go forward', async () => {
		begin('2026-03-28T21:00:00Z');
		const end = await line.take(limits({ ...night, timeZone: 'Europe/Berlin' }));
		expect(end).toMatchObject({ block: { nextMs: Date.parse('2026-03-29T05:00:00Z') } });
	});
});

describe('a turn', () => {
	const one = { perMinute: 1, longestWaitMs: 5 * MINUTE };

	it('counts once, however often the request is made', async () => {
		const end = await line.take(limits({ perMinute: 2 }));
		if ('turn' in end) for (let tries = 0; tries < 3; tries++) end.turn.count();
		expect(await sendMany(2, { perMinute: 2 })).toEqual(['sent', 'minute']);
	});

	it('that was not used does not count', async () => {
		const end = await line.take(limits({ perMinute: 1 }));
		if ('turn' in end) end.turn.leave();
		if ('turn' in end) end.turn.count();
		expect(await send({ perMinute: 1 })).toBe('sent');
	});

	it('keeps the others waiting until it is used or left, those too that are to fail', async () => {
		const first = await line.take(limits({ perMinute: 2 }));
		const others = [send({ perMinute: 2 }), send({ perMinute: 2 })];
		const early = await Promise.race([...others, clock.pass(MINUTE / 2).then(() => 'waiting')]);
		expect(early).toBe('waiting');
		if ('turn' in first) first.turn.count();
		expect(await Promise.all(others)).toEqual(['sent', 'minute']);
	});

	it('comes to executions in the order in which they came', async () => {
		const order: string[] = [];
		const execution = async (name: string) => {
			for (let item = 0; item < 3; item++) {
				await send(one);
				order.push(name);
			}
		};
		const both = [execution('A'), execution('B')];
		await clock.pass(6 * MINUTE);
		await Promise.all(both);
		expect(order.join('')).toBe('ABABAB');
	});

	it('does not come to a cancelled execution, which stops waiting at once and does not count', async () => {
		const cancel = new AbortController();
		await send(one);
		const ends = [send(one, cancel.signal), send(one)];
		await clock.pass(MINUTE / 2);
		cancel.abort();
		expect(await ends[0]).toBe('cancelled');
		await clock.pass(MINUTE / 2);
		expect(await ends[1]).toBe('sent');
		expect(await send(one, cancel.signal)).toBe('cancelled');
	});

	it('of an execution that is cancelled before it sends does not count', async () => {
		const cancel = new AbortController();
		const end = await line.take(limits({ perMinute: 1 }), cancel.signal);
		cancel.abort();
		if ('turn' in end) end.turn.count();
		expect(await send({ perMinute: 1 })).toBe('sent');
	});

	it('leaves nothing at the signal of the execution', async () => {
		const cancel = new AbortController();
		const added = jest.spyOn(cancel.signal, 'addEventListener');
		const removed = jest.spyOn(cancel.signal, 'removeEventListener');
		for (let sends = 0; sends < 20; sends++) await send({ perMinute: 100 }, cancel.signal);
		expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
	});
});

describe('whatever comes', () => {
	const arrival = fc.record({
		afterMs: fc.integer({ min: 0, max: 40_000 }),
		longestWaitMs: fc.constantFrom(0, MINUTE, 5 * MINUTE),
		cancelledAfterMs: fc.option(fc.integer({ min: 0, max: 90_000 })),
		leaves: fc.boolean(),
	});

	it('no minute has more sends than allowed, nobody waits longer than allowed, and all end', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 4 }),
				fc.array(arrival, { maxLength: 25 }),
				async (perMinute, arrivals) => {
					begin();
					const sent: number[] = [];
					const ends: Array<Promise<void>> = [];
					for (const { afterMs, longestWaitMs, cancelledAfterMs, leaves } of arrivals) {
						await clock.pass(afterMs);
						const began = clock.steadyMs();
						const cancel = new AbortController();
						if (cancelledAfterMs !== null) {
							void clock.sleep(cancelledAfterMs).then(() => cancel.abort());
						}
						const taken = line.take(limits({ perMinute, longestWaitMs }), cancel.signal);
						ends.push(
							taken.then((end) => {
								expect(clock.steadyMs() - began).toBeLessThanOrEqual(longestWaitMs);
								if (!('turn' in end)) return;
								if (!leaves && !cancel.signal.aborted) sent.push(clock.steadyMs());
								if (leaves) end.turn.leave();
								else end.turn.count();
							}),
						);
					}
					await clock.pass(10 * MINUTE);
					await Promise.all(ends);
					for (const [index, at] of sent.slice(perMinute).entries()) {
						expect(at - sent[index]).toBeGreaterThanOrEqual(MINUTE);
					}
				},
			),
			{ numRuns: 60 },
		);
	});
});

describe('the lines of a developer account', () => {
	it('are one for each WeChat account', () => {
		const lines = new SendLines(clock);
		expect(lines.of('wxid_a')).toBe(lines.of('wxid_a'));
		expect(lines.of('wxid_a')).not.toBe(lines.of('wxid_b'));
	});

	it('keep those that send, of many', () => {
		const lines = new SendLines(clock);
		const busy = lines.of('busy');
		for (let number = 0; number < 5_000; number++) {
			lines.of(`wxid_${number}`);
			expect(lines.of('busy')).toBe(busy);
		}
	});

	it('are new in a new process', async () => {
		const anew = () => new SendLines(clock).of('wxid_a');
		const used = anew();
		const end = await used.take(limits({ perMinute: 1 }));
		if ('turn' in end) end.turn.count();
		expect(await used.take(limits({ perMinute: 1 }))).toHaveProperty('block');
		expect(await anew().take(limits({ perMinute: 1 }))).toHaveProperty('turn');
	});
});

it('without a clock of a test, the line goes by that of the process', async () => {
	const own = new SendLine();
	const end = await own.take(limits({ perMinute: 1 }));
	if ('turn' in end) end.turn.count();
	expect(await own.take(limits({ perMinute: 1 }))).toMatchObject({ block: { sent: 1 } });
	const [steadyMs, wallMs] = [processClock.steadyMs(), processClock.wallMs()];
	await processClock.sleep(20);
	expect(processClock.steadyMs() - steadyMs).toBeGreaterThan(15);
	expect(processClock.wallMs() - wallMs).toBeGreaterThan(15);
});
