/** Message module: everything that sends, and /revokeMsg. */
import type { Call, Handler, Handlers } from '../call.cts';
import { ASSUMED, Envelope, VendorFailure } from '../envelope.cts';
import { newMessageId, shortMessageId } from '../ids.cts';
import { nowSeconds } from '../world.cts';

/**
 * What a send answers beside its ids: the vendor leaves parts null or 0, differently for each path
 * (spec/responses.json, spec/FACTS.md: Key shapes Notes).
 */
interface SendShape {
	type: number | null;
	createTime?: null | 0;
	wcId?: null;
	msgId?: 0;
}

/** sendEmoji, sendVideo and sendRecvVideo leave all but the ids null. */
const idsOnly: SendShape = { type: null, createTime: null, wcId: null };

function send(shape: SendShape, check?: (call: Call) => void): Handler {
	return (call) => {
		const to = call.body.text('wcId');
		call.world.requireChat(call.me, to);
		check?.(call);
		const now = nowSeconds();
		const msgId = shape.msgId ?? shortMessageId();
		const createTime = shape.createTime === undefined ? now : shape.createTime;
		const newMsgId = newMessageId();
		call.world.messages.push({
			wId: call.instance.wId,
			from: call.me.wcId,
			to,
			path: call.path,
			body: call.body.json,
			content: call.body.text('content'),
			at: call.body.list('at'),
			newMsgId,
			msgId,
			createTime,
			revoked: false,
			sentMs: Date.now(),
		});
		const wcId = shape.wcId === undefined ? to : shape.wcId;
		return { type: shape.type, msgId, newMsgId, createTime, wcId };
	};
}

/** @所有人 is for the owner and administrators (spec/FACTS.md: Parameters). */
function checkMention(call: Call): void {
	const to = call.body.text('wcId');
	if (!to.endsWith('@chatroom') || !call.body.list('at').includes('notify@all')) return;
	const group = call.world.group(call.me, to);
	if (group.owner !== call.me.wcId && !group.admins.has(call.me.wcId)) {
		throw new VendorFailure(ASSUMED.notOwner);
	}
}

function checkDataUri(call: Call): void {
	const match = /^data:[^;,]+(?:;[^;,]+)*;base64,([A-Za-z0-9+/\r\n]*={0,2})$/.exec(
		call.body.text('base64'),
	);
	if (!match) throw new VendorFailure(ASSUMED.dataUri);
}

/** One path for two operations that differ in the success text (spec/responses.json). */
const sendApplet: Handler = async (call) => {
	const message = call.body.has('imgUrl') ? '发送小程序成功' : '发送成功';
	const data = await send({ type: 0 })(call);
	return data instanceof Envelope ? data : new Envelope('1000', message, data);
};

/** Revokes only what was sent by this account with exactly these ids, once, within two minutes. */
const revokeMsg: Handler = ({ body, world, me, sim }) => {
	const found = world.messages.find(
		(message) =>
			message.newMsgId === body.wide('newMsgId') &&
			BigInt(message.msgId) === body.wide('msgId') &&
			message.to === body.text('wcId') &&
			message.from === me.wcId &&
			// Where the send answered no time, the caller cannot know it: any time will do.
			(!message.createTime || BigInt(message.createTime) === body.wide('createTime')),
	);
	const late = found && Date.now() - found.sentMs > sim.options.revokeWithinMs;
	if (!found || found.revoked || late) throw new VendorFailure(ASSUMED.revoke);
	found.revoked = true;
	return null;
};

export const messageHandlers: Handlers = {
	'/sendText': send({ type: 1 }, checkMention),
	'/sendUrl': send({ type: null }),
	'/sendVoice': send({ type: null }),
	'/sendNameCard': send({ type: 42, msgId: 0 }),
	'/sendEmoji': send(idsOnly),
	'/sendVideo': send(idsOnly),
	'/sendRecvVideo': send(idsOnly),
	'/sendImage2': send({ type: null, createTime: 0 }),
	'/sendRecvImage': send({ type: null, createTime: 0 }),
	'/sendFile': send({ type: 6 }),
	'/sendFileBase64': send({ type: 6 }, checkDataUri),
	'/sendRecvFile': send({ type: 6 }),
	'/forwardUrl': send({ type: 6 }),
	'/sendApplet': sendApplet,
	'/sendApplets': send({ type: 0 }),
	'/revokeMsg': revokeMsg,
};
