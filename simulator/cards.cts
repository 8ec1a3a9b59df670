/** How the vendor shows people (spec/FACTS.md: Key shapes; spec/responses.json). */
import { contactCredential } from './ids.cts';
import type { JsonObject } from './json.cts';
import type { Media } from './media.cts';
import type { World } from './world.cts';
import type { Hosted, Person } from './world-types.cts';

/** A person's picture. */
export function headUrl(media: Media, wcId: string): string {
	return media.url('head', `${wcId}.png`);
}

/** /getContact and, with other v1 and v2, /getChatRoomMemberInfo. */
export function contactCard(world: World, media: Media, me: Hosted, wcId: string): JsonObject {
	const person = world.people.get(wcId);
	const friendship = me.friends.get(wcId);
	return {
		userName: wcId,
		nickName: person?.nickName ?? '',
		remark: friendship?.remark ?? '',
		signature: person?.signature ?? '',
		sex: person?.sex ?? 0,
		aliasName: person?.alias ?? '',
		country: person?.country ?? null,
		bigHead: headUrl(media, wcId),
		smallHead: headUrl(media, wcId),
		labelList: [...(friendship?.labels ?? [])].join(','),
		v1: contactCredential('v1', wcId),
	};
}

/** A group as /getContact shows it. */
export function groupCard(world: World, media: Media, me: Hosted, chatRoomId: string): JsonObject {
	return {
		...contactCard(world, media, me, chatRoomId),
		nickName: world.groups.get(chatRoomId)?.name ?? '',
		remark: me.groupRemarks.get(chatRoomId) ?? '',
	};
}

/** /getImAddressList and /getOpenImContact share all but the last field. */
export function openImCard(media: Media, person: Person, remark: string): JsonObject {
	return {
		userName: person.wcId,
		nickName: person.nickName,
		remark,
		sex: person.sex,
		bigHead: headUrl(media, person.wcId),
		smallHead: headUrl(media, person.wcId),
		wordingId: '31464B9A2FA768BDA1F418BB1F28BE46RI01@im.wxwork',
	};
}

/** The person whom v1 and v2 of a search or a group member name; undefined when they fit nobody. */
export function personByCredentials(world: World, v1: string, v2: string): Person | undefined {
	return [...world.people.values()].find(
		({ wcId }) =>
			[contactCredential('v1', wcId), contactCredential('v3', wcId)].includes(v1) &&
			contactCredential('v4', wcId) === v2,
	);
}
