/** One request to the vendor's API on its way through a handler. */
import type { Body } from './body.cts';
import type { Envelope } from './envelope.cts';
import type { Json } from './json.cts';
import type { Media } from './media.cts';
import type { Simulation } from './simulation.cts';
import type { World } from './world.cts';
import type { DeveloperAccount, Hosted, Instance } from './world-types.cts';

export class Call {
	constructor(
		readonly sim: Simulation,
		readonly path: string,
		readonly body: Body,
		private readonly caller: DeveloperAccount | undefined,
		private readonly login: Instance | undefined,
	) {}

	get world(): World {
		return this.sim.world;
	}

	get media(): Media {
		return this.sim.media;
	}

	/** The developer account whose token came along. */
	get account(): DeveloperAccount {
		if (!this.caller) throw new Error(`${this.path} takes no token`);
		return this.caller;
	}

	/** The login that `wId` names. Only for paths that need an online one. */
	get instance(): Instance {
		if (!this.login) throw new Error(`${this.path} needs no online instance`);
		return this.login;
	}

	/** The hosted WeChat behind `wId`. */
	get me(): Hosted {
		const hosted = this.world.hosted.get(this.instance.wcId);
		if (!hosted) throw new Error(`Instance ${this.instance.wId} has no account`);
		return hosted;
	}
}

/**
 * What a path does. It gives back `data` of a success (undefined: no data key at all), or a whole
 * Envelope where the vendor answers something else than code 1000 with its usual text; it throws
 * VendorFailure for a 1001.
 */
export type Handler = (
	call: Call,
) => Json | undefined | Envelope | Promise<Json | undefined | Envelope>;

/** path -> handler. */
export type Handlers = Readonly<Record<string, Handler>>;
