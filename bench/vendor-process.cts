/**
 * The servers of a bench, in a process of their own so that their work is not done in the one that
 * measures: the simulator and the recorder. Says when it is ready, then answers the parent's
 * questions; ends with the parent.
 */
import { startSimulator } from '../simulator/server.cts';
import { type Received, startRecorder } from './recorder.cts';

/** What the parent may ask for; each question is answered by one message. */
export interface VendorCalls {
	/** Where everything is. */
	where(): { recorder: string; simulator: string; token: string; wId: string; friend: string };
	/** What the recorder got since the last time. */
	recorded(): Received[];
	/** Makes friends; gives back their WeChat ids. */
	befriend(count: number): string[];
	/** Lets every answer of the simulator take so many milliseconds longer; 0 for at once. */
	delay(ms: number): void;
	/** What the simulator got since the last time, of long bodies the beginning. */
	received(): { calls: Received[]; maxInFlight: number };
}

type Question = {
	[Name in keyof VendorCalls]: [Name, ...Parameters<VendorCalls[Name]>];
}[keyof VendorCalls];

/** How much of a body goes to the parent: a file in base64 is of no use there. */
const SHOWN = 10_000;

async function main(): Promise<void> {
	const simulator = await startSimulator();
	const recorder = await startRecorder();
	const { control, defaults } = simulator;
	const calls: VendorCalls = {
		where: () => ({
			recorder: recorder.url,
			simulator: simulator.url,
			token: defaults.token,
			wId: defaults.wId,
			friend: defaults.friend,
		}),
		recorded: () => recorder.take(),
		befriend: (friends) => control.populate({ friends }).friends,
		delay(ms) {
			control.clearFaults();
			if (ms > 0) control.fault({ kind: 'latency', ms, times: 0 });
		},
		received() {
			const { maxInFlight } = control;
			const calls = control
				.requests()
				.map(({ path, body }) => ({ path, body: body.slice(0, SHOWN) }));
			control.clearRequests();
			return { calls, maxInFlight };
		},
	};
	process.on('message', ([name, ...input]: Question) => {
		const call = calls[name] as (...values: unknown[]) => unknown;
		process.send?.(call(...input) ?? null);
	});
	process.on('disconnect', () => process.exit());
	process.send?.('ready');
}

void main();
