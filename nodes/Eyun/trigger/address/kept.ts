import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';

import type { Registration } from '../state/registrations';
import { staticDataOf } from '../state/staticData';
import { shownAddress } from './callbackAddress';

/**
 * Keeps what a registration needs after a restart of n8n.
 *
 * @param context a hook or the trigger, whose static data n8n stores
 * @param beside others that want the callbacks, found when n8n started again; what is kept stays without it
 */
export function keep(
	context: IHookFunctions | ITriggerFunctions,
	{ address, secret, previous, older, accountKey }: Registration,
	beside?: string[],
): void {
	const developer = accountKey;
	const kept = { secret, address, previous, older, developer };
	Object.assign(staticDataOf(context), kept, beside && { beside });
}

/**
 * Says that a developer account goes on pushing to an address that nobody can cancel from here.
 *
 * @param address without secret
 */
export function leftBehind(address: string): string {
	return `Eyun WeChat Trigger: the credential holds another Eyun account, or another token, than when the callback address ${shownAddress(address)} was registered. If it is another account, the earlier one goes on pushing there, and n8n refuses that. To stop it, run Incoming Message: Cancel Callback Address with the earlier account`;
}
