import type { IWebhookFunctions } from 'n8n-workflow';

import type { Callback } from '../../callbacks/parse';
import type { TriggerSettings } from '../settings/parse';
import type { TriggerState } from '../state/triggerState';
import type { Responder } from './respond';

/** A callback that Eyun has sent, with all that is needed to deal with it. */
export interface Received {
	context: IWebhookFunctions;
	state: TriggerState;
	settings: TriggerSettings;
	responder: Responder;
	callback: Callback;
}
