import type { World } from './world.cts';

export const tokenModes = ['changing', 'permanent'] as const;
export const refusalModes = ['told', 'login', 'none'] as const;

/** What can be changed while the simulator runs; a reset puts back what it was started with. */
export type Modes = Pick<SimulatorOptions, 'token' | 'refusals'>;

/** What a simulator can be started with. Times are milliseconds. */
export interface SimulatorOptions {
	/** TCP port on 127.0.0.1; 0 lets the system choose. */
	port: number;
	/** How long pushing rests after a push that failed (vendor: 10 minutes, spec/FACTS.md: Transport). */
	pauseAfterFailureMs: number;
	/** How long a receiver may take for a push (vendor: 6 s, spec/FACTS.md: Transport). */
	pushTimeoutMs: number;
	/** How long /getIPadLoginInfo waits for the phone (vendor: up to 250 s). */
	loginWaitMs: number;
	/** When set, a QR login confirms itself after this time; otherwise the control interface does it. */
	autoConfirmMs: number | undefined;
	/** How long /initAddressList takes (vendor: 10 s to 3 min). */
	initAddressListMs: number;
	/** How long the asynchronous video jobs run. */
	jobMs: number;
	/** How rarely /offlineReason may be asked for one wcId (vendor: once in 12 h). */
	offlineReasonEveryMs: number;
	/** How long after sending a message may be revoked (WeChat: 2 minutes, spec/FACTS.md: Key shapes Notes). */
	revokeWithinMs: number;
	/** Turns off every tolerance that spec/FACTS.md: Anomalies, Structure forces on a server for foreign clients. */
	strict: boolean;
	/**
	 * What /member/login hands out: `changing`, a new token each time, which ends the one before;
	 * `permanent`, always the same one, as the vendor documents it. The permanent one is good in both.
	 */
	token: (typeof tokenModes)[number];
	/**
	 * How refusals are worded: `told`, each with its reason; `login`, those for an unknown or ended
	 * `wId` say only 失败; `none`, all of them do.
	 */
	refusals: (typeof refusalModes)[number];
	/** Answers every valid request with the vendor's example (spec/responses.json) instead of the state. */
	examples: boolean;
	/** Arranges the world after the default one is made, at the start and at each reset. */
	seed: ((world: World) => void) | undefined;
}

export const defaultOptions: SimulatorOptions = {
	port: 0,
	pauseAfterFailureMs: 600_000,
	pushTimeoutMs: 6_000,
	loginWaitMs: 250_000,
	autoConfirmMs: undefined,
	initAddressListMs: 20,
	jobMs: 200,
	offlineReasonEveryMs: 12 * 3600 * 1000,
	revokeWithinMs: 120_000,
	strict: false,
	token: 'changing',
	refusals: 'told',
	examples: false,
	seed: undefined,
};
