import type { IDataObject } from 'n8n-workflow';

import { parseCallback } from '../../nodes/Eyun/callbacks/parse';
import { toOutput } from '../../nodes/Eyun/callbacks/output';
import { eventData, isGroupEvent } from '../../simulator/events.cts';
import { formatExact, type JsonObject } from '../../simulator/json.cts';
import type { Simulator } from '../../simulator/server.cts';

/** The body of a callback as the vendor would push it now. */
export function callbackBody(
	{ defaults }: Simulator,
	messageType: string,
	data: JsonObject = {},
): string {
	const { account, wcId, wId, friend, group } = defaults;
	const scene = {
		wId,
		fromUser: friend,
		toUser: wcId,
		...(isGroupEvent(messageType) ? { fromGroup: group } : {}),
	};
	return formatExact({
		account,
		wcId,
		messageType,
		data: { ...eventData(messageType, scene), ...data },
	});
}

/** The item the trigger makes of it. */
export function receivedItem(
	simulator: Simulator,
	messageType: string,
	data: JsonObject = {},
): IDataObject {
	const callback = parseCallback(Buffer.from(callbackBody(simulator, messageType, data)));
	if ('malformed' in callback) throw new Error(callback.malformed);
	return toOutput(callback);
}

/** The XML of a file message. */
export const fileXml = (title: string): string =>
	`<?xml version="1.0"?><msg><appmsg appid=""><title>${title}</title><type>6</type><appattach><totallen>8192</totallen></appattach></appmsg></msg>`;
