import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { credentialsOf } from '../../transport/credentials';
import { logsIn } from '../../transport/session';
import { meantReceiver, SECRET_PARAMETER, toUrl } from '../address/callbackAddress';
import { isOfThisN8n, ownRegistration } from '../address/receiver';
import { accountKeyOf, registeredAddress } from '../address/registeredAddress';
import type { ProcessState } from '../state/triggerState';
import type { Keeper } from './tell';

/**
 * Finds the active trigger of this n8n that gets the messages of the node's credential first. In another
 * process than that of the triggers (a worker of queue mode) only Eyun can tell, and only when it is logged in to.
 *
 * @param context n8n's functions of the action node
 * @param shared what the nodes of this process share
 * @param itemIndex the input item, counted from 0
 * @throws NodeOperationError when there is none; NodeApiError when Eyun cannot be asked
 */
export async function keeperFor(
	context: IExecuteFunctions,
	{ registrations }: ProcessState,
	itemIndex: number,
): Promise<Keeper> {
	const known = registrations.receiverFor(await accountKeyOf(context));
	if (known !== undefined) return { url: toUrl(known), secret: known.secret };
	const isAsked = logsIn(await credentialsOf(context));
	const registered = isAsked ? await registeredAddress(context, registrations) : undefined;
	const keeper = keeperAt(context, meantReceiver(registered?.url));
	if (keeper !== undefined) return keeper;
	const queueMode = isAsked
		? ''
		: '. In queue mode, use a credential with account and password: with a pasted token, workers do not find the trigger';
	throw new NodeOperationError(
		context.getNode(),
		`No active trigger of this n8n gets the answer [item ${itemIndex}]`,
		{
			description: `The answer comes as a message to an Eyun WeChat Trigger. Activate a workflow that begins with one and uses the same credential${queueMode}. Nothing was sent`,
			itemIndex,
		},
	);

	function keeperAt(node: IExecuteFunctions, url: string | undefined): Keeper | undefined {
		if (url === undefined) return undefined;
		const own = ownRegistration(registrations, url);
		if (own !== undefined) return { url: toUrl(own), secret: own.secret };
		const secret = URL.canParse(url) ? new URL(url).searchParams.get(SECRET_PARAMETER) : null;
		// n8n serves the links of waiting executions and the triggers at the same address.
		return secret !== null && isOfThisN8n(url, node.getSignedResumeUrl())
			? { url, secret }
			: undefined;
	}
}
