/** What belongs to one process of n8n: the state of its triggers, and the way to the database. */
import { DataDeduplicationService } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';

import type * as TriggerModule from '../../nodes/Eyun/EyunTrigger.node.ts';
import type * as CachesModule from '../../nodes/Eyun/transport/caches.ts';
import type * as StateModule from '../../nodes/Eyun/trigger/state/triggerState.ts';
import { DedupStore } from './dedupStore.cts';

export type EyunTrigger = TriggerModule.EyunTrigger;

/** The database of the n8n instance: `DataDeduplicationService` can be set up only once. */
let store = new DedupStore();
let serviceReady = false;

/** Makes a store the database that `helpers.checkProcessedAndRecord` asks. */
export async function useStore(next: DedupStore) {
	store = next;
	if (serviceReady) return;
	serviceReady = true;
	await DataDeduplicationService.init({
		checkProcessedAndRecord: async (...args) => await store.checkProcessedAndRecord(...args),
		removeProcessed: async () => {},
		clearAllProcessedItems: async () => {},
		getProcessedDataCount: async () => 0,
	});
}

/** How many times faster the trigger waits than it would. */
const HASTE = 100;

/** Until it resolves, no wait of the trigger ends. */
let held: Promise<void> | undefined;

/** What the trigger waits for, such as the time between two checks, passes quickly here. */
async function shortSleep(ms: number) {
	await n8nWorkflow.sleep(ms / HASTE);
	await held;
}

/**
 * Stops the trigger's time: whatever it waits for goes on waiting, however long a test takes.
 *
 * @returns lets the time go on
 */
export function holdWaits(): () => void {
	let release = () => {};
	held = new Promise<void>((resolve) => {
		release = resolve;
	});
	return () => {
		held = undefined;
		release();
	};
}

/** The trigger's modules with their waits shortened, loaded once for a test file. */
function loadModules() {
	jest.doMock('n8n-workflow', () => ({ ...n8nWorkflow, sleep: shortSleep }));
	const { EyunTrigger: Trigger } = jest.requireActual<typeof TriggerModule>(
		'../../nodes/Eyun/EyunTrigger.node.ts',
	);
	const { ProcessState } = jest.requireActual<typeof StateModule>(
		'../../nodes/Eyun/trigger/state/triggerState.ts',
	);
	const { dropCaches } = jest.requireActual<typeof CachesModule>(
		'../../nodes/Eyun/transport/caches.ts',
	);
	return { Trigger, ProcessState, dropCaches };
}

const modules = loadModules();

/** The trigger as a new process has it: it knows of no address, no message and no account. */
export function freshTrigger(): EyunTrigger {
	modules.dropCaches();
	return new modules.Trigger(new modules.ProcessState());
}
