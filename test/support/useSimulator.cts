import type { Simulator } from '../../simulator/server.cts';
import { startSimulator } from '../../simulator/server.cts';

type Options = Parameters<typeof startSimulator>[0];

/** What happens between two tests of a file. */
interface Between {
	/**
	 * `reset` (default): the simulator is as new. `clearRequests`: it only forgets the requests it got.
	 * `restart`: each test has a simulator of its own, at another address.
	 */
	between?: 'reset' | 'clearRequests' | 'restart';
}

/**
 * Runs a simulator for the tests of a file. To be called once, before the file's own hooks.
 *
 * @param options of the simulator, and what happens between two tests
 * @returns the simulator of the running test; to be used inside tests and hooks only
 */
export function useSimulator({ between = 'reset', ...options }: Options & Between = {}): Simulator {
	let running: Simulator | undefined;
	const current = () => {
		if (running === undefined) throw new Error('The simulator runs inside tests and hooks only');
		return running;
	};
	const start = async () => {
		running = await startSimulator(options);
	};
	const stop = async () => {
		await current().stop();
		running = undefined;
	};
	if (between === 'restart') {
		beforeEach(start);
		afterEach(stop);
	} else {
		beforeAll(start);
		beforeEach(() => current().control[between]());
		afterAll(stop);
	}
	return new Proxy({} as Simulator, {
		get: (_, name) => Reflect.get(current(), name) as unknown,
	});
}
