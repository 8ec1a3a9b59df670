import type { ITriggerFunctions } from 'n8n-workflow';

import type { TriggerSettings } from '../settings/parse';
import type { TriggerState } from '../state/triggerState';

/** An active trigger that the watchdog watches. */
export interface Watched {
	context: ITriggerFunctions;
	state: TriggerState;
	settings: TriggerSettings;
	/** Aborted when the trigger is deactivated. */
	closed: AbortSignal;
}
