import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { reasonOf } from '../../common/errors';
import { sameReceiver, shownAddress, toUrl } from './callbackAddress';
import { isInactive, ownRegistration } from './receiver';
import { askHolder, cancelAddress, registerAddress } from './vendorAddress';

/**
 * Takes an address back that is registered with the vendor, unless somebody else has registered
 * another one since. What it took the place of is put back; without such the vendor is told to push
 * to nobody. Never fails: what went wrong is logged.
 *
 * @param address the address to take back, without secret
 * @param previous the whole address that it took the place of
 */
export async function restoreAddress(
	context: IHookFunctions | IWebhookFunctions,
	address: string,
	previous: string | undefined,
): Promise<void> {
	const next = previous === undefined || isInactive(previous, address) ? undefined : previous;
	try {
		const { certain, url } = await askHolder(context);
		const isOurs = url === undefined ? !certain : sameReceiver(url, address);
		if (!isOurs) {
			context.logger.info(
				'Eyun WeChat Trigger: the callback address was not taken back, because it is not registered any more',
				{ registered: url === undefined ? 'none' : shownAddress(url) },
			);
			return;
		}
		if (next === undefined) return void (await cancelAddress(context));
		const known = ownRegistration(next);
		await registerAddress(context, known ? toUrl(known) : next);
	} catch (error) {
		context.logger.warn(adviceAfterFailure(next), { reason: reasonOf(error) });
	}
}

function adviceAfterFailure(next: string | undefined): string {
	if (next !== undefined) {
		return `Eyun WeChat Trigger: the vendor did not take back the callback address ${shownAddress(next)}. Register it again; if it belongs to a workflow, deactivate and activate that`;
	}
	return 'Eyun WeChat Trigger: the vendor did not cancel the callback address. It may go on pushing to it, which n8n answers with 404. Run Incoming Message: Cancel Callback Address to end that';
}
