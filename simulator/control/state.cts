/** The world as GET /_control/state shows it. */
import type { Simulation } from '../simulation.cts';

/** Everything but the messages and pushes, which have lists of their own. */
export function stateOf(sim: Simulation): Record<string, unknown> {
	const { world } = sim;
	return {
		accounts: world.accounts,
		hosted: world.hosted,
		instances: world.instances,
		logins: world.logins,
		people: world.people,
		groups: world.groups,
		moments: world.moments,
		channelUsers: world.channelUsers,
		channelVideos: world.channelVideos,
		jobs: world.jobs,
		counts: { people: world.people.size, messages: world.messages.length },
	};
}
