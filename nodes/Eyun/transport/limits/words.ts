import { NO_CODE } from '../failure';
import type { Failure } from '../types';
import type { SendLimits } from './sendLimits';
import type { Block } from './sendLog';
import { shownTime } from './zonedTime';

/** What a user is told when nothing was sent because of the limits for sending. */

/** `context.code` of the error. */
const LIMIT = 'limit';

function clockTime(minutes: number): string {
	const two = (number: number) => String(number).padStart(2, '0');
	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function reached({ limit, sent }: Block, limits: SendLimits, account: string): string {
	const { perMinute, perDay, quiet, timeZone } = limits;
	if (limit === 'quiet') {
		const [from, to] = [quiet?.from ?? 0, quiet?.to ?? 0].map(clockTime);
		return `The WeChat account ${account} has quiet hours from ${from} to ${to} (${timeZone})`;
	}
	const messages = sent === 1 ? '1 message' : `${sent} messages`;
	return limit === 'minute'
		? `The WeChat account ${account} has sent ${messages} within a minute, and its limit is ${perMinute}`
		: `The WeChat account ${account} has sent ${messages} today, and its limit is ${perDay}`;
}

/** Rounded up, so that it is not too early then. */
function duration(milliseconds: number): string {
	const seconds = Math.ceil(milliseconds / 1_000);
	if (seconds < 120) return `${seconds} seconds`;
	const minutes = Math.ceil(seconds / 60);
	return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

/**
 * Says which limit is reached, and when the next send is possible.
 *
 * @param block the limit
 * @param limits those of the credential
 * @param account the WeChat ID, or the instance ID where that is not known
 */
export function limitFailure(block: Block, limits: SendLimits, account: string): Failure {
	// A part of a second would make it too early.
	const next = shownTime(limits.timeZone, Math.ceil(block.nextMs / 1_000) * 1_000);
	const first = block.ahead === 0 ? '' : `Before it wait ${block.ahead} others. `;
	const wait = limits.longestWaitMs === 0 ? [] : ['That is more than the Longest Wait allows'];
	return {
		message: `${reached(block, limits, account)}. Nothing was sent`,
		advice: [
			`${first}The next is possible in ${duration(block.inMs)}, at ${next}`,
			...wait,
			'Sending again then is safe. The limits stand in the credential, under Limit Sending',
		].join('. '),
		code: LIMIT,
	};
}

/**
 * Says that a limit cannot be understood.
 *
 * @param flaw what is wrong with it
 */
export function invalidLimitFailure(flaw: string): Failure {
	return {
		message: `${flaw}. Nothing was sent`,
		advice: 'Correct it in the credential, under Limit Sending',
		code: NO_CODE,
	};
}

/** Says that the execution ended while it waited to send. */
export function cancelledFailure(): Failure {
	return {
		message: 'The execution was canceled while it waited to send. Nothing was sent',
		advice: 'Sending again is safe',
		code: LIMIT,
	};
}
