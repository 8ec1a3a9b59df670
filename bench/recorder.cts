/**
 * The quickest possible vendor: answers every request at once with the same success and remembers
 * what came. The simulator checks and stores each request, which takes longer than what is to be
 * measured.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What /sendText answers (spec/FACTS.md: Key shapes), with an id that JSON.parse would round. */
const ANSWER =
	'{"code":"1000","message":"处理成功","data":{"type":1,"msgId":4200695367,' +
	'"newMsgId":8293548575287744172,"createTime":1795411993,"wcId":"wxid_receiver"}}';

/** A request as it came. */
export interface Received {
	path: string;
	body: string;
}

export interface Recorder {
	url: string;
	/** Gives back what came since the last time, in the order of arrival. */
	take(): Received[];
}

/** Starts a recorder on any free port of 127.0.0.1. It ends with its process. */
export async function startRecorder(): Promise<Recorder> {
	let received: Received[] = [];
	const server = createServer((request: IncomingMessage, response: ServerResponse) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => (body += text));
		request.on('end', () => {
			received.push({ path: request.url ?? '', body });
			response.setHeader('content-type', 'application/json;charset=UTF-8');
			response.end(ANSWER);
		});
	});
	return {
		url: `http://127.0.0.1:${await portOf(server)}`,
		take() {
			const taken = received;
			received = [];
			return taken;
		},
	};
}

async function portOf(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}
