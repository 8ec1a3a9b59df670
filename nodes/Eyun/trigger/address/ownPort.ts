import type { IWebhookFunctions } from 'n8n-workflow';

/** Carries the token of the process that calls: it is its own caller. */
export const PROCESS_HEADER = 'x-eyun-process';

/**
 * An address of the process itself, by the port that a request has come in: not each n8n reaches its
 * public address.
 *
 * @param context n8n's functions of the webhook
 * @param path with a slash in front
 * @returns undefined where no port is known
 */
export function atOwnPort(context: IWebhookFunctions, path: string): string | undefined {
	const { socket } = context.getRequestObject();
	const { localPort, localAddress } = socket;
	if (localPort === undefined || localAddress === undefined) return undefined;
	const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
	const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
	return `${isEncrypted ? 'https' : 'http'}://${host}:${localPort}${path}`;
}

/** The path of a request as n8n sees it; a proxy in front may have taken off its beginning. */
export function pathOf(context: IWebhookFunctions): string {
	return context.getRequestObject().originalUrl.split('?')[0];
}
