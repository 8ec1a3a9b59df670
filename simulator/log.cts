/** What came in and what went out, for tests and for people who look for the reason of something. */
import type { IncomingHttpHeaders } from 'node:http';
import { parseExact, type Json } from './json.cts';

/** The logs keep this much each, the newest, so that the simulator can run for months. */
const KEPT = { entries: 20_000, characters: 64 * 1024 * 1024 };

/** A list that forgets its oldest entries. */
export class Log<Entry extends object> {
	private entries: Entry[] = [];
	private characters = 0;

	add(entry: Entry): Entry {
		this.entries.push(entry);
		this.characters += size(entry);
		if (this.entries.length > KEPT.entries || this.characters > KEPT.characters) {
			this.entries = this.entries.slice(Math.floor(this.entries.length / 2));
			this.characters = this.entries.reduce((sum, kept) => sum + size(kept), 0);
		}
		return entry;
	}

	all(): Entry[] {
		return [...this.entries];
	}

	last(): Entry | undefined {
		return this.entries.at(-1);
	}

	clear(): void {
		this.entries = [];
		this.characters = 0;
	}
}

/** Bodies are what makes an entry large: files come as base64. */
function size(entry: object): number {
	return 'body' in entry && typeof entry.body === 'string' ? entry.body.length : 0;
}

/** One request to the vendor's API. */
export interface ReceivedRequest {
	/** Counts from 1 in the order of arrival. */
	number: number;
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
	/** The body exactly as it came. */
	body: string;
	/** The body parsed with exact numbers (LosslessNumber), or undefined when it is no JSON. */
	json: Json | undefined;
	/** Epoch milliseconds of arrival. */
	timeMs: number;
	/** Milliseconds until the answer was written; undefined while it is under way. */
	ms: number | undefined;
	/** HTTP status of the answer, 0 when the connection was cut. */
	status: number | undefined;
	/** `code` of the answer's envelope, known as soon as the request was carried out. */
	code: string | undefined;
	/** The fault that was applied. */
	fault: string | undefined;
}

export class RequestLog extends Log<ReceivedRequest> {
	private count = 0;
	/** How many requests are under way. */
	inFlight = 0;
	/** The largest number of requests that were under way at the same time. */
	maxInFlight = 0;

	/** Notes a request as it arrives. */
	begin(method: string, path: string, headers: IncomingHttpHeaders, body: string): ReceivedRequest {
		this.inFlight += 1;
		this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
		return this.add({
			number: ++this.count,
			method,
			path,
			headers,
			body,
			json: parseOrNothing(body),
			timeMs: Date.now(),
			ms: undefined,
			status: undefined,
			code: undefined,
			fault: undefined,
		});
	}

	/** Notes how a request was answered. */
	end(request: ReceivedRequest, status: number): void {
		this.inFlight -= 1;
		Object.assign(request, { status, ms: Date.now() - request.timeMs });
	}

	override clear(): void {
		super.clear();
		this.count = 0;
		this.maxInFlight = this.inFlight;
	}
}

function parseOrNothing(text: string): Json | undefined {
	try {
		return parseExact(text);
	} catch {
		return undefined;
	}
}

/** One push to a callback address. */
export interface PushRecord {
	number: number;
	account: string;
	/** The address; null when none is set. */
	url: string | null;
	messageType: string;
	body: string;
	timeMs: number;
	/** The receiver answered HTTP 200 in time. */
	delivered: boolean;
	/** HTTP status of the receiver; 0: no answer. */
	status: number;
	answer: string;
	ms: number;
	/** Why it was not delivered: 'no callback address', 'paused', or what went wrong. */
	reason: string | undefined;
}

/** One download of a file the simulator serves. */
export interface MediaRequest {
	path: string;
	/** Whether an Authorization header came with it: the token must not go where files lie. */
	authorization: boolean;
	headers: IncomingHttpHeaders;
	timeMs: number;
}
