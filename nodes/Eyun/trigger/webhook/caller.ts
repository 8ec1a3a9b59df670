import type { IWebhookFunctions } from 'n8n-workflow';

import { SECRET_PARAMETER } from '../address/callbackAddress';
import { knowsSecret } from '../address/secret';
import { isAllowed } from '../settings/allowedAddresses';
import type { TriggerSettings } from '../settings/parse';
import { staticDataOf } from '../state/staticData';
import type { TriggerState } from '../state/triggerState';
import { isFromItself } from './ownCall';

/** Who calls the webhook. */
export type Caller =
	/** Knows the secret. */
	| 'eyun'
	/** Sends from an address that is not among the allowed ones. */
	| 'notAllowed'
	/**
	 * No secret is stored yet: Eyun's check push comes while the registration is still going on, and
	 * in queue mode to a process that did not register.
	 */
	| 'unverified'
	/** Does not know the secret. */
	| 'stranger';

/**
 * Finds out who calls.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param settings of the trigger
 */
export function identifyCaller(
	context: IWebhookFunctions,
	state: TriggerState,
	settings: TriggerSettings,
): Caller {
	// Handed on by another trigger of this process, which knows its caller, and perhaps an earlier secret.
	if (isFromItself(context, state)) return 'eyun';
	if (!isAllowed(settings.allowedAddresses, context.getRequestObject().ip)) return 'notAllowed';
	const given = (context.getQueryData() as Record<string, unknown>)[SECRET_PARAMETER];
	const secrets = webhookSecrets(context, state, settings);
	if (knowsSecret(given, secrets)) return 'eyun';
	const mayBeRegistering = settings.automatic && secrets.length === 0;
	return mayBeRegistering && typeof given === 'string' ? 'unverified' : 'stranger';
}

/**
 * The secrets that are right at the moment; none where none is known yet.
 *
 * @param context n8n's functions of the webhook
 * @param state of the trigger
 * @param settings of the trigger
 */
export function webhookSecrets(
	context: IWebhookFunctions,
	{ id, shared }: TriggerState,
	{ automatic, manualSecret }: TriggerSettings,
): string[] {
	if (!automatic) return manualSecret === '' ? [] : [manualSecret];
	const { secret: stored } = staticDataOf(context);
	const registered = shared.registrations.of(id, context.getMode() === 'manual')?.secret;
	return [stored, registered].filter((secret) => secret !== undefined);
}
