/**
 * 原生版 (type 1) pushes: messageType is an integer 0..17 (spec/FACTS.md: Legacy table). Only the numbers are known;
 * which event goes under which number is read off their names.
 */
import type { JsonObject } from './json.cts';
import type { CallbackEvent } from './pusher.cts';

const numbers: Record<string, number> = {
	'30001': 0, // 好友请求
	'60022': 1, // 群邀请
	'80005': 2, // 群名片
	'60005': 3, // 个人名片
	'30000': 4, // 下线
	'60001': 5, // 私聊文本
	'60002': 6, // 私聊图片
	'60003': 7, // 私聊视频
	'60004': 8, // 私聊语音
	'80001': 9, // 群聊文本
	'80002': 10, // 群聊图片
	'80003': 11, // 群聊视频
	'80004': 12, // 群聊语音
	'65001': 15, // 好友相关通知(同意添加等)
	'65002': 17, // 删除相关通知
	'65003': 17,
	'65004': 17,
	'95001': 17,
};

/** Raw WeChat types carried by 13 and 14 (spec/FACTS.md: Legacy table): 47 emoji, 48 location, 49 appmsg. */
const rawTypes: Record<string, number> = { '06': 47, '20': 48 };

/** The event in the legacy format, or undefined when that format does not know it. */
export function toLegacy(event: CallbackEvent): CallbackEvent | undefined {
	const code = String(event.messageType);
	// Already a legacy number, or a code that no table knows: as it stands.
	if (typeof event.messageType === 'number' || !/^\d{5}$/.test(code)) return event;
	const number = numbers[code] ?? otherMessage(code);
	if (number === undefined) return undefined;
	const data: JsonObject = { ...event.data };
	if (number >= 13 && number <= 14) data.msgType ??= rawTypes[code.slice(3)] ?? 49;
	if (data.fromGroup !== undefined && typeof data.content === 'string') {
		data.content = `${String(data.fromUser)}:\n${data.content}`;
	}
	return { ...event, messageType: number, data };
}

function otherMessage(code: string): number | undefined {
	if (/^(60|90)/.test(code)) return 13; // 私聊其他
	if (/^8[05]/.test(code)) return 14; // 群聊其他
	return undefined;
}
