/**
 * How a request ended that brought no answer, and whether it may have reached the vendor.
 */
export interface NetworkEnd {
	/** Node's or axios' code, for example ECONNREFUSED; `UNKNOWN` when there is none. */
	code: string;
	/** True only when nothing can have been sent. */
	nothingSent: boolean;
	/** One line for the user. */
	what: string;
}

const REFUSED = 'ECONNREFUSED';

/** Eyun's server, or any other: a file server, or whoever gets forwarded callbacks. */
export type Server = 'eyun' | 'other';

const EVERYWHERE = {
	ECONNRESET: 'The connection was cut before the answer came',
	EPIPE: 'The connection was cut before the answer came',
	ERR_CANCELED: 'The execution was canceled',
};

/** Before anything of a request goes out: the host was not found, not reached, or not who it should be. */
const BEFORE_SENDING =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ERR_INVALID_URL|ERR_TLS_CERT_ALTNAME_INVALID|UNABLE_TO_\w+|CERT_\w+|\w+_CERT\w*)$/;

/** What is no HTTP, or no compression, or ends in the middle. */
const BROKEN = /^(HPE_\w+|Z_\w+|ERR_STREAM_\w+|ERR_HTTP_\w+|ERR_BAD_RESPONSE)$/;

const WORDS: Record<Server, Record<string, string>> = {
	eyun: {
		...EVERYWHERE,
		[REFUSED]: 'The Eyun server refused the connection',
		ENOTFOUND: 'The host name of the Base URL is unknown',
		EAI_AGAIN: 'The host name of the Base URL could not be looked up',
		ECONNABORTED: 'Eyun did not answer in time',
		EMSGSIZE: 'Eyun sent more than 50 MB, which is no answer of its API',
		ETIMEDOUT: 'Eyun did not answer in time',
		EHOSTUNREACH: 'n8n cannot reach the Eyun server',
		ENETUNREACH: 'n8n cannot reach the Eyun server',
		CERT_HAS_EXPIRED: 'The certificate of the Eyun server has expired',
		DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the Eyun server is self-signed',
		EPROTO:
			'The Eyun server does not speak https there. Perhaps the Base URL must start with http://',
	},
	other: {
		...EVERYWHERE,
		[REFUSED]: 'The server refused the connection',
		ENOTFOUND: 'The host name is unknown',
		EAI_AGAIN: 'The host name could not be looked up',
		ECONNABORTED: 'The server did not answer in time',
		EMSGSIZE: 'The server sent more than 50 MB',
		ETIMEDOUT: 'The server did not answer in time',
		EHOSTUNREACH: 'n8n cannot reach the server',
		ENETUNREACH: 'n8n cannot reach the server',
		CERT_HAS_EXPIRED: 'The certificate of the server has expired',
		DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate of the server is self-signed',
		EPROTO: 'The server does not speak https there',
	},
};

const NO_ANSWER: Record<Server, { broken: string; unsent: string; other: string }> = {
	eyun: {
		broken: 'The answer of Eyun is damaged',
		unsent: 'The request did not reach Eyun',
		other: 'No answer came from Eyun',
	},
	other: {
		broken: 'The answer of the server is damaged',
		unsent: 'The request did not reach the server',
		other: 'No answer came from the server',
	},
};

function property(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null
		? (value as Record<string, unknown>)[key]
		: undefined;
}

const CODE = /^[A-Z][A-Z_\d]+$/;

/** Codes of the client that wrap what really happened, or say nothing. */
const GENERAL = ['ERR_BAD_REQUEST', 'ERR_NETWORK'];

/** n8n wraps the client's error, Node bundles several tries of one host: the code can sit deeper. */
function codeOf(error: unknown, depth = 0): string | undefined {
	if (depth > 4 || error === undefined || error === null) return undefined;
	const code = property(error, 'code');
	if (typeof code === 'string' && CODE.test(code) && !GENERAL.includes(code)) return code;
	const errors = property(error, 'errors');
	const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
	return (
		codeOf(property(error, 'cause'), depth + 1) ??
		codeOf(property(error, 'errorResponse'), depth + 1) ??
		codeOf(first, depth + 1)
	);
}

/**
 * Reads what the HTTP client threw.
 *
 * @param error anything thrown by n8n's request helpers
 * @param server whom the request was for
 */
export function readNetworkEnd(error: unknown, server: Server = 'eyun'): NetworkEnd {
	const code = codeOf(error) ?? 'UNKNOWN';
	const nothingSent = BEFORE_SENDING.test(code) || failedToConnect(error);
	const { broken, unsent, other } = NO_ANSWER[server];
	return {
		code,
		nothingSent,
		what: WORDS[server][code] ?? (BROKEN.test(code) ? broken : nothingSent ? unsent : other),
	};
}

function failedToConnect(error: unknown, depth = 0): boolean {
	if (depth > 4 || error === undefined || error === null) return false;
	if (property(error, 'syscall') === 'connect') return true;
	return ['cause', 'errorResponse'].some((key) => failedToConnect(property(error, key), depth + 1));
}
