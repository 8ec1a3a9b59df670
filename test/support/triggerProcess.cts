/** What belongs to one process of n8n: the modules of the trigger, and the way to the database. */
import { DataDeduplicationService } from 'n8n-core';
import * as n8nWorkflow from 'n8n-workflow';

import * as catalogue from '../../nodes/Eyun/catalogue/index.ts';
import type * as TriggerModule from '../../nodes/Eyun/EyunTrigger.node.ts';
import * as addresses from '../../nodes/Eyun/libraries/addresses.ts';
import * as regex from '../../nodes/Eyun/libraries/regex.ts';
import * as xml from '../../nodes/Eyun/libraries/xml.ts';
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

const STATELESS = {
	'../../nodes/Eyun/catalogue/index.ts': catalogue,
	'../../nodes/Eyun/libraries/addresses.ts': addresses,
	'../../nodes/Eyun/libraries/regex.ts': regex,
	'../../nodes/Eyun/libraries/xml.ts': xml,
};

/** How many times faster the trigger waits than it would. */
const HASTE = 100;

/** What the trigger waits for, such as the time between two looks, passes quickly here. */
async function shortSleep(ms: number) {
	await n8nWorkflow.sleep(ms / HASTE);
}

/** The trigger as a new process has it: its modules remember nothing. */
export function freshTrigger(): EyunTrigger {
	let trigger: EyunTrigger | undefined;
	jest.isolateModules(() => {
		// One copy of n8n-workflow for all: it keeps nothing that matters here, and is large.
		jest.doMock('n8n-workflow', () => ({ ...n8nWorkflow, sleep: shortSleep }));
		// What keeps nothing is loaded once, because that takes its time.
		for (const [name, module] of Object.entries(STATELESS)) jest.doMock(name, () => module);
		const modules = jest.requireActual<typeof TriggerModule>(
			'../../nodes/Eyun/EyunTrigger.node.ts',
		);
		trigger = new modules.EyunTrigger();
	});
	return trigger as EyunTrigger;
}
