import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { reasonOf } from '../../common/errors';
import type { Registrations } from '../state/registrations';
import { sameReceiver, shownAddress } from './callbackAddress';
import { isInactive, presentUrl } from './receiver';
import { cancelAddress, registerAddress, registeredAddress } from './registeredAddress';

/**
 * Takes an address back that is registered with Eyun, unless somebody else has registered another
 * one since. The address that it replaced is restored; without one Eyun is told to push to nobody.
 * Never fails: what went wrong is logged.
 *
 * @param context n8n's functions of the hook or webhook
 * @param registrations of this process
 * @param address the address to take back, without secret
 * @param previous the whole address that it replaced
 */
export async function restoreAddress(
	context: IHookFunctions | IWebhookFunctions,
	registrations: Registrations,
	address: string,
	previous: string | undefined,
): Promise<void> {
	const isGone = previous === undefined || isInactive(registrations, previous, address);
	const next = isGone ? undefined : previous;
	try {
		const { certain, url } = await registeredAddress(context, registrations);
		const isOurs = url === undefined ? !certain : sameReceiver(url, address);
		if (!isOurs) {
			context.logger.info(
				'Eyun WeChat Trigger: the callback address was not taken back, because it is not registered any more',
				{ registered: url === undefined ? 'none' : shownAddress(url) },
			);
			return;
		}
		if (next === undefined) return void (await cancelAddress(context));
		await registerAddress(context, presentUrl(registrations, next));
	} catch (error) {
		context.logger.warn(adviceAfterFailure(next), { reason: reasonOf(error) });
	}
}

function adviceAfterFailure(next: string | undefined): string {
	if (next !== undefined) {
		return `Eyun WeChat Trigger: Eyun did not restore the callback address ${shownAddress(next)}. Register it again; if it belongs to a workflow, deactivate and activate that workflow`;
	}
	return 'Eyun WeChat Trigger: Eyun did not cancel the callback address. It may keep pushing to it, which n8n answers with 404. Run Incoming Message: Cancel Callback Address to stop that';
}
