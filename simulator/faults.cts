/** Faults on demand: what a test wants to go wrong at the next requests. */

export const faultKinds = [
	/** The answer is late by `ms`; the request is handled after that. */
	'latency',
	/** HTTP 500 (or `status`), not handled. */
	'http500',
	/** HTTP 401 (or `status`), not handled. */
	'http401',
	/** HTTP 200 with an HTML page, not handled. */
	'html',
	/** HTTP 200 with an empty body, not handled. */
	'empty',
	/** Handled; the JSON answer is cut in the middle. */
	'truncated',
	/** The connection is reset before the request is handled. */
	'reset',
	/** The request is handled, then the connection is cut. */
	'resetAfter',
	/** An envelope with `code` (1001) and `message`, not handled. */
	'vendorFailure',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
	kind: FaultKind;
	/** The path it applies to, '*' at the end for "begins with"; absent: every path of the vendor's API. */
	path?: string;
	/** How many requests it applies to; 0: until cleared. Default 1. */
	times?: number;
	/** Milliseconds to wait before the fault shows (any kind). */
	ms?: number;
	/** vendorFailure: the envelope's code, as it stands (a number stays a number). Default "1001". */
	code?: string | number;
	message?: string;
	/** http500, http401: another HTTP status. */
	status?: number;
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

	list(): { fault: Fault; left: number }[] {
		return [...this.active];
	}

	/** The oldest fault for this path, used up by one; undefined when there is none. */
	take(path: string): Fault | undefined {
		const found = this.active.find(({ fault }) => applies(fault, path));
		if (!found) return undefined;
		found.left -= 1;
		if (found.left <= 0) this.active = this.active.filter((entry) => entry !== found);
		return found.fault;
	}
}

function applies({ path }: Fault, requested: string): boolean {
	// Downloads are not the vendor's API: they fail only when they are named.
	if (path === undefined) return !requested.startsWith('/_');
	return path.endsWith('*') ? requested.startsWith(path.slice(0, -1)) : path === requested;
}
