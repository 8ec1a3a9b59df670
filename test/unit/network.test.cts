import { readNetworkEnd } from '../../nodes/Eyun/transport/http/network.ts';

/** What is said about a request that brought no answer, by whom it was for. */

const failed = (code: string) => Object.assign(new Error('x'), { code });

it.each([
	['ECONNREFUSED', 'The Eyun server refused the connection', 'The server refused the connection'],
	['ENOTFOUND', 'The host name of the Base URL is unknown', 'The host name is unknown'],
	['ETIMEDOUT', 'Eyun did not answer in time', 'The server did not answer in time'],
	['ECONNRESET', ...Array<string>(2).fill('The connection was cut before the answer came')],
	[
		'HPE_INVALID_CHUNK_SIZE',
		'The answer of Eyun is damaged',
		'The answer of the server is damaged',
	],
	['ERR_SSL_ODD', 'No answer came from Eyun', 'No answer came from the server'],
])('%s', (code, eyun, other) => {
	expect(readNetworkEnd(failed(code)).what).toBe(eyun);
	expect(readNetworkEnd(failed(code), 'other').what).toBe(other);
});

it('nothing was sent when no connection came about', () => {
	const codes = [
		...[
			'ECONNREFUSED',
			'ENOTFOUND',
			'EAI_AGAIN',
			'CERT_HAS_EXPIRED',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
		],
		...['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED', 'EHOSTUNREACH', 'HPE_INVALID_CONSTANT'],
		...['Z_DATA_ERROR', 'ERR_CANCELED', 'UNKNOWN'],
	];
	const unsent = codes.filter((code) => readNetworkEnd(failed(code)).nothingSent);
	expect(unsent).toEqual(codes.slice(0, 5));
	const unreachable = Object.assign(failed('EHOSTUNREACH'), { syscall: 'connect' });
	expect(readNetworkEnd(new Error('n8n', { cause: unreachable })).nothingSent).toBe(true);
});
