import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { excerpt } from '../common/excerpt';
import type { Envelope } from './envelope';
import { quoted, readEnvelope, SUCCESS } from './envelope';
import { NO_CODE } from './failure';
import { readNetworkEnd } from './http/network';
import { whyNotSent } from './http/notSent';
import type { Failure, Outcome, VendorCall } from './types';
import { adviceFor, knownMeaning, saysTokenRefused, TOKEN_REFUSED_PLAINLY } from './wordings';

/**
 * What an answer of the vendor means for the call it was made to, and what it means that there is none.
 * Of a send, whatever is not the vendor's own yes or no may have been carried out, and says so.
 */

/** Blanks out secrets; to be used before anything is cut. */
export type Hide = (text: string) => string;

/** What of a call decides what its end means. */
type Asked = Pick<VendorCall, 'reads' | 'alsoSuccess'>;

const MAY_HAVE_HAPPENED =
	'Eyun may have done this anyway. Check in WeChat before you send it again. The node did not send it again, so that nobody gets it twice';

/**
 * Judges an HTTP answer.
 *
 * @param answer its body as text
 * @param call what was asked
 * @param hide blanks out secrets
 * @returns the envelope of a success, or what failed and whether the call may be made again
 */
export function judgeAnswer(answer: IN8nHttpFullResponse, call: Asked, hide: Hide): Outcome {
	const { statusCode: status, headers } = answer;
	const text = hide(String(answer.body));
	if (status === 401) return { failure: tokenRefused(), mayTryAgain: false, tokenRefused: true };
	if (status >= 300 && status < 400) {
		const to = hide(String(headers.location ?? 'another address'));
		return unsure(call, {
			message: `The Base URL redirects to ${excerpt(to)}`,
			advice: 'Enter the final address as Base URL in the credential',
			code: `HTTP ${status}`,
		});
	}
	const envelope = readEnvelope(String(answer.body));
	if ('unreadable' in envelope) {
		const message = `Eyun sent ${quoted(envelope, text)}`;
		return leavesOpen(status)
			? unsure(call, { message, advice: LATER, code: `HTTP ${status}` })
			: refusedByServer(status, message);
	}
	const isSuccess = envelope.code === SUCCESS || call.alsoSuccess?.includes(envelope.code) === true;
	if (isSuccess && status < 300) return { envelope };
	if (isSuccess || (leavesOpen(status) && status >= 300)) {
		const said = envelope.message === '' ? '' : `: ${excerpt(hide(envelope.message))}`;
		return unsure(call, {
			message: `Eyun answered with HTTP ${status}${said} (code ${envelope.code})`,
			advice: LATER,
			code: `HTTP ${status}`,
		});
	}
	return refusal(envelope, status, hide);
}

const LATER =
	'Check that the Base URL in the credential is the address from Eyun. If it is, try again later';

/** Whether a server with this status may have carried out what it was asked for. */
function leavesOpen(status: number): boolean {
	return status < 400 || status === 408 || status >= 500;
}

/** Nobody knows whether it was carried out. What only reads may be asked again. */
function unsure({ reads }: Asked, failure: Failure): Outcome {
	if (reads) return { failure, mayTryAgain: true };
	const { advice } = failure;
	const both = advice === LATER ? MAY_HAVE_HAPPENED : `${MAY_HAVE_HAPPENED}. ${advice}`;
	return { failure: { ...failure, advice: both, mayBeDone: true }, mayTryAgain: false };
}

/** A server in front of the vendor's refused it unread. */
function refusedByServer(status: number, message: string): Outcome {
	const advice =
		status === 404
			? 'Check the Base URL in the credential: this server does not know the endpoint'
			: LATER;
	return { failure: { message, advice, code: `HTTP ${status}` }, mayTryAgain: false };
}

/** In place of the vendor's words, where it has none. */
export const NO_REASON = 'no reason given';

/** The vendor itself said no: plain words first, where they are known, then its own. */
function refusal(envelope: Envelope, status: number, hide: Hide): Outcome {
	const { code, message } = envelope;
	const isAboutToken = status < 300 && saysTokenRefused(code, message);
	const refused = { ...envelope, message: hide(message) };
	const said = excerpt(refused.message) || NO_REASON;
	const meaning = knownMeaning(code, message);
	return {
		failure: {
			message:
				meaning === undefined
					? `Eyun refused: ${said} (code ${code})`
					: `${meaning}: ${said} (code ${code})`,
			advice: adviceFor(message),
			code,
		},
		mayTryAgain: false,
		refused,
		...(isAboutToken ? { tokenRefused: true } : {}),
	};
}

function tokenRefused(): Failure {
	return { message: TOKEN_REFUSED_PLAINLY, advice: adviceFor('Authorization'), code: '401' };
}

/**
 * Judges that no answer came.
 *
 * @param error what n8n's request helper threw
 * @param call what was asked
 * @param hide blanks out secrets
 */
export function judgeNoAnswer(error: unknown, call: Asked, hide: Hide): Outcome {
	// What n8n's own log-in ended with: another one would end in the same way.
	if (httpStatusOf(error) === 401) return { failure: tokenRefused(), mayTryAgain: false };
	const notSent = whyNotSent(error);
	if (notSent !== undefined) {
		const failure = {
			message: excerpt(hide(notSent.message)),
			advice: 'Check the credential',
			code: NO_CODE,
		};
		return { failure, mayTryAgain: false };
	}
	const { code, what: message, nothingSent } = readNetworkEnd(error);
	const advice = 'Check the Base URL in the credential, and that the Eyun server is running';
	if (nothingSent) return { failure: { message, advice, code }, mayTryAgain: true };
	const outcome = unsure(call, { message, advice: call.reads ? advice : LATER, code });
	return code === 'ERR_CANCELED' ? { ...outcome, mayTryAgain: false } : outcome;
}

/**
 * The HTTP status in what n8n's request helper threw.
 *
 * @returns undefined when there was no answer
 */
export function httpStatusOf(error: unknown): number | undefined {
	const { httpCode, response, cause } = error as {
		httpCode?: string | null;
		response?: { status?: number };
		cause?: { response?: { status?: number } };
	};
	return response?.status ?? cause?.response?.status ?? (httpCode ? Number(httpCode) : undefined);
}
