import { mergedOf } from '../../callbacks/conversation/merged';
import { keyOfAll } from '../../callbacks/eventKey';
import type { TriggerOutput } from '../../callbacks/output';
import type { StartedEvent } from './start';

/**
 * What an execution is started with for messages that belong together.
 *
 * @param messages at least one
 * @param repeatable whether duplicates start executions, too
 */
export function startedByMessages(messages: TriggerOutput[], repeatable: boolean): StartedEvent {
	const merged = mergedOf(messages);
	return { items: [{ json: merged }], key: keyOfAll([merged]), repeatable };
}
