/** Faults on demand: what a test wants to go wrong at the next requests. */

/** kind -> whether the request is carried out, unless the fault says otherwise. */
const carriesOut = {
	/** The answer is late by `ms`. */
	latency: true,
	/** The request waits until it is released. */
	hold: true,
	/** HTTP 500 (or `status`). */
	http500: false,
	/** HTTP 401 (or `status`). */
	http401: false,
	/** HTTP 200 with an HTML page. */
	html: false,
	/** HTTP 200 with an empty body. */
	empty: false,
	/** The JSON answer is cut in the middle. */
	truncated: true,
	/** The connection is reset. */
	reset: false,
	/** The connection is cut instead of an answer. */
	resetAfter: true,
	/** An envelope with `code` (1001) and `message`. */
	vendorFailure: false,
	/** The answer never comes; the connection stays open. */
	noAnswer: true,
	/** `status` (200), `headers` and `body`; the body is the request's own envelope unless stated. */
	answer: true,
	/** `status` (302) with a Location and a web page. */
	redirect: true,
	/** HTTP 101 and nothing else. */
	upgrade: true,
	/** Bytes that are no HTTP. */
	garbage: true,
	/** Headers of `bytes` (100 KB) in all, then the envelope. */
	hugeHeaders: true,
	/** A chunked body whose second chunk has no length. */
	badChunk: true,
	/** Content-Length says more than comes before the connection ends. */
	shortBody: true,
	/** Content-Encoding says gzip, the body is plain. */
	badGzip: true,
	/** The body comes byte by byte, one each `everyMs` (100), and never ends. */
	drip: true,
	/** The envelope with so much padding that it has `bytes` (more than 50 MB). */
	huge: true,
} as const;

export type FaultKind = keyof typeof carriesOut;

export const faultKinds = Object.keys(carriesOut) as FaultKind[];

/** Whose requests a fault applies to; what is absent does not matter. */
export interface Scope {
	/** The login that the body names. */
	wId?: string;
	/** The hosted account whose login the body names. */
	wcId?: string;
	/** The developer account. */
	account?: string;
	/** Whom the request is about: the body's `wcId`, or its `chatRoomId`. */
	to?: string;
}

export interface Fault extends Scope {
	kind: FaultKind;
	/** The path it applies to, '*' at the end for "begins with"; absent: every path of the vendor's API. */
	path?: string;
	/** How many requests it applies to; 0: until cleared. Default 1. */
	times?: number;
	/** Whether the request is carried out; the usual way of each kind when absent. */
	carriedOut?: boolean;
	/**
	 * Milliseconds to wait before the fault shows (any kind). The wait comes before the request is
	 * carried out, but after it when `carriedOut` is given as true.
	 */
	ms?: number;
	/** vendorFailure, answer: the envelope's code, as it stands (a number stays a number). Default "1001". */
	code?: string | number;
	message?: string;
	/** Another HTTP status. */
	status?: number;
	/** Headers on top of the usual ones. */
	headers?: Record<string, string>;
	/** The body instead of the usual one. */
	body?: string;
	/** hugeHeaders, huge: how large. */
	bytes?: number;
	/** drip: milliseconds between two bytes. */
	everyMs?: number;
}

/** Whether a request that meets the fault is carried out. */
export function isCarriedOut({ kind, carriedOut }: Fault): boolean {
	return kind === 'latency' || kind === 'hold' || (carriedOut ?? carriesOut[kind]);
}

export class Faults {
	private active: { fault: Fault; left: number }[] = [];

	add(fault: Fault): void {
		const times = fault.times ?? 1;
		this.active.push({ fault, left: times === 0 ? Infinity : times });
	}

	clear(): void {
		this.active = [];
	}

	/** Ends the faults of kind hold: those for exactly this path, or all. */
	endHolds(path: string | undefined): void {
		this.active = this.active.filter(
			({ fault }) => fault.kind !== 'hold' || (path !== undefined && fault.path !== path),
		);
	}

	list(): { fault: Fault; left: number }[] {
		return [...this.active];
	}

	/** The oldest fault for this path and caller, used up by one; undefined when there is none. */
	take(path: string, caller: Scope = {}): Fault | undefined {
		const found = this.active.find(({ fault }) => applies(fault, path) && fits(fault, caller));
		if (!found) return undefined;
		found.left -= 1;
		if (found.left <= 0) this.active = this.active.filter((entry) => entry !== found);
		return found.fault;
	}
}

function applies({ path }: Fault, requested: string): boolean {
	// Downloads are not the vendor's API: they fail only when they are named.
	if (path === undefined) return !requested.startsWith('/_');
	return matchesPath(path, requested);
}

/** Whether a path is the one named, or begins like it where that ends in '*'. */
export function matchesPath(named: string, requested: string): boolean {
	return named.endsWith('*') ? requested.startsWith(named.slice(0, -1)) : named === requested;
}

function fits(fault: Fault, caller: Scope): boolean {
	return (['wId', 'wcId', 'account', 'to'] as const).every(
		(name) => fault[name] === undefined || fault[name] === caller[name],
	);
}
