import type { IWebhookFunctions } from 'n8n-workflow';

import type { ReceivedEvent } from '../../callbacks/event';
import type { TriggerSettings } from '../settings/parse';
import type { TriggerState } from '../state/triggerState';
import type { Responder } from './respond';

/** An event that Eyun has pushed, with all that is needed to deal with it. */
export interface Received {
	context: IWebhookFunctions;
	state: TriggerState;
	settings: TriggerSettings;
	responder: Responder;
	event: ReceivedEvent;
}
