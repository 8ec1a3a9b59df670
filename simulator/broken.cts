/** What goes over the wire at a fault. */
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FAILED } from './envelope.cts';
import type { Fault } from './faults.cts';
import { formatExact } from './json.cts';
import type { Simulation } from './simulation.cts';

export const JSON_TYPE = 'application/json;charset=UTF-8';

/** Beyond what Node (16 KB) and other clients take as headers. */
const HEADER_BYTES = 100_000;
/** Beyond the 50 MB that a client may set as its limit. */
const HUGE_BYTES = 51 * 1024 * 1024;
const DRIP_MS = 100;

const PAGE = '<html><head><title>nginx</title></head><body>Welcome to nginx</body></html>';
const MOVED = '<html><head><title>Moved</title></head><body>Moved</body></html>';

/** A request that meets a fault. */
export interface Broken {
	path: string;
	response: Response;
	/** The answer it would get; undefined when it was not carried out. */
	text: string | undefined;
}

type Writer = (sim: Simulation, fault: Fault, broken: Broken) => void | Promise<void>;

const writers: Record<Exclude<Fault['kind'], 'latency' | 'hold'>, Writer> = {
	http500: (_, fault, { response }) => writeError(response, fault, 500, 'Internal Server Error'),
	http401: (_, fault, { response }) => writeError(response, fault, 401, 'Unauthorized'),
	html: (_, fault, { response }) => writeAll(response, fault, PAGE, { type: 'text/html' }),
	empty: (_, fault, { response }) => writeAll(response, fault, ''),
	truncated: (_, fault, broken) => {
		const text = usualText(fault, broken);
		writeAll(broken.response, fault, text.slice(0, Math.ceil(text.length / 2)));
	},
	reset: (_, _fault, { response }) => void response.socket?.resetAndDestroy(),
	resetAfter: (_, _fault, { response }) => void response.socket?.destroy(),
	vendorFailure: (_, fault, { response }) => writeAll(response, fault, refusal(fault)),
	noAnswer: () => undefined,
	answer: (_, fault, broken) => writeAll(broken.response, fault, usualText(fault, broken)),
	redirect: (sim, fault, { path, response }) => {
		response.setHeader('Location', `${sim.media.base}/moved${path}`);
		writeAll(response, fault, MOVED, { type: 'text/html', status: 302 });
	},
	upgrade: (_, _fault, { response }) =>
		// The connection stays open, as after a real one.
		void response.socket?.write(
			'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
		),
	garbage: (_, fault, { response }) =>
		void response.socket?.end(fault.body ?? '\u0015\u0003\u0001 this is no HTTP at all\r\n\r\n'),
	hugeHeaders: (_, fault, broken) => {
		broken.response.setHeader('X-Padding', 'x'.repeat(fault.bytes ?? HEADER_BYTES));
		writeAll(broken.response, fault, usualText(fault, broken));
	},
	badChunk: (_, fault, broken) => {
		const text = Buffer.from(usualText(fault, broken));
		const half = text.subarray(0, text.length >> 1);
		broken.response.socket?.end(
			Buffer.concat([
				Buffer.from(
					`HTTP/1.1 ${String(fault.status ?? 200)} OK\r\nContent-Type: ${JSON_TYPE}\r\n` +
						`Transfer-Encoding: chunked\r\n\r\n${half.length.toString(16)}\r\n`,
				),
				half,
				Buffer.from(`\r\nno length\r\n`),
				text.subarray(half.length),
			]),
		);
	},
	shortBody: (_, fault, broken) => {
		const { response } = broken;
		const text = usualText(fault, broken);
		start(response, fault, { 'Content-Length': String(Buffer.byteLength(text) + 100) });
		response.write(text, () => response.socket?.end());
	},
	badGzip: (_, fault, broken) => {
		broken.response.setHeader('Content-Encoding', 'gzip');
		writeAll(broken.response, fault, usualText(fault, broken));
	},
	drip,
	huge,
};

/** Writes what the fault makes of an answer. Not for latency and hold, which change nothing in it. */
export async function writeBroken(sim: Simulation, fault: Fault, broken: Broken): Promise<void> {
	if (fault.kind === 'latency' || fault.kind === 'hold') throw new Error('Nothing is broken');
	await writers[fault.kind](sim, fault, broken);
}

function refusal({ code, message }: Fault): string {
	return formatExact({ code: code ?? '1001', message: message ?? FAILED, data: null });
}

/** The body the fault states, else the refusal it states, else the answer of the request. */
function usualText(fault: Fault, { text }: Broken): string {
	if (fault.body !== undefined) return fault.body;
	const refused = fault.code !== undefined || fault.message !== undefined;
	return refused || text === undefined ? refusal(fault) : text;
}

function start(
	response: Response,
	fault: Fault,
	headers: Record<string, string> = {},
	status = 200,
): void {
	response
		.status(fault.status ?? status)
		.set({ 'Content-Type': JSON_TYPE, ...headers, ...fault.headers });
}

function writeAll(
	response: Response,
	fault: Fault,
	text: string,
	usual: { type?: string; status?: number } = {},
): void {
	start(response, fault, { 'Content-Type': usual.type ?? JSON_TYPE }, usual.status);
	response.end(fault.body ?? text);
}

function writeError(response: Response, fault: Fault, usual: number, error: string): void {
	const status = fault.status ?? usual;
	writeAll(response, fault, JSON.stringify({ status, error }), { status });
}

async function drip(sim: Simulation, fault: Fault, broken: Broken): Promise<void> {
	const { response } = broken;
	start(response, fault);
	// All but the end: a client that reads on has no reason to stop.
	response.write(usualText(fault, broken).slice(0, -1));
	while (response.socket?.destroyed === false) {
		response.write(' ');
		await sim.timers.wait(fault.everyMs ?? DRIP_MS);
	}
}

async function huge(_: Simulation, fault: Fault, broken: Broken): Promise<void> {
	const { response } = broken;
	start(response, fault);
	try {
		await pipeline(Readable.from(padded(usualText(fault, broken), fault.bytes)), response);
	} catch (error) {
		// The other side hung up; there is nobody left to tell.
		if (!response.destroyed) throw error;
	}
}

/** The JSON object with one more member that fills it up: good JSON, so that only its size is wrong. */
function* padded(text: string, bytes = HUGE_BYTES): Generator<string> {
	const head = `${text.slice(0, -1)},"padding":"`;
	const chunk = 'x'.repeat(64 * 1024);
	yield head;
	let left = bytes - Buffer.byteLength(head) - 2;
	for (; left > 0; left -= chunk.length) yield chunk.slice(0, left);
	yield '"}';
}
