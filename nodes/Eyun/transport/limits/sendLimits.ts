import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isTimeZone } from './zonedTime';

/** Hours of the day in which nothing is sent, in minutes since midnight; may go across midnight. */
export interface QuietHours {
	from: number;
	to: number;
}

/** What a credential allows each of its WeChat accounts to send. */
export interface SendLimits {
	/** How many sends within any 60 seconds; undefined for any number. */
	perMinute?: number;
	/** How many sends in a calendar day of the time zone. */
	perDay?: number;
	quiet?: QuietHours;
	timeZone: string;
	/** How long a send may wait for its turn; 0 to fail instead. */
	longestWaitMs: number;
}

/** The largest numbers that can be entered. Sends of a minute are remembered one by one. */
export const MOST_PER_MINUTE = 1_000;
export const MOST_PER_DAY = 1_000_000;

/** How many minutes a send may wait at most, and unless the user says otherwise. */
export const MOST_MINUTES = 1_440;
export const USUAL_MINUTES = 10;

/** The settings, or what cannot be understood in them, in words for the user. */
export type ReadLimits = { limits: SendLimits | undefined } | { flaw: string };

/**
 * Reads the limits for sending.
 *
 * @param credentials the decrypted credential; one of an earlier version has no such fields
 * @param workflowZone the time zone of the workflow, for a credential that names none
 * @returns undefined in the place of limits when nothing is limited
 */
export function readLimits(
	credentials: ICredentialDataDecryptedObject,
	workflowZone: string,
): ReadLimits {
	if (credentials.limitSending !== true) return { limits: undefined };
	const { messagesPerMinute, messagesPerDay, longestWait, whenLimited } = credentials;
	const flaws: string[] = [];
	const read = <Value>(label: string, value: unknown, { reads, must }: Kind<Value>) => {
		const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
		if (text === '') return undefined;
		const result = reads(text);
		if (result === undefined) flaws.push(`"${label}" ${must}, not "${text}"`);
		return result;
	};
	const from = read('Quiet From', credentials.quietFrom, TIME_OF_DAY);
	const to = read('Quiet Until', credentials.quietTo, TIME_OF_DAY);
	const limits: SendLimits = {
		perMinute: read('Messages per Minute', messagesPerMinute, upTo(MOST_PER_MINUTE)) || undefined,
		perDay: read('Messages per Day', messagesPerDay, upTo(MOST_PER_DAY)) || undefined,
		quiet: from === undefined || to === undefined || from === to ? undefined : { from, to },
		timeZone: read('Time Zone', credentials.timeZone, TIME_ZONE) ?? usable(workflowZone),
		longestWaitMs:
			whenLimited === 'fail'
				? 0
				: (read('Longest Wait', longestWait, upTo(MOST_MINUTES)) ?? USUAL_MINUTES) * 60_000,
	};
	if (flaws.length === 0 && (from === undefined) !== (to === undefined)) {
		flaws.push('"Quiet From" and "Quiet Until" must both be filled in, or neither');
	}
	if (flaws.length > 0) return { flaw: flaws[0] };
	const { perMinute, perDay, quiet } = limits;
	return { limits: (perMinute ?? perDay ?? quiet) === undefined ? undefined : limits };
}

/** A kind of setting. */
interface Kind<Value> {
	/** Gives the value of a text, or undefined where it has none. */
	reads: (text: string) => Value | undefined;
	/** What it must be, in words. */
	must: string;
}

function upTo(most: number): Kind<number> {
	const reads = (text: string) => (/^\d+$/.test(text) && Number(text) <= most ? +text : undefined);
	return { reads, must: `must be a whole number from 0 to ${most}` };
}

/** In minutes since midnight. */
const TIME_OF_DAY: Kind<number> = {
	reads: (text) => {
		const [, hours, minutes] = /^(\d{1,2})[:：](\d{2})$/.exec(text) ?? [];
		const exists = Number(hours) < 24 && Number(minutes) < 60;
		return exists ? Number(hours) * 60 + Number(minutes) : undefined;
	},
	must: 'must be a time of day from 00:00 to 23:59',
};

const TIME_ZONE: Kind<string> = {
	reads: (text) => (isTimeZone(text) ? text : undefined),
	must: 'must be a name such as Asia/Shanghai',
};

/** A workflow may name a time zone that Intl does not know, such as DEFAULT. */
function usable(workflowZone: string): string {
	const own = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
	return isTimeZone(workflowZone) ? workflowZone : own();
}
