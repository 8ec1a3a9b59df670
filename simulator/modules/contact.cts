/** Contact module. */
import { contactCard, groupCard, headUrl, openImCard, personByCredentials } from '../cards.cts';
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, VendorFailure } from '../envelope.cts';
import { contactCredential, hex } from '../ids.cts';
import { becomeFriends } from '../relations.cts';

/** /getContact and /checkZombie take 20 ids at most (spec/FACTS.md: Errors and limits). */
const MOST_IDS = 20;

function ids(call: Call): string[] {
	const list = call.body.list('wcId');
	if (list.length > MOST_IDS) throw new VendorFailure(ASSUMED.tooManyIds);
	return list;
}

/** Assumed, vendor undocumented: ids that name nobody are left out. */
const getContact: Handler = (call) => {
	const { world, media, me } = call;
	return ids(call)
		.filter((id) => world.people.has(id) || world.groups.has(id))
		.map((id) =>
			world.groups.has(id) ? groupCard(world, media, me, id) : contactCard(world, media, me, id),
		);
};

/** Assumed: somebody who is no friend shows as deleted (1). */
const checkZombie: Handler = (call) =>
	ids(call).map((userName) => ({ userName, status: call.me.friends.get(userName)?.status ?? 1 }));

/** By WeChat number or phone, not by wcId; v1 and v2 as spec/FACTS.md: Key shapes Notes say. */
const searchUser: Handler = ({ world, media, me, body }) => {
	const wanted = body.text('wcId');
	const person = [...world.people.values()].find((entry) =>
		[entry.alias, entry.phone].includes(wanted),
	);
	if (!person) throw new VendorFailure(ASSUMED.notFound);
	const { wcId, nickName, sex } = person;
	const friend = me.friends.has(wcId);
	const v1 = friend ? wcId : contactCredential('v3', wcId);
	return {
		userName: v1,
		nickName,
		sex,
		bigHead: headUrl(media, wcId),
		smallHead: headUrl(media, wcId),
		v1,
		v2: friend ? null : contactCredential('v4', wcId),
	};
};

const addUser: Handler = ({ sim, world, me, body }) => {
	const person = personByCredentials(world, body.text('v1'), body.text('v2'));
	if (!person) throw new VendorFailure(ASSUMED.notFound);
	const { wcId } = person;
	me.outgoingRequests.push({ wcId, verify: body.text('verify'), type: body.int('type') });
	if (person.acceptsAtOnce) void becomeFriends(sim, me, wcId);
	return null;
};

/** Takes v1, v2 and the scene of a request that was pushed (30001). */
const acceptUser: Handler = ({ sim, me, body }) => {
	const request = me.incomingRequests.find(
		(entry) =>
			entry.v1 === body.text('v1') &&
			entry.v2 === body.text('v2') &&
			entry.scene === body.int('type'),
	);
	if (!request) throw new VendorFailure(ASSUMED.notFound);
	void becomeFriends(sim, me, request.wcId);
	return null;
};

const delContact: Handler = ({ sim, world, me, body }) => {
	const { wcId } = world.friend(me, body.text('wcId'));
	me.friends.delete(wcId);
	sim.emitEvent(me, '65004', { userName: wcId });
	return null;
};

const modifyRemark: Handler = ({ world, me, body }) => {
	world.friend(me, body.text('wcId')).remark = body.text('remark');
	return null;
};

const setFriendPermission: Handler = ({ world, me, body }) => {
	world.friend(me, body.text('wcId')).permission = body.int('type');
	return null;
};

function setChat(field: 'wcId' | 'chatRoomId', change: (call: Call) => object): Handler {
	return (call) => {
		const chat = call.body.text(field);
		call.world.requireChat(call.me, chat);
		const before = call.me.chatSettings.get(chat) ?? { top: false, muted: false };
		call.me.chatSettings.set(chat, { ...before, ...change(call) });
		return null;
	};
}

const getImAddressList: Handler = ({ world, media, me }) =>
	[...me.friends.values()].flatMap(({ wcId, remark }) => {
		const person = world.people.get(wcId);
		if (person?.kind !== 'openim') return [];
		return [{ ...openImCard(media, person, remark), appId: '3552365301' }];
	});

const getOpenImContact: Handler = ({ world, media, me, body }) => {
	const { wcId, remark } = world.friend(me, body.text('wcId'));
	const person = world.people.get(wcId);
	if (person?.kind !== 'openim') throw new VendorFailure(ASSUMED.notFound);
	return { ...openImCard(media, person, remark), wording: 'AI社群' };
};

const getQrCode: Handler = ({ media, me }) => ({
	qrCodeUrl: media.url('qr', `${me.wcId}.png`),
	uuId: hex(20),
});

const sendHeadImage: Handler = ({ me, body }) => {
	me.headImage = body.text('path');
	return null;
};

/** The one success of the vendor that has no data key (spec/FACTS.md: Responses). */
const userPrivacySettings: Handler = ({ me, body }) => {
	me.privacy.set(body.int('privacyType'), body.int('switchType'));
	return undefined;
};

export const contactHandlers: Handlers = {
	'/getContact': getContact,
	'/checkZombie': checkZombie,
	'/searchUser': searchUser,
	'/addUser': addUser,
	'/acceptUser': acceptUser,
	'/delContact': delContact,
	'/modifyRemark': modifyRemark,
	'/setFriendPemission': setFriendPermission,
	'/setTop': setChat('wcId', ({ body }) => ({ top: body.int('operType') === 1 })),
	// 0 turns 免打扰 on, 1 off (spec/FACTS.md: Parameters).
	'/setDisturb': setChat('chatRoomId', ({ body }) => ({ muted: body.int('type') === 0 })),
	'/getImAddressList': getImAddressList,
	'/getOpenImContact': getOpenImContact,
	'/getQrCode': getQrCode,
	'/sendHeadImage': sendHeadImage,
	'/userPrivacySettings': userPrivacySettings,
};
