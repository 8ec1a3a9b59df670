/** Control: events for the callback address. */
import { contactCredential, wechatId } from '../ids.cts';
import { isGroupEvent, type Scene } from '../events.cts';
import { numberText, type Json, type JsonObject } from '../json.cts';
import type { PushRecord } from '../log.cts';
import { groupInfo } from '../relations.cts';
import type { Simulation } from '../simulation.cts';
import type { FriendRequest, Hosted } from '../world-types.cts';
import { accountBy, ControlError, hostedBy, needCount, needText } from './input.cts';

export interface SayInput {
	/** wcId of the speaker. A hosted wcId: it writes on its own phone (self = true). */
	from: string;
	/** Hosted wcId that receives it (default: the first); when a hosted account speaks: its friend. */
	to?: string;
	/** …@chatroom, for a message in a group. */
	group?: string;
	text: string;
	/** wcIds mentioned, in a group. */
	at?: string[];
}

/** What became of a push. */
export interface PushResult {
	/** The message's ids, where the event has them. */
	newMsgId?: string;
	msgId?: number;
	delivered: boolean;
	/** HTTP status of the receiver; 0: no answer. */
	status: number;
	/** Milliseconds until the receiver answered. */
	ms: number;
	/** Why it was not delivered. */
	reason?: string;
}

/** What a push has come to, for the caller. */
export function result(record: PushRecord, data: JsonObject = {}): PushResult {
	const { delivered, status, ms, reason } = record;
	const newMsgId = numberText(data.newMsgId);
	const msgId = numberText(data.msgId);
	return {
		...(newMsgId === undefined ? {} : { newMsgId }),
		...(msgId === undefined ? {} : { msgId: Number(msgId) }),
		delivered,
		status,
		ms,
		...(reason === undefined ? {} : { reason }),
	};
}

/** Lets a friend or a group member say something: 60001 or 80001 to the callback address. */
export async function say(sim: Simulation, input: SayInput): Promise<PushResult> {
	needText('from', input.from);
	needText('text', input.text);
	const self = sim.world.hosted.has(input.from) && !sim.world.hosted.has(input.to ?? '');
	const me = hostedBy(sim, self ? input.from : input.to);
	const peer = self ? (input.to ?? me.wcId) : me.wcId;
	checkPlaces(sim, input, me.wcId, self ? peer : input.from);
	const { group, at = [] } = input;
	const nickName = sim.world.nickName(input.from);
	const mentioned = at.includes(me.wcId);
	const data: JsonObject = {
		content: input.text,
		...(mentioned ? { pushContent: `${nickName}在群聊中@了你` } : {}),
		...(group !== undefined && at.length > 0 ? { atlist: at } : {}),
	};
	const scene = { fromUser: input.from, toUser: group ?? peer, self };
	const pushed = group
		? await sim.pushEvent(me, '80001', data, { ...scene, toUser: me.wcId, fromGroup: group })
		: await sim.pushEvent(me, '60001', data, scene);
	return result(pushed.record, pushed.data);
}

function checkPlaces(sim: Simulation, input: SayInput, wcId: string, other: string): void {
	if (input.group === undefined) {
		const known = other === wcId || sim.world.hosted.get(wcId)?.friends.has(other);
		if (!known) throw new ControlError(`${other} is no friend of ${wcId}`);
		return;
	}
	const group = sim.world.groups.get(input.group);
	if (!group) throw new ControlError(`No group ${input.group}`);
	for (const member of [input.from, wcId]) {
		if (!group.members.has(member)) throw new ControlError(`${member} is not in ${input.group}`);
	}
}

export interface PushInput {
	/** Code of 优化版; a number is sent as it stands. */
	messageType?: string | number;
	/** Put over the usual fields; 64-bit integers given as text become bare numbers on the wire. */
	data?: Record<string, unknown>;
	/** Usual fields to leave out. */
	omit?: string[];
	/** Developer account (default: the hosted account's, or the first). */
	account?: string;
	/** Hosted account (default: the first). */
	wcId?: string;
	/** Instead of all that: the body as it stands. */
	raw?: string;
}

/** Fields that the vendor sends as bare 64-bit or 32-bit unsigned numbers (spec/FACTS.md: Envelope; What is not known). */
const NUMBER_FIELDS = ['newMsgId', 'msgId', 'timestamp', 'createTime', 'bitMask'];

/** Pushes any event, or any body. */
export async function push(sim: Simulation, input: PushInput): Promise<PushResult> {
	if (input.raw !== undefined) {
		return result(await sim.pusher.pushRaw(accountBy(sim, input.account), input.raw));
	}
	const { messageType } = input;
	if (messageType === undefined) throw new ControlError('messageType or raw is missing');
	const me = hostedBy(sim, input.wcId);
	const given = bareNumbers((input.data ?? {}) as JsonObject);
	for (const name of input.omit ?? []) given[name] = undefined;
	if (typeof messageType === 'number') {
		const event = { account: me.account, wcId: me.wcId, messageType, data: given };
		return result(await sim.pusher.push(accountBy(sim, input.account), event), given);
	}
	const scene = sceneOf(sim, me, messageType, given);
	const group = sim.world.groups.get(scene.fromGroup ?? '');
	const info = messageType === '85001' && group ? groupInfo(sim, me, group) : {};
	const pushed = await sim.pushEvent(me, messageType, { ...info, ...given }, scene);
	return result(pushed.record, pushed.data);
}

/** Who speaks where, as far as the caller says; else the first friend, in the first group. */
function sceneOf(
	sim: Simulation,
	me: Hosted,
	messageType: string,
	given: JsonObject,
): Partial<Scene> {
	const said = (name: string): string | undefined => {
		const value = given[name];
		return typeof value === 'string' ? value : undefined;
	};
	const kind = messageType.startsWith('90') ? 'official' : 'person';
	const friends = [...me.friends.keys()];
	const friend = friends.find((wcId) => sim.world.people.get(wcId)?.kind === kind) ?? friends[0];
	const group = [...sim.world.groups.values()].find((entry) => entry.members.has(me.wcId));
	return {
		fromUser: said('fromUser') ?? friend ?? me.wcId,
		toUser: said('toUser') ?? me.wcId,
		self: given.self === true,
		...(isGroupEvent(messageType) ? { fromGroup: said('fromGroup') ?? group?.chatRoomId } : {}),
	};
}

function bareNumbers(data: JsonObject): JsonObject {
	const changed: JsonObject = { ...data };
	for (const name of NUMBER_FIELDS) {
		const value: Json | undefined = changed[name];
		if (typeof value === 'string' && /^-?\d+$/.test(value)) changed[name] = BigInt(value);
	}
	return changed;
}

/** Pushes the last body again, byte for byte. */
export async function repeat(sim: Simulation, input: { times?: number }): Promise<PushResult[]> {
	needCount('times', input.times);
	const results: PushResult[] = [];
	for (let n = 0; n < (input.times ?? 1); n++) {
		const record = await sim.pusher.repeat();
		if (!record) throw new ControlError('Nothing was pushed yet');
		results.push(result(record));
	}
	return results;
}

export interface FriendRequestInput {
	/** wcId of the asker; made up when absent, made known when unknown. */
	from?: string;
	nickName?: string;
	content?: string;
	/** Where we were found: 3 WeChat number, 8 group, 15 phone … */
	scene?: number;
	/** Hosted account (default: the first). */
	to?: string;
}

/** Somebody wants to be a friend: push 30001, whose v1, v2 and scene /acceptUser takes. */
export async function friendRequest(
	sim: Simulation,
	input: FriendRequestInput,
): Promise<PushResult & FriendRequest> {
	const me = hostedBy(sim, input.to);
	const wcId = input.from ?? wechatId();
	const nickName = input.nickName ?? sim.world.nickName(wcId);
	const person = sim.world.people.get(wcId) ?? sim.world.addPerson({ wcId, nickName });
	const request: FriendRequest = {
		wcId,
		v1: contactCredential('v3', wcId),
		v2: contactCredential('v4', wcId),
		scene: input.scene ?? 3,
		content: input.content ?? `我是${nickName}`,
	};
	me.incomingRequests.push(request);
	const { v1, v2, scene, content } = request;
	const data: JsonObject = {
		v1,
		v2,
		scene,
		content,
		fromUser: wcId,
		nickName,
		alias: person.alias,
		bigHeadImgUrl: sim.media.url('head', `${wcId}.png`),
		smallHeadImgUrl: sim.media.url('head', `${wcId}.png`),
	};
	const { record } = await sim.pushEvent(me, '30001', data);
	return { ...result(record), ...request };
}
