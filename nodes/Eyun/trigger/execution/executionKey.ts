import { createHash, randomUUID } from 'node:crypto';

import type { EventKey } from '../../callbacks/eventKey';
import { SHORT_LIFE_MS } from '../../callbacks/eventKey';

/**
 * The key of an event for n8n's unique index over all executions.
 *
 * @param triggerId names the trigger among all of the n8n instance
 * @param key names the event
 */
export function executionKey(triggerId: string, { id, shortLived }: EventKey): string {
	const slot = shortLived ? Math.floor(Date.now() / SHORT_LIFE_MS) : '';
	return `eyun:${createHash('sha256').update(`${triggerId}|${id}|${slot}`).digest('base64url')}`;
}

/** A key that no other event has: for one whose duplicates start executions, too. */
export function newExecutionKey(): string {
	return `eyun:${randomUUID()}`;
}
