/** Callback bodies in the fields the vendor pushes (spec/FACTS.md: Envelope; messageType table; spec/callbacks.json). */
import { hex, newMessageId, shortMessageId } from './ids.cts';
import type { JsonObject } from './json.cts';
import { nowSeconds } from './world.cts';

/** Who says something to whom, where. */
export interface Scene {
	/** Login that receives it. */
	wId: string;
	fromUser: string;
	toUser: string;
	/** The group, for group messages and events. */
	fromGroup?: string;
	/** Written by the hosted account on another device. */
	self?: boolean;
}

/** True for codes whose events are messages with ids: private, group, group events, articles. */
export function isMessage(code: string): boolean {
	return /^(60|80|85|90)\d{3}$/.test(code) && code !== '85001' && code !== '85015';
}

/** True for codes that belong to a group. */
export function isGroupEvent(code: string): boolean {
	return /^8[05]\d{3}$/.test(code);
}

/**
 * The data of an event with every field the vendor is known to send, filled with sensible values.
 * Takes the code of 优化版 and the scene; the caller puts its own fields over it.
 */
export function eventData(code: string, scene: Scene): JsonObject {
	if (!isMessage(code)) return { wId: scene.wId, ...ownFields(code, scene) };
	return {
		wId: scene.wId,
		fromUser: scene.fromUser,
		...(scene.fromGroup === undefined ? {} : { fromGroup: scene.fromGroup }),
		toUser: scene.toUser,
		msgId: shortMessageId(),
		newMsgId: newMessageId(),
		timestamp: nowSeconds(),
		content: sampleContent(code),
		self: scene.self ?? false,
		...ownFields(code, scene),
	};
}

function sampleContent(code: string): string {
	switch (code.slice(2)) {
		case '001':
			return '你好';
		case '002':
			return `<?xml version="1.0"?><msg><img aeskey="${hex(32)}" cdnthumburl="30570201" length="84321" hdlength="0" md5="${hex(32)}"/></msg>`;
		case '003':
			return `<?xml version="1.0"?><msg><videomsg aeskey="${hex(32)}" cdnvideourl="30570201" length="3124240" playlength="11"/></msg>`;
		case '004':
			return '<msg><voicemsg endflag="1" length="3083" voicelength="1960" bufid="577212"/></msg>';
		case '006':
			return `<msg><emoji md5="${hex(32)}" len="12345" type="2"/></msg>`;
		default:
			return code.startsWith('85')
				? ''
				: '<msg><appmsg><title>标题</title><type>5</type></appmsg></msg>';
	}
}

function ownFields(code: string, scene: Scene): JsonObject {
	const kind = code.slice(2);
	if (/^[68]0/.test(code)) return contentFields(kind);
	if (/^650/.test(code) || code === '95001') return { userName: scene.fromUser };
	if (code === '85001' || code === '85015') return { userName: scene.fromGroup };
	if (code.startsWith('85')) return code === '85014' ? {} : { msgType: 10000 };
	if (code === '30000') return { reason: '手机端退出登录' };
	return {};
}

function contentFields(kind: string): JsonObject {
	switch (kind) {
		case '002':
			return { img: '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMC' };
		case '004':
			return { bufId: '577212', length: 3083, voiceLength: 1960 };
		case '006':
			return { md5: hex(32), length: 12345 };
		case '007':
			return { title: '标题', des: '描述', url: 'https://example.com/', thumbUrl: '' };
		case '014':
			return { title: '引用', msgType: 49 };
		case '022':
			return {
				url: `https://support.weixin.qq.com/cgi-bin/mmsupport-bin/addchatroombyinvite?ticket=${hex(16)}`,
			};
		default:
			return {};
	}
}
