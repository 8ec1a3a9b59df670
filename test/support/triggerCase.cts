/** What the engine tests of the trigger share: the simulator, hosts on it, and a receiver of somebody else's. */
import type { Simulator } from '../../simulator/server.cts';
import type { Receiver } from '../unit/simulatorClient.cts';
import { startReceiver } from '../unit/simulatorClient.cts';
import type { HostSetup } from './triggerHost.cts';
import { TriggerHost } from './triggerHost.cts';
import { useSimulator } from './useSimulator.cts';

/** One test file's simulator, with what is started on it; ends everything after each test. */
export class TriggerCase {
	private readonly ends: Array<() => Promise<void>> = [];

	private constructor(readonly sim: Simulator) {}

	/** To be called once at the top of a test file. */
	static use(): TriggerCase {
		const all = new TriggerCase(useSimulator());
		afterEach(async () => {
			await Promise.all(all.ends.splice(0).map(async (end) => await end()));
		});
		return all;
	}

	/** The credential that can see who receives the callbacks. */
	get withPassword() {
		const { account, password } = this.sim.defaults;
		return { baseUrl: this.sim.url, authentication: 'account', account, password };
	}

	/** The credential that cannot. */
	get withToken() {
		return { baseUrl: this.sim.url, token: this.sim.defaults.token };
	}

	async host(setup: Partial<HostSetup> = {}): Promise<TriggerHost> {
		const host = await TriggerHost.start({ credentials: this.withPassword, ...setup });
		this.ends.push(async () => await host.stop());
		return host;
	}

	/** Another system, which receives the callbacks from now on, at an address with a secret in it. */
	async otherSystem(): Promise<Receiver & { address: string }> {
		const receiver = await startReceiver();
		this.ends.push(async () => await receiver.stop());
		const address = `${receiver.url}?key=a%26b`;
		this.register(address);
		return Object.assign(receiver, { address });
	}

	/** Registers an address with the vendor, as another system does. */
	register(url: string | null) {
		const [account] = this.sim.world.accounts.values();
		account.callback = url === null ? null : { url, type: 2 };
		account.pausedUntilMs = 0;
	}

	/** What the vendor has registered. */
	get registered(): string | undefined {
		const [account] = this.sim.world.accounts.values();
		return account.callback?.url;
	}

	/** Lets a friend say something; gives back whether it was delivered. */
	async say(text = 'hello'): Promise<boolean> {
		return (await this.sim.control.say({ from: this.sim.defaults.friend, text })).delivered;
	}
}
