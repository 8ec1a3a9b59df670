import type { IDataObject } from 'n8n-workflow';

import type { TriggerOutput } from '../../callbacks/output';
import type { HeldBurst } from './bursts';
import type { StoredQuestions } from '../../questions/book';
import type { Pause } from './pausedChats';

/** What the trigger keeps in n8n's static data of its node, as long as an address is registered. */
export interface TriggerStaticData {
	secret?: string;
	/** The registered address, without secret. */
	address?: string;
	/** The whole address that it replaced, to be restored. */
	previous?: string;
	/** Whole addresses of all who wanted the callbacks when it was registered first. */
	older?: string[];
	/** The same of those found when n8n started again. */
	beside?: string[];
	/** Names the developer account that it is registered with (`credentialKey`). */
	developer?: string;
	/** The accounts that were online at the watchdog's last check, by WeChat ID, with their login. */
	online?: Record<string, string>;
	/** The accounts that went offline and are not back yet, with the login that ended. */
	offline?: Record<string, string>;
	/** The chats in which the owner writes. */
	paused?: Record<string, Pause>;
	/** Messages that were answered and wait to be merged. */
	held?: Record<string, TriggerOutput[]>;
	/** The same in processes that only serve webhooks, by the id of the burst. */
	heldByWebhooks?: Record<string, HeldBurst>;
	/** What is asked in chats, with the answers that are not handed on yet. */
	questions?: StoredQuestions;
}

const OF_ADDRESS = ['secret', 'address', 'previous', 'older', 'beside', 'developer'] as const;

/** Any n8n context of the node. */
interface StaticDataContext {
	getWorkflowStaticData(type: string): IDataObject;
}

/**
 * The static data of a trigger node. n8n stores what hooks and the trigger write into it; what
 * `webhook()` writes, only through `Durable`.
 *
 * @param context any n8n context of the node
 */
export function staticDataOf(context: StaticDataContext): TriggerStaticData {
	return context.getWorkflowStaticData('node');
}

/**
 * A copy of a member: what n8n gives out are proxies, which are not to get into items.
 *
 * @param context any n8n context of the node
 * @param name the member
 */
export function copyOfKept<Name extends keyof TriggerStaticData>(
	context: StaticDataContext,
	name: Name,
): TriggerStaticData[Name] {
	const kept = staticDataOf(context)[name];
	if (kept === undefined) return undefined;
	return JSON.parse(JSON.stringify(kept)) as TriggerStaticData[Name];
}

/** Drops what is kept about the registered address. */
export function clearAddress(context: StaticDataContext): void {
	clear(context, ...OF_ADDRESS);
}

/** Drops all that is kept. */
export function clearStaticData(context: StaticDataContext): void {
	clear(context, ...OF_ADDRESS, 'online', 'offline', 'held');
}

function clear(context: StaticDataContext, ...names: Array<keyof TriggerStaticData>): void {
	const kept = staticDataOf(context);
	for (const name of names) delete kept[name];
}
