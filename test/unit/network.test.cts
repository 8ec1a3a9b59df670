import { readNetworkEnd } from '../../nodes/Eyun/transport/network.ts';

/** What is said about a request that brought no answer, by whom it was for. */

const failed = (code: string) => Object.assign(new Error('x'), { code });

it.each([
	['ECONNREFUSED', 'The Eyun server refused the connection', 'The server refused the connection'],
	['ENOTFOUND', 'The host name of the Base URL is unknown', 'The host name is unknown'],
	['ETIMEDOUT', 'Eyun did not answer in time', 'The server did not answer in time'],
	['ECONNRESET', ...Array<string>(2).fill('The connection was cut before the answer came')],
	['EODD', 'The request did not reach Eyun', 'The request did not reach the server'],
])('%s', (code, eyun, other) => {
	expect(readNetworkEnd(failed(code)).what).toBe(eyun);
	expect(readNetworkEnd(failed(code), 'other').what).toBe(other);
});

it('only a refused connection means that nothing was sent', () => {
	const codes = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'ECONNABORTED'];
	const unsent = codes.filter((code) => readNetworkEnd(failed(code)).nothingSent);
	expect(unsent).toEqual(['ECONNREFUSED']);
});
