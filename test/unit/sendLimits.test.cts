/** What the limits for sending in a credential mean, and the time of day in a time zone. */
import { NodeHelpers } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, INodeParameters } from 'n8n-workflow';

import { EyunApi } from '../../credentials/EyunApi.credentials';
import { readLimits } from '../../nodes/Eyun/transport/limits/sendLimits';
import {
	dayAround,
	minutesOfDay,
	nextTimeOfDay,
	shownTime,
} from '../../nodes/Eyun/transport/limits/zonedTime';

const ZONE = 'Asia/Shanghai';

const read = (fields: object, zone = ZONE) => readLimits({ limitSending: true, ...fields }, zone);

describe('the fields of the credential', () => {
	const { properties } = new EyunApi();
	const NAMES = [
		'messagesPerMinute',
		'messagesPerDay',
		'quietFrom',
		'quietTo',
		'timeZone',
		'whenLimited',
	];
	const shown = (values: INodeParameters) =>
		properties
			.filter((property) => NodeHelpers.displayParameter(values, property, null, null))
			.map(({ name }) => name);

	it('stand behind one switch, which is off at first', () => {
		expect(properties.find(({ name }) => name === 'limitSending')?.default).toBe(false);
		expect(shown({ limitSending: false })).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(messages|quiet|timeZone|when|longest)/)]),
		);
		expect(shown({ limitSending: true, whenLimited: 'fail' })).toEqual(
			expect.arrayContaining(NAMES),
		);
	});

	it('have a longest wait only where there is a wait', () => {
		expect(shown({ limitSending: true, whenLimited: 'wait' })).toContain('longestWait');
		expect(shown({ limitSending: true, whenLimited: 'fail' })).not.toContain('longestWait');
	});

	it.each([
		[{}, {}],
		[
			{ messagesPerMinute: 7, quietFrom: '23:00', quietTo: '07:00', longestWait: 2 },
			{ perMinute: 7, quiet: { from: 1_380, to: 420 }, longestWaitMs: 120_000 },
		],
		[
			{ messagesPerDay: 7, whenLimited: 'fail' },
			{ perDay: 7, longestWaitMs: 0 },
		],
	])('mean the same once n8n has filled in what is missing: %j', (fields, limits) => {
		for (const limitSending of [true, false]) {
			const stored = { baseUrl: 'http://api.example.com', limitSending, ...fields };
			const filled = NodeHelpers.getNodeParameters(properties, stored, true, false, null, null);
			const result = readLimits(filled as ICredentialDataDecryptedObject, ZONE);
			const isLimited = limitSending && Object.keys(fields).length > 0;
			expect(result).toEqual({ limits: isLimited ? { timeZone: ZONE, ...limits } : undefined });
		}
	});

	it('limit nothing as they are at first, also with the switch on', () => {
		const defaults = Object.fromEntries(properties.map((one) => [one.name, one.default]));
		expect(read({ ...defaults, limitSending: true })).toEqual({ limits: undefined });
	});
});

describe('readLimits', () => {
	it.each<ICredentialDataDecryptedObject>([
		{},
		{ limitSending: false, messagesPerMinute: 5 },
		{ limitSending: true },
		{ limitSending: true, messagesPerMinute: 0, messagesPerDay: 0, quietFrom: '', quietTo: ' ' },
		{ limitSending: true, quietFrom: '08:00', quietTo: '8:00' },
	])('limits nothing with %j', (fields) => {
		expect(readLimits(fields, ZONE)).toEqual({ limits: undefined });
	});

	it('reads them all', () => {
		const fields = {
			messagesPerMinute: 10,
			messagesPerDay: '200',
			quietFrom: '23:30',
			quietTo: '7：05',
			timeZone: 'Europe/Berlin',
			whenLimited: 'wait',
			longestWait: 3,
		};
		expect(read(fields)).toEqual({
			limits: {
				perMinute: 10,
				perDay: 200,
				quiet: { from: 1_410, to: 425 },
				timeZone: 'Europe/Berlin',
				longestWaitMs: 180_000,
			},
		});
	});

	it('waits for ten minutes where nothing is said, and not at all where it is to fail', () => {
		const longest = (fields: object) => {
			const result = read({ messagesPerDay: 1, ...fields });
			return 'limits' in result ? result.limits?.longestWaitMs : undefined;
		};
		expect(longest({})).toBe(600_000);
		expect(longest({ whenLimited: 'fail', longestWait: 5 })).toBe(0);
		expect(longest({ whenLimited: 'wait', longestWait: 0 })).toBe(0);
	});

	it.each<[string, string]>([
		[ZONE, ZONE],
		['DEFAULT', new Intl.DateTimeFormat().resolvedOptions().timeZone],
	])('takes the time zone of the workflow: %s', (workflow, expected) => {
		expect(read({ messagesPerDay: 1 }, workflow)).toMatchObject({ limits: { timeZone: expected } });
	});

	it.each<[object, string]>([
		[
			{ messagesPerMinute: 1.5 },
			'"Messages per Minute" must be a whole number from 0 to 1000, not "1.5"',
		],
		[
			{ messagesPerMinute: -1 },
			'"Messages per Minute" must be a whole number from 0 to 1000, not "-1"',
		],
		[
			{ messagesPerMinute: 1_001 },
			'"Messages per Minute" must be a whole number from 0 to 1000, not "1001"',
		],
		[
			{ messagesPerDay: 'many' },
			'"Messages per Day" must be a whole number from 0 to 1000000, not "many"',
		],
		[{ quietFrom: '24:00', quietTo: '07:00' }, '"Quiet From" must be a time of day'],
		[{ quietFrom: '23:00', quietTo: '07:60' }, '"Quiet Until" must be a time of day'],
		[{ quietFrom: '11 pm', quietTo: '07:00' }, '"Quiet From" must be a time of day'],
		[{ quietFrom: '23:00' }, '"Quiet From" and "Quiet Until" must both be filled in'],
		[{ timeZone: 'Mars/Olympus' }, '"Time Zone" must be a name such as Asia/Shanghai'],
		[
			{ messagesPerDay: 1, longestWait: 1_441 },
			'"Longest Wait" must be a whole number from 0 to 1440',
		],
	])('finds what is wrong with %j', (fields, flaw) => {
		expect(read(fields)).toEqual({ flaw: expect.stringContaining(flaw) as string });
	});
});

describe('the time in a time zone', () => {
	const iso = (unixMs: number) => new Date(unixMs).toISOString().replace('.000', '');
	const day = (zone: string, time: string) => {
		const { fromMs, toMs } = dayAround(zone, Date.parse(time));
		return [iso(fromMs), iso(toMs), (toMs - fromMs) / 3_600_000];
	};

	it.each<[string, string, [string, string, number]]>([
		['UTC', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 24]],
		['Asia/Shanghai', '2025-12-31T23:59:59Z', ['2025-12-31T16:00:00Z', '2026-01-01T16:00:00Z', 24]],
		[
			'Asia/Kathmandu',
			'2026-01-01T00:00:00Z',
			['2025-12-31T18:15:00Z', '2026-01-01T18:15:00Z', 24],
		],
		// Clocks go forward and back.
		['Europe/Berlin', '2026-03-29T12:00:00Z', ['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 23]],
		['Europe/Berlin', '2026-10-25T00:30:00Z', ['2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25]],
		// Clocks go forward at midnight, so that the day begins at 01:00.
		['Africa/Cairo', '2026-04-24T12:00:00Z', ['2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z', 23]],
	])('a day in %s around %s', (zone, time, expected) => expect(day(zone, time)).toEqual(expected));

	it.each<[string, string, number, string]>([
		['Asia/Shanghai', '2026-05-01T15:00:00Z', 7 * 60, '2026-05-01T23:00:00Z'],
		['Asia/Shanghai', '2026-05-01T15:00:00Z', 23 * 60 + 30, '2026-05-01T15:30:00Z'],
		['Asia/Shanghai', '2026-05-01T15:00:00Z', 23 * 60, '2026-05-02T15:00:00Z'],
		// The night in between is an hour shorter, and an hour longer.
		['Europe/Berlin', '2026-03-28T22:00:00Z', 7 * 60, '2026-03-29T05:00:00Z'],
		['Europe/Berlin', '2026-10-24T21:00:00Z', 7 * 60, '2026-10-25T06:00:00Z'],
		// 02:30 comes twice: the first one.
		['Europe/Berlin', '2026-10-24T22:00:00Z', 150, '2026-10-25T00:30:00Z'],
	])('in %s after %s, %i minutes after midnight', (zone, time, minutes, expected) => {
		expect(iso(nextTimeOfDay(zone, Date.parse(time), minutes))).toBe(expected);
	});

	it('in the night in which it is jumped over, is within the hour', () => {
		const next = nextTimeOfDay('Europe/Berlin', Date.parse('2026-03-28T23:30:00Z'), 150);
		expect(Math.abs(next - Date.parse('2026-03-29T01:00:00Z'))).toBeLessThanOrEqual(3_600_000);
	});

	it('is shown as the clocks there show it', () => {
		const time = Date.parse('2026-05-01T16:00:01Z');
		expect(minutesOfDay(ZONE, time)).toBe(0);
		expect(shownTime(ZONE, time)).toBe('2026-05-02 00:00:01 (Asia/Shanghai)');
	});
});
