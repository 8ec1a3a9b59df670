import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { stringifyExact } from '../common/exactJson';
import { readEnvelope, SUCCESS } from './envelope';
import { NO_CODE } from './failure';
import { readNetworkEnd } from './network';
import type { Outcome, VendorCall } from './types';
import { adviceFor } from './wordings';

/** What an answer of the vendor means for the call it was made to, and what it means that there is none. */

/**
 * Judges an HTTP answer.
 *
 * @param answer as n8n gives it, its body as text
 * @param call what was asked
 * @returns the envelope of a success, or what failed and whether the call may be made again
 */
export function judgeAnswer(answer: IN8nHttpFullResponse, call: VendorCall): Outcome {
	const status = answer.statusCode;
	const code = `HTTP ${status}`;
	if (status >= 300 && status < 400) {
		const message = `The Base URL redirects to ${String(answer.headers.location ?? 'another address')}`;
		const advice = 'Enter the final address as Base URL in the credential';
		return { failure: { message, advice, code }, mayTryAgain: false };
	}
	const envelope = readEnvelope(textOf(answer.body));
	if ('unreadable' in envelope) {
		const message = `Eyun sent ${envelope.unreadable}`;
		const advice = unreadableAdvice(call, status);
		return { failure: { message, advice, code }, mayTryAgain: call.reads && status >= 500 };
	}
	const success = envelope.code === SUCCESS || call.alsoSuccess?.includes(envelope.code);
	if (success && status < 400) return { envelope };
	const message = `Eyun refused: ${envelope.message || 'no reason given'} (code ${envelope.code})`;
	return {
		failure: { message, advice: adviceFor(envelope.message), code: envelope.code },
		mayTryAgain: call.reads && status >= 500,
		refused: envelope,
	};
}

function textOf(body: unknown): string {
	return typeof body === 'string' ? body : stringifyExact(body ?? '');
}

const MAY_HAVE_HAPPENED =
	'Eyun may have done this anyway. Check in WeChat before you send it again. The node did not send it again, so that nobody gets it twice';

function unreadableAdvice(call: VendorCall, status: number): string {
	if (status === 404)
		return 'Check the Base URL in the credential: this server does not know the endpoint';
	if (!call.reads && (status >= 500 || status < 300)) return MAY_HAVE_HAPPENED;
	return 'Check that the Base URL in the credential is the address from Eyun. If it is, try again later';
}

/**
 * Judges that no answer came.
 *
 * @param error what n8n's request helper threw
 * @param call what was asked
 */
export function judgeNoAnswer(error: unknown, call: VendorCall): Outcome {
	const status = httpStatusOf(error);
	if (status === 401) {
		const message = 'Eyun did not accept the Authorization token';
		const advice = adviceFor('Authorization');
		return { failure: { message, advice, code: '401' }, mayTryAgain: false };
	}
	const end = readNetworkEnd(error);
	if (end.code === 'UNKNOWN') {
		// Not the network: the credential's own checks, for example a refused log-in.
		const message = error instanceof Error ? error.message : 'The request could not be made';
		return {
			failure: { message, advice: 'Check the credential', code: NO_CODE },
			mayTryAgain: false,
		};
	}
	const cancelled = end.code === 'ERR_CANCELED';
	const safe = end.nothingSent || call.reads;
	return {
		failure: {
			message: end.what,
			advice: safe
				? 'Check the Base URL in the credential, and that the Eyun server is running'
				: MAY_HAVE_HAPPENED,
			code: end.code,
		},
		mayTryAgain: safe && !cancelled,
	};
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
