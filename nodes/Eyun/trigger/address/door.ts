import type { IWebhookFunctions } from 'n8n-workflow';

import type { Door } from '../state/triggerState';

type Request = ReturnType<IWebhookFunctions['getRequestObject']>;

/**
 * The door by which a request has come in: not each n8n reaches its own public address.
 *
 * @param request that n8n is serving
 * @param own the public address that it was sent to, without query
 * @returns undefined where the two do not fit together
 */
export function doorOf(request: Request, own: string): Door | undefined {
	const inside = insideOf(request);
	const { origin, pathname } = new URL(own);
	const path = pathOf(request);
	// A proxy in front may have taken off the beginning of the path.
	if (inside === undefined || !pathname.endsWith(path)) return undefined;
	return { outside: `${origin}${pathname.slice(0, -path.length)}`, inside };
}

/**
 * The address of a request as this process itself reaches it.
 *
 * @param request that n8n is serving
 * @returns without query; undefined where no port is known
 */
export function insideUrlOf(request: Request): string | undefined {
	const inside = insideOf(request);
	return inside === undefined ? undefined : `${inside}${pathOf(request)}`;
}

function insideOf({ socket }: Request): string | undefined {
	const { localPort, localAddress } = socket;
	if (localPort === undefined || localAddress === undefined) return undefined;
	const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
	const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
	return `${isEncrypted ? 'https' : 'http'}://${host}:${localPort}`;
}

function pathOf({ originalUrl }: Request): string {
	return originalUrl.split('?')[0];
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
