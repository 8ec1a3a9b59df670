/** Control: somebody else changes a group, and its members are told. */
import { numberText, type Json } from '../json.cts';
import { pushNotice } from '../relations.cts';
import type { Simulation } from '../simulation.cts';
import type { Group } from '../world-types.cts';
import { type PushResult, result } from './callbacks.cts';
import { ControlError, hostedBy, needText } from './input.cts';

export interface NoticeInput {
	/** 85002 to 85013, or 85015. */
	messageType: string;
	group: string;
	/** wcId of the one who does it (default: another member, the owner where only the owner may). */
	by?: string;
	/** wcIds of those it is done to (default: another member, or a new person where people join). */
	members?: string[];
	/** 85005: the new name; 85011: the announcement. */
	name?: string;
	/** 85012: newMsgId of the message. */
	newMsgId?: string | bigint | number;
	/** 85013: 群聊邀请确认 is switched on (default) or off. */
	enabled?: boolean;
	/** Hosted account that is told (default: the first). */
	to?: string;
}

/** What only the owner does. */
const BY_OWNER = new Set(['85002', '85004', '85006', '85007', '85010', '85011', '85012', '85013']);
const JOINING = new Set(['85008', '85009']);

/** What a notice says happens in the world, too. */
const changes: Record<string, (group: Group, change: Change, sim: Simulation) => void> = {
	'85002': (group, { me }) => leave(group, [me]),
	'85003': (group, { members }) => leave(group, members),
	'85004': ({ chatRoomId }, _, { world }) => void world.groups.delete(chatRoomId),
	'85005': (group, { name }) => (group.name = name),
	'85006': ({ admins }, { members }) => members.forEach((wcId) => admins.add(wcId)),
	'85007': ({ admins }, { members }) => members.forEach((wcId) => admins.delete(wcId)),
	'85008': join,
	'85009': join,
	'85010': (group, { members: [owner] }) => (group.owner = owner),
	'85011': (group, { name }) => (group.announcement = name),
	'85012': () => undefined,
	'85013': (group, { enabled }) => (group.verify = enabled),
	'85015': (group, { by }) => leave(group, [by]),
};

interface Change {
	me: string;
	by: string;
	members: string[];
	name: string;
	enabled: boolean;
}

function leave(group: Group, members: string[]): void {
	for (const wcId of members) {
		group.members.delete(wcId);
		group.admins.delete(wcId);
	}
}

function join(group: Group, { by, members }: Change): void {
	for (const wcId of members) {
		group.invited.delete(wcId);
		group.members.set(wcId, { wcId, displayName: '', inviter: by });
	}
}

/** Changes a group as its members would, and pushes the notice about it. */
export async function notice(sim: Simulation, input: NoticeInput): Promise<PushResult> {
	const { messageType } = input;
	if (!Object.hasOwn(changes, messageType)) {
		throw new ControlError(`messageType must be one of ${Object.keys(changes).join(', ')}`);
	}
	needText('group', input.group);
	const me = hostedBy(sim, input.to);
	const group = sim.world.groups.get(input.group);
	if (!group) throw new ControlError(`No group ${input.group}`);
	const change = described(sim, input, group, me.wcId);
	for (const wcId of [change.by, ...change.members]) {
		if (!sim.world.people.has(wcId)) sim.world.addPerson({ wcId });
	}
	changes[messageType](group, change, sim);
	const digits = numberText(input.newMsgId as Json) ?? input.newMsgId;
	const todo = digits === undefined ? undefined : BigInt(digits);
	const pushed = await pushNotice(sim, me, group, messageType, {
		...change,
		...(todo === undefined ? {} : { todo }),
	});
	return result(pushed.record, pushed.data);
}

function described(sim: Simulation, input: NoticeInput, group: Group, me: string): Change {
	const { messageType, by, members, name, enabled = true } = input;
	const others = [...group.members.keys()].filter((wcId) => wcId !== me);
	const owners = BY_OWNER.has(messageType) && group.owner !== me;
	const actor = by ?? (owners ? group.owner : (others[0] ?? me));
	return {
		me,
		by: actor,
		members: members ?? usualMembers(sim, messageType, others, actor),
		name: name ?? (messageType === '85011' ? '群公告' : '新群名'),
		enabled,
	};
}

function usualMembers(
	{ world }: Simulation,
	messageType: string,
	others: string[],
	by: string,
): string[] {
	if (['85002', '85004', '85005', '85011', '85012', '85013', '85015'].includes(messageType)) {
		return [];
	}
	if (!JOINING.has(messageType)) return others.filter((wcId) => wcId !== by).slice(0, 1);
	const wcId = `wxid_newcomer${String(world.people.size).padStart(5, '0')}`;
	world.addPerson({ wcId, nickName: '新成员' });
	return [wcId];
}
