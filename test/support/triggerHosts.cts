import type { TriggerHost } from './triggerHost.cts';
import { holdWaits } from './triggerProcess.cts';

/** What `useTriggerHosts` gives a test file. */
export interface TriggerHosts {
	/** Those that are stopped after the test: it puts its own in. */
	hosts: TriggerHost[];
	/** Stops the trigger's time, until `goOn` or the end of the test. */
	hold: () => void;
	/** Lets it go on. */
	goOn: () => void;
}

/** Stops the hosts of each test after it, once nothing of them is under way. */
export function useTriggerHosts(): TriggerHosts {
	const hosts: TriggerHost[] = [];
	let release = () => {};
	const goOn = () => release();
	const hold = () => {
		release = holdWaits();
	};
	afterEach(async () => {
		goOn();
		for (const host of hosts.splice(0)) {
			await host.idle();
			await host.stop();
		}
	});
	return { hosts, hold, goOn };
}
