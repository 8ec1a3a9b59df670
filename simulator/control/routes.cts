/** HTTP control interface under /_control: JSON in, JSON out, 64-bit integers as text in the output. */
import { Router, type Request, type Response } from 'express';
import { isJsonObject, jsonType, numberText, parseExact, toPlain, type Json } from '../json.cts';
import type { ReceivedRequest } from '../log.cts';
import type { Simulation } from '../simulation.cts';
import { Control, ControlError } from './index.cts';
import { stateOf } from './state.cts';

/** What the interface offers, for GET /_control and the command line's help. */
export const CONTROL_HELP = {
	'POST say': '{from, to?, group?, text, at?}: a friend or group member says something',
	'POST push': '{messageType, data?, omit?, account?, wcId?} or {raw}: any event',
	'POST notice':
		'{messageType, group, by?, members?, name?, newMsgId?, enabled?, to?}: a group changes, pushes 85002 to 85015',
	'POST repeat': '{times?}: the last push again',
	'POST friendRequest': '{from?, nickName?, content?, scene?, to?}: push 30001',
	'POST fault':
		'{kind, path?, times?, carriedOut?, ms?, wId?, wcId?, account?, to?, code?, message?, status?, headers?, body?, bytes?, everyMs?}',
	'POST faults/clear': '{}',
	'POST release': '{path?, count?}: requests that a fault "hold" keeps',
	'POST scan': '{wId, step: scan|confirm|refuse|verifyCode|moreVerification, code?, url?, wcId?}',
	'POST offline': '{wcId?, reason?}: push 30000',
	'POST online': '{wcId?, wId?}: logs in again, new wId',
	'POST host': '{wcId, nickName?, account?, wAccount?, password?, wId?}: one more hosted WeChat',
	'POST account': '{account?, password?, status?}: 0 normal, 1 frozen, 2 expired',
	'POST mode': '{token?: changing|permanent, refusals?: told|login|none}',
	'POST secondLogin': '{wcId?, outcome: ok|nested|failed}',
	'POST finishJob': '{id?, failure?}',
	'POST populate': '{friends?, groups?, membersPerGroup?, wcId?}',
	'POST friend': '{wcId, nickName?, alias?, phone?, friend?, to?}',
	'POST friendAccept': '{wcId, to?}: accepts our /addUser',
	'POST group': '{chatRoomId, name?, owner?, members?, verify?, admins?, displayNames?}',
	'POST inviteRequest': '{group, inviter, users, to?}: push 85014',
	'POST joinGroup': '{group, wcId, to?}',
	'POST channelReply': '{sessionId, wcId?}',
	'POST reset': '{}',
	'GET requests': '?path=: everything received; DELETE clears',
	'GET messages': 'sent through the API, revoked or not',
	'GET pushes': 'what was pushed and what the receiver answered',
	'GET media': 'downloads, and whether a token came along',
	'GET state': 'the world',
	'GET faults': 'faults that wait',
	'GET held': '?path=&count=: requests that wait for release; with count: waits for so many',
} as const;

type Action = (input: never) => unknown;

/** The router for /_control. Bodies come as text (exact numbers). */
export function controlRouter(control: Control, sim: Simulation): Router {
	const router = Router();
	const actions: Record<string, Action> = {
		say: control.say,
		push: control.push,
		repeat: (input) => control.repeat(input),
		notice: control.notice,
		friendRequest: control.friendRequest,
		fault: (input) => control.fault(input),
		'faults/clear': () => control.clearFaults(),
		release: (input) => control.release(input),
		scan: control.scan,
		offline: (input) => control.offline(input),
		online: (input) => control.online(input),
		host: control.host,
		account: control.account,
		mode: control.mode,
		secondLogin: control.secondLogin,
		finishJob: (input) => control.finishJob(input),
		populate: control.populate,
		friend: control.friend,
		friendAccept: control.friendAccept,
		group: control.group,
		inviteRequest: control.inviteRequest,
		joinGroup: control.joinGroup,
		channelReply: control.channelReply,
		reset: () => control.reset(),
	};
	for (const [name, action] of Object.entries(actions)) {
		router.post(`/${name}`, async (request, response) => {
			await run(response, async () => await action(input(request) as never));
		});
	}
	router.get('/', (_request, response) => void response.json(CONTROL_HELP));
	router.get('/requests', (request, response) => {
		const path = typeof request.query.path === 'string' ? request.query.path : undefined;
		const requests = control.requests(path).map(describe);
		const { inFlight, maxInFlight } = control;
		response.json({ count: requests.length, inFlight, maxInFlight, requests });
	});
	router.get('/held', async (request, response) => {
		const { path, count } = request.query;
		const of = typeof path === 'string' ? path : undefined;
		await run(response, async () => await control.untilHeld(Number(count ?? 0), of));
	});
	router.delete('/requests', (_request, response) => {
		control.clearRequests();
		response.json({ ok: true });
	});
	const lists: Record<string, () => unknown> = {
		messages: () => control.messages(),
		pushes: () => control.pushes(),
		media: () => control.media(),
		state: () => stateOf(sim),
		faults: () => sim.faults.list(),
	};
	for (const [name, list] of Object.entries(lists)) {
		router.get(`/${name}`, (_request, response) => void response.json(plain(list())));
	}
	router.use((request, response) => {
		response
			.status(404)
			.json({ error: `No ${request.method} ${request.path}`, help: CONTROL_HELP });
	});
	return router;
}

/** Runs an action and writes what it gives back; 400 with a text for what the caller did wrong. */
async function run(response: Response, action: () => Promise<unknown>): Promise<void> {
	try {
		const result = await action();
		response.json(result === undefined ? { ok: true } : plain(result));
	} catch (error) {
		if (!(error instanceof ControlError || error instanceof SyntaxError)) throw error;
		response.status(400).json({ error: error.message });
	}
}

function input(request: Request): unknown {
	const text = typeof request.body === 'string' ? request.body : '';
	if (text.trim() === '') return {};
	const json = parseExact(text);
	if (!isJsonObject(json)) throw new ControlError('The body must be a JSON object');
	return usable(json);
}

/** Numbers as JavaScript numbers where that is exact, as bigint where it is not. */
function usable(value: Json | undefined): unknown {
	if (Array.isArray(value)) return value.map(usable);
	if (isJsonObject(value)) {
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, usable(entry)]));
	}
	const plainValue = toPlain(value);
	return jsonType(value) === 'number' && typeof plainValue === 'string'
		? BigInt(plainValue)
		: plainValue;
}

/**
 * A request for people to read. `json` shows wide numbers as text; `types` says what they were on the
 * wire, so that a quoted id and a bare one can be told apart (`body` has the very digits too).
 */
function describe(entry: ReceivedRequest): unknown {
	const types = isJsonObject(entry.json)
		? Object.fromEntries(Object.entries(entry.json).map(([key, value]) => [key, jsonType(value)]))
		: undefined;
	return { ...entry, json: toPlain(entry.json), types };
}

/** Maps as objects, sets as lists, 64-bit integers as text. */
export function plain(value: unknown): unknown {
	if (value instanceof Map) {
		return Object.fromEntries([...value].map(([key, entry]) => [String(key), plain(entry)]));
	}
	if (value instanceof Set) return [...value].map(plain);
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== 'object' || value === null) return toPlain(value as Json);
	if (numberText(value as Json) !== undefined) return toPlain(value as Json);
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}
