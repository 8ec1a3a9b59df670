/** The HTTP side: the vendor's paths with faults and log, the files, the control interface. */
import express, { type Express, type Request, type Response } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Body } from './body.cts';
import { JSON_TYPE, writeBroken } from './broken.cts';
import type { Control } from './control/index.cts';
import { controlRouter } from './control/routes.cts';
import { isCarriedOut, type Fault, type Scope } from './faults.cts';
import { formatExact, isJsonObject } from './json.cts';
import type { ReceivedRequest } from './log.cts';
import type { Simulation } from './simulation.cts';
import { answer, ruleOf } from './vendor.cts';

/** Base64 files come in the body of /sendFileBase64. */
const BODY_LIMIT = '100mb';

/** Builds the express application of a simulation. */
export function application(sim: Simulation, control: Control): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.get('/_media/:kind/:name', async (request, response) => {
		const fault = sim.faults.take(request.path);
		if (fault && !(await delay(sim, fault, { number: 0, path: request.path }, response))) return;
		if (fault && isBroken(fault)) {
			await writeBroken(sim, fault, { path: request.path, response, text: undefined });
		} else {
			await sim.media.serve(request, response);
		}
	});
	app.use(express.text({ type: () => true, limit: BODY_LIMIT, defaultCharset: 'utf-8' }));
	app.use('/_control', controlRouter(control, sim));
	app.use(async (request, response) => {
		await vendorRequest(sim, request, response);
	});
	return app;
}

async function vendorRequest(sim: Simulation, request: Request, response: Response): Promise<void> {
	const body = typeof request.body === 'string' ? request.body : '';
	const { method, path, headers } = request;
	const entry = sim.requests.begin(method, path, headers, body);
	response.once('close', () => finish(sim, entry, response));
	const fault = sim.faults.take(path, callerOf(sim, entry));
	entry.fault = fault?.kind;
	const late = fault?.carriedOut === true;
	if (fault && !late && !(await delay(sim, fault, entry, response))) return;
	const handled = !fault || isCarriedOut(fault) ? await handle(sim, entry) : undefined;
	entry.code = handled?.code;
	if (fault && late && !(await delay(sim, fault, entry, response))) return;
	if (fault && isBroken(fault)) {
		await writeBroken(sim, fault, { path, response, text: handled?.text });
	} else {
		response
			.status(handled?.status ?? 200)
			.type(JSON_TYPE)
			.send(handled?.text);
	}
	// What has no end of its own ends when the caller hangs up.
	if (response.writableEnded || response.socket?.destroyed !== false) {
		finish(sim, entry, response);
	}
}

/** The answer itself goes wrong, it is not only late. */
function isBroken({ kind }: Fault): boolean {
	return kind !== 'latency' && kind !== 'hold';
}

/** Whom a request comes from, as far as its body and token say. */
function callerOf(sim: Simulation, { json, headers }: ReceivedRequest): Scope {
	const body = new Body(isJsonObject(json) ? json : {});
	const login = sim.world.instances.get(body.text('wId'));
	const account = login?.account ?? sim.world.accountByToken(headers.authorization)?.account;
	return {
		wId: body.text('wId'),
		wcId: login?.wcId,
		account: account ?? body.text('account'),
		to: body.text('wcId') || body.text('chatRoomId'),
	};
}

/** Waits as the fault says. False: the request is dropped, nobody is to answer it. */
async function delay(
	sim: Simulation,
	fault: Fault,
	request: Pick<ReceivedRequest, 'number' | 'path'>,
	response: Response,
): Promise<boolean> {
	await sim.timers.wait(fault.ms ?? 0);
	if (fault.kind !== 'hold') return true;
	const goesOn = await sim.holds.wait(request, (listener) => response.once('close', listener));
	if (!goesOn) response.socket?.destroy();
	return goesOn;
}

interface Handled {
	status: number;
	text: string;
	/** Of the envelope. */
	code?: string;
}

async function handle(sim: Simulation, request: ReceivedRequest): Promise<Handled> {
	const { method, path, headers, body } = request;
	const rule = ruleOf(path, sim.options.strict);
	const error = (status: number, text: string): Handled => ({
		status,
		text: JSON.stringify({ status, error: text, path }),
	});
	if (!rule) return error(404, 'Not Found');
	if (method !== 'POST') return error(405, 'Method Not Allowed');
	const envelope = await answer(sim, rule, headers.authorization, body);
	return { status: 200, text: formatExact(envelope.toJson()), code: envelope.code };
}

function finish(sim: Simulation, entry: ReceivedRequest, response: Response): void {
	if (entry.status !== undefined) return;
	sim.requests.end(entry, response.headersSent ? response.statusCode : 0);
}

/** Starts listening on 127.0.0.1 only. Rejects when the port is taken. */
export async function listen(
	app: Express,
	port: number,
): Promise<{ server: Server; port: number }> {
	const server = createServer(app);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return { server, port: (server.address() as AddressInfo).port };
}
