/** The HTTP side: the vendor's paths with faults and log, the files, the control interface. */
import express, { type Express, type Request, type Response } from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Control } from './control/index.cts';
import { controlRouter } from './control/routes.cts';
import type { Envelope } from './envelope.cts';
import type { Fault } from './faults.cts';
import { formatExact } from './json.cts';
import type { ReceivedRequest } from './log.cts';
import type { Simulation } from './simulation.cts';
import { answer, ruleOf } from './vendor.cts';

/** Base64 files come in the body of /sendFileBase64. */
const BODY_LIMIT = '100mb';

const JSON_TYPE = 'application/json;charset=UTF-8';

/** Builds the express application of a simulation. */
export function application(sim: Simulation, control: Control): Express {
	const app = express();
	app.disable('x-powered-by');
	app.disable('etag');
	app.get('/_media/:kind/:name', async (request, response) => {
		const fault = sim.faults.take(request.path);
		if (fault && (await broken(sim, fault, response))) return;
		await sim.media.serve(request, response);
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
	const fault = sim.faults.take(path);
	entry.fault = fault?.kind;
	if (fault && (await broken(sim, fault, response))) {
		finish(sim, entry, response);
		return;
	}
	const rule = ruleOf(path);
	if (!rule) {
		response.status(404).json({ status: 404, error: 'Not Found', path });
	} else if (method !== 'POST') {
		response.status(405).json({ status: 405, error: 'Method Not Allowed', path });
	} else {
		const envelope = await answer(sim, rule, headers.authorization, body);
		writeEnvelope(response, envelope, fault);
		finish(sim, entry, response, envelope.code);
		return;
	}
	finish(sim, entry, response);
}

function finish(sim: Simulation, entry: ReceivedRequest, response: Response, code?: string): void {
	if (entry.status !== undefined) return;
	sim.requests.end(entry, response.headersSent ? response.statusCode : 0, code);
}

function writeEnvelope(response: Response, envelope: Envelope, fault: Fault | undefined): void {
	if (fault?.kind === 'resetAfter') {
		response.socket?.destroy();
		return;
	}
	const text = formatExact(envelope.toJson());
	response
		.status(200)
		.type(JSON_TYPE)
		.send(fault?.kind === 'truncated' ? text.slice(0, Math.ceil(text.length / 2)) : text);
}

/** Waits for the fault's `ms`, then writes the broken answer. False: the request goes on as usual. */
async function broken(sim: Simulation, fault: Fault, response: Response): Promise<boolean> {
	await sim.timers.wait(fault.ms ?? 0);
	switch (fault.kind) {
		case 'latency':
		case 'truncated':
		case 'resetAfter':
			return false;
		case 'http500':
			response
				.status(fault.status ?? 500)
				.json({ status: fault.status ?? 500, error: 'Internal Server Error' });
			return true;
		case 'http401':
			response
				.status(fault.status ?? 401)
				.json({ status: fault.status ?? 401, error: 'Unauthorized' });
			return true;
		case 'html':
			response
				.status(fault.status ?? 200)
				.type('html')
				.send('<html><head><title>nginx</title></head><body>Welcome to nginx</body></html>');
			return true;
		case 'empty':
			response
				.status(fault.status ?? 200)
				.type(JSON_TYPE)
				.end();
			return true;
		case 'reset':
			response.socket?.resetAndDestroy();
			return true;
		case 'vendorFailure':
			response
				.status(200)
				.type(JSON_TYPE)
				.send(
					formatExact({ code: fault.code ?? '1001', message: fault.message ?? '失败', data: null }),
				);
			return true;
	}
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
