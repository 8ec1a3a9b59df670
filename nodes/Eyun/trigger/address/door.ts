import type { IWebhookFunctions } from 'n8n-workflow';

import type { Door } from '../state/triggerState';

/**
 * The door by which a request has come in: not each n8n reaches its own public address.
 *
 * @param request that n8n is serving
 * @param own the public address that it was sent to, without query
 * @returns undefined where the two do not fit together
 */
export function doorOf(
	{ socket, originalUrl }: ReturnType<IWebhookFunctions['getRequestObject']>,
	own: string,
): Door | undefined {
	if (socket.localPort === undefined) return undefined;
	const { origin, pathname } = new URL(own);
	const path = originalUrl.split('?')[0];
	// A proxy in front may have taken off the beginning of the path.
	if (!pathname.endsWith(path)) return undefined;
	const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
	const host = socket.localAddress?.includes(':')
		? `[${socket.localAddress}]`
		: socket.localAddress;
	return {
		outside: `${origin}${pathname.slice(0, -path.length)}`,
		inside: `${isEncrypted ? 'https' : 'http'}://${host}:${socket.localPort}`,
	};
}

/**
 * An address of this n8n as it is reached from inside.
 *
 * @param door undefined where none is known
 * @param url a whole address
 * @returns the same address where it is not one of this n8n
 */
export function throughDoor(door: Door | undefined, url: string): string {
	if (door === undefined || !url.startsWith(`${door.outside}/`)) return url;
	return `${door.inside}${url.slice(door.outside.length)}`;
}
