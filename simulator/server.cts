/**
 * A stateful stand-in for the vendor's (E云) HTTP server, for development and tests.
 *
 *     const sim = await startSimulator();
 *     // requests to sim.url …
 *     await sim.stop();
 */
import { Control } from './control/index.cts';
import { application, listen } from './http.cts';
import { defaultOptions, type SimulatorOptions } from './options.cts';
import { DEFAULTS } from './seed.cts';
import { Simulation } from './simulation.cts';
import type { World } from './world.cts';

export type { SimulatorOptions } from './options.cts';
export type { Control } from './control/index.cts';
export type { World } from './world.cts';

export interface Simulator {
	/** http://127.0.0.1:port */
	readonly url: string;
	/** The state, as of now (a reset makes a new one). */
	readonly world: World;
	/** What HTTP offers under /_control, as functions. */
	readonly control: Control;
	/** Names in the default world, with the present token and wId. */
	readonly defaults: SimulatorDefaults;
	/** Closes all sockets, ends timers. */
	stop(): Promise<void>;
}

export interface SimulatorDefaults {
	account: string;
	password: string;
	/** The permanent token, good whatever /member/login hands out. */
	token: string;
	wcId: string;
	/** wId of the present login, '' when the account is offline. */
	wId: string;
	friend: string;
	group: string;
	friends: string[];
	groups: string[];
}

/** Starts a simulator on 127.0.0.1. Rejects when the port is taken. */
export async function startSimulator(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
	const sim = new Simulation({ ...defaultOptions, ...options });
	const control = new Control(sim);
	const { server, port } = await listen(application(sim, control), sim.options.port);
	const url = `http://127.0.0.1:${String(port)}`;
	sim.media.base = url;
	return {
		url,
		control,
		get world() {
			return sim.world;
		},
		get defaults() {
			return defaultsOf(sim.world);
		},
		stop: async () => {
			sim.stop();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

function defaultsOf(world: World): SimulatorDefaults {
	const me = world.hosted.get(DEFAULTS.wcId);
	const friends = [...(me?.friends.keys() ?? [])].filter(
		(wcId) => world.people.get(wcId)?.kind === 'person',
	);
	const groups = [...world.groups.values()]
		.filter((group) => group.members.has(DEFAULTS.wcId))
		.map((group) => group.chatRoomId);
	return {
		account: DEFAULTS.account,
		password: DEFAULTS.password,
		token: world.accounts.get(DEFAULTS.account)?.token ?? '',
		wcId: DEFAULTS.wcId,
		wId: world.onlineInstance(DEFAULTS.wcId)?.wId ?? '',
		friend: DEFAULTS.friend,
		group: DEFAULTS.group,
		friends,
		groups,
	};
}
