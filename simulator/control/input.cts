/** Input of the control interface. */
import type { Simulation } from '../simulation.cts';
import type { DeveloperAccount, Hosted } from '../world-types.cts';

/** The control interface was asked for something it cannot do; HTTP answers 400 with this text. */
export class ControlError extends Error {}

/** The hosted account of this wcId; the first one when none is named. Throws ControlError. */
export function hostedBy(sim: Simulation, wcId: string | undefined): Hosted {
	const found =
		wcId === undefined ? sim.world.hosted.values().next().value : sim.world.hosted.get(wcId);
	if (!found) throw new ControlError(`No hosted account ${wcId ?? ''}`);
	return found;
}

/** The developer account of this name; the first one when none is named. Throws ControlError. */
export function accountBy(sim: Simulation, name: string | undefined): DeveloperAccount {
	const found =
		name === undefined ? sim.world.accounts.values().next().value : sim.world.accounts.get(name);
	if (!found) throw new ControlError(`No developer account ${name ?? ''}`);
	return found;
}

/** Throws ControlError unless the value is a string with something in it. */
export function needText(name: string, value: unknown): asserts value is string {
	if (typeof value !== 'string' || value === '') {
		throw new ControlError(`${name} (text) is missing`);
	}
}

/** Throws ControlError unless the value is absent or a whole number from 0. */
export function needCount(name: string, value: unknown): asserts value is number | undefined {
	if (value === undefined) return;
	if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
		throw new ControlError(`${name} must be a whole number from 0`);
	}
}
