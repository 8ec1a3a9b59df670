/**
 * The servers of a bench, in a process of their own so that their work is not done in the one that
 * measures: the simulator, the recorder and the holder; and what pushes callbacks. Says when it is ready, then answers the parent's
 * questions; ends with the parent.
 */
import { startSimulator } from '../simulator/server.cts';
import { type Received, startRecorder } from './recorder.cts';
import { startHolder } from './trigger-holder.cts';
import { CallbackBodies, type LoadPlan, type LoadResult, pushAll } from './trigger-load.cts';

/** What the parent may ask for; each question is answered by one message. */
export interface VendorCalls {
	/** Where everything is. */
	where(): {
		recorder: string;
		simulator: string;
		holder: string;
		token: string;
		wId: string;
		friend: string;
	};
	/** What the recorder got since the last time. */
	recorded(): Received[];
	/** Makes friends; gives back their WeChat ids. */
	befriend(count: number): string[];
	/** Lets every answer of the simulator take so many milliseconds longer; 0 for at once. */
	delay(ms: number): void;
	/** What the simulator got since the last time, of long bodies the beginning. */
	received(): { calls: Received[]; maxInFlight: number };
	/** One more developer account; gives back its token. */
	account(name: string): string;
	/**
	 * The address, with its secret, that the simulator has for callbacks to a developer account, the
	 * usual one if none is named; null if it has none.
	 */
	callbackUrl(account?: string): string | null;
	/** Pushes callbacks. */
	push(plan: LoadPlan): LoadResult;
	/** How many requests the holder keeps waiting. */
	held(): number;
	/** Lets the holder answer them. */
	release(): void;
}

type Answers = {
	[Name in keyof VendorCalls]: (
		...input: Parameters<VendorCalls[Name]>
	) => ReturnType<VendorCalls[Name]> | Promise<ReturnType<VendorCalls[Name]>>;
};

type Question = {
	[Name in keyof VendorCalls]: [Name, ...Parameters<VendorCalls[Name]>];
}[keyof VendorCalls];

/** How much of a body goes to the parent: a file in base64 is of no use there. */
const SHOWN = 10_000;

async function main(): Promise<void> {
	const simulator = await startSimulator();
	const recorder = await startRecorder();
	const holder = await startHolder();
	const { control, defaults } = simulator;
	const bodies = new CallbackBodies(defaults);
	const calls: Answers = {
		where: () => ({
			recorder: recorder.url,
			simulator: simulator.url,
			holder: holder.url,
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
		account: (name) => control.account({ account: name, password: name }).token,
		// Between processes, what is not given arrives as null.
		callbackUrl: (account) =>
			simulator.world.accounts.get(account ?? defaults.account)?.callback?.url ?? null,
		push: async (plan) => await pushAll(bodies, plan),
		held: () => holder.held,
		release: () => holder.release(),
	};
	process.on('message', ([name, ...input]: Question) => {
		const call = calls[name] as (...values: unknown[]) => unknown;
		void Promise.resolve(call(...input)).then((answer) => process.send?.(answer ?? null));
	});
	process.on('disconnect', () => process.exit());
	process.send?.('ready');
}

void main();
