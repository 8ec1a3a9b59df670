import type { IDataObject } from 'n8n-workflow';

import { ReceivedEvent } from '../../callbacks/event';
import { credentialsOf } from '../../transport/credentials';
import { startFromTrigger } from '../execution/start';
import { passesFilters } from '../settings/filters';
import type { Watched } from './watched';

/** What the watchdog has found out. */
export interface Finding {
	/** The message type: Eyun's where it has one. */
	code: string;
	wcId?: string;
	/** All there is to say; a time is added. */
	data: IDataObject;
}

/**
 * Starts an execution for something the watchdog found out, if the user wants that event. n8n also
 * stores the node's static data then.
 *
 * @param watched the trigger
 * @param finding what to say
 */
export async function emitEvent(
	{ context, state, settings }: Watched,
	{ code, wcId, data }: Finding,
): Promise<void> {
	const { account } = await credentialsOf(context);
	const event = new ReceivedEvent({
		messageType: code,
		code,
		account: typeof account === 'string' && account !== '' ? account : undefined,
		wcId,
		data: { ...data, timestamp: Math.floor(Date.now() / 1_000), source: 'watchdog' },
	});
	if (!passesFilters(event.output, settings, code)) return;
	const items = [{ json: event.complete(state.shared.names) }];
	const started = { items, key: event.key, repeatable: false };
	// Not waited for: the watchdog goes on while n8n's database is away.
	void startFromTrigger(context, state, started);
}
