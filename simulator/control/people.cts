/** Control: who there is, who is whose friend, who is in which group. */
import { applyForGroup, becomeFriends, pushNotice } from '../relations.cts';
import type { Simulation } from '../simulation.cts';
import type { Group, Person } from '../world-types.cts';
import { ControlError, hostedBy, needCount, needText } from './input.cts';

export interface PopulateInput {
	friends?: number;
	groups?: number;
	membersPerGroup?: number;
	/** Hosted account (default: the first). */
	wcId?: string;
}

/** Makes many friends and groups, e.g. 5,000 friends. Gives back the new ids. */
export function populate(
	sim: Simulation,
	input: PopulateInput,
): { friends: string[]; groups: string[] } {
	for (const name of ['friends', 'groups', 'membersPerGroup'] as const) {
		needCount(name, input[name]);
	}
	const me = hostedBy(sim, input.wcId);
	const { world } = sim;
	const start = world.people.size;
	const friends = Array.from({ length: input.friends ?? 0 }, (_, n) => {
		const number = String(start + n).padStart(6, '0');
		const wcId = `wxid_friend${number}22`;
		world.addPerson({ wcId, nickName: `好友${number}`, alias: `friend${number}` });
		world.befriend(me, wcId);
		return wcId;
	});
	const members = [...me.friends.keys()].filter(
		(wcId) => world.people.get(wcId)?.kind === 'person',
	);
	const groups = Array.from({ length: input.groups ?? 0 }, (_, n) => {
		const id = `${String(30_000_000_000 + world.groups.size)}@chatroom`;
		world.addGroup(id, `群${String(n + 1)}`, me.wcId, members.slice(0, input.membersPerGroup ?? 3));
		me.savedGroups.add(id);
		return id;
	});
	return { friends, groups };
}

/** Makes a person and, unless `friend` is false, a friend of the hosted account `to`. */
export function friend(
	sim: Simulation,
	input: Partial<Person> & { wcId: string; friend?: boolean; to?: string },
): Person {
	needText('wcId', input.wcId);
	const { friend: befriended = true, to, ...details } = input;
	const known = sim.world.people.get(input.wcId);
	const person = known ? Object.assign(known, details) : sim.world.addPerson(details);
	const me = hostedBy(sim, to);
	if (befriended && !me.friends.has(input.wcId)) sim.world.befriend(me, input.wcId);
	return person;
}

/** The other side accepts our /addUser: it becomes a friend; push 65001 carries its v1. */
export async function friendAccept(
	sim: Simulation,
	input: { wcId: string; to?: string },
): Promise<{ wcId: string }> {
	needText('wcId', input.wcId);
	const me = hostedBy(sim, input.to);
	if (!me.outgoingRequests.some((request) => request.wcId === input.wcId)) {
		throw new ControlError(`${me.wcId} has not asked ${input.wcId}`);
	}
	await becomeFriends(sim, me, input.wcId);
	return { wcId: input.wcId };
}

export interface GroupInput {
	/** Makes the group when it does not exist. */
	chatRoomId: string;
	name?: string;
	/** wcId; default for a new group: the first hosted account. */
	owner?: string;
	/** wcIds to add. */
	members?: string[];
	/** 群聊邀请确认. */
	verify?: boolean;
	/** wcIds of administrators, all of them. */
	admins?: string[];
	/** wcId -> the name a member goes by in this group. */
	displayNames?: Record<string, string>;
}

/** Makes or changes a group. */
export function group(sim: Simulation, input: GroupInput): Group {
	needText('chatRoomId', input.chatRoomId);
	const { world } = sim;
	const found =
		world.groups.get(input.chatRoomId) ??
		world.addGroup(
			input.chatRoomId,
			input.name ?? '群聊',
			input.owner ?? hostedBy(sim, undefined).wcId,
			[],
		);
	if (input.name !== undefined) found.name = input.name;
	if (input.verify !== undefined) found.verify = input.verify;
	for (const wcId of [...(input.members ?? []), input.owner ?? found.owner]) {
		if (!world.people.has(wcId)) world.addPerson({ wcId });
		if (!found.members.has(wcId)) {
			found.members.set(wcId, { wcId, displayName: '', inviter: found.owner });
		}
	}
	if (input.owner !== undefined) found.owner = input.owner;
	if (input.admins !== undefined) found.admins = new Set(input.admins);
	for (const [wcId, displayName] of Object.entries(input.displayNames ?? {})) {
		const member = found.members.get(wcId);
		if (!member) throw new ControlError(`${wcId} is not in ${found.chatRoomId}`);
		member.displayName = displayName;
	}
	return found;
}

/** A member asks to invite somebody into a group with 群聊邀请确认: push 85014, for /agreeAddChatRoomMember. */
export async function inviteRequest(
	sim: Simulation,
	input: { group: string; inviter: string; users: string[]; to?: string },
): Promise<{ newMsgId: string; xml: string }> {
	const found = sim.world.groups.get(input.group);
	if (!found) throw new ControlError(`No group ${input.group}`);
	const { inviter, users } = input;
	return await applyForGroup(sim, found, { inviter, users, manager: hostedBy(sim, input.to) });
}

/** Somebody accepts an invitation or scans the QR code: is in the group; push 85008 or 85009. */
export async function joinGroup(
	sim: Simulation,
	input: { group: string; wcId: string; to?: string },
): Promise<{ members: number }> {
	const found = sim.world.groups.get(input.group);
	if (!found) throw new ControlError(`No group ${input.group}`);
	needText('wcId', input.wcId);
	if (!sim.world.people.has(input.wcId)) sim.world.addPerson({ wcId: input.wcId });
	const invited = found.invited.delete(input.wcId);
	found.members.set(input.wcId, { wcId: input.wcId, displayName: '', inviter: found.owner });
	await pushNotice(sim, hostedBy(sim, input.to), found, invited ? '85008' : '85009', {
		by: found.owner,
		members: [input.wcId],
	});
	return { members: found.members.size };
}

/** The other side of a Channels private conversation has answered: pictures may be sent now. */
export function channelReply(
	sim: Simulation,
	input: { sessionId: string; wcId?: string },
): { sessionId: string } {
	const session = hostedBy(sim, input.wcId).channel.sessions.get(input.sessionId);
	if (!session) throw new ControlError(`No session ${input.sessionId}`);
	session.peerAnswered = true;
	return { sessionId: session.sessionId };
}
