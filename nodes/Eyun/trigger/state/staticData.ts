import type { IDataObject } from 'n8n-workflow';

/** What the trigger keeps in n8n's static data of its node, as long as an address is registered. */
export interface TriggerStaticData {
	secret?: string;
	/** The registered address, without secret. */
	address?: string;
	/** The whole address that it took the place of, to be given back to. */
	previous?: string;
	/** The accounts that were online at the watchdog's last look, by WeChat ID, with their login. */
	online?: Record<string, string>;
	/** The accounts that went offline and are not back yet, with the login that ended. */
	offline?: Record<string, string>;
}

/**
 * The static data of a trigger node. n8n stores what hooks and the trigger write into it, not what
 * `webhook()` does.
 *
 * @param context any n8n context of the node
 */
export function staticDataOf(context: {
	getWorkflowStaticData(type: string): IDataObject;
}): TriggerStaticData {
	return context.getWorkflowStaticData('node');
}
