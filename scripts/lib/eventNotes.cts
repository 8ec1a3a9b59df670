/**
 * The notes of the trigger's events (nodes/Eyun/callbacks/events.ts) in Chinese, by their English words, so that a
 * note that changes is translated anew: `npm run docs` stops at one that is not here.
 */
export const CHINESE_NOTES: Readonly<Record<string, string>> = {
	'Eyun tests the address after each registration. Starts an execution only if this event itself is chosen':
		'每次登记之后 Eyun 都会测试地址。专门选了这个事件才启动执行',
	'Once for each login that ended. The watchdog first confirms the notice of Eyun, and also finds accounts that Eyun did not report':
		'每个结束的登录实例一次。看门狗先确认 Eyun 的通知，也会发现 Eyun 没有报告的微信号',
	'The transfer has begun; the file may not be there yet. Starts an execution only if this event itself is chosen, or if the message is the file already: one file is one event':
		'传输已经开始，文件可能还没到。专门选了这个事件，或者消息里已经是文件，才启动执行：一个文件是一个事件',
	'The transfer has ended': '传输已经结束',
	'Anything WeChat has no own type for, such as notices in the chat':
		'微信没有单独类型的内容，例如聊天里的通知',
	'Eyun reported an account as offline, but it is online. The message type in the output is 30000':
		'Eyun 报告微信号掉线，其实在线。输出里的消息类型是 30000',
	'Found by the watchdog; wId is the new login': '由看门狗发现；wId 是新的登录实例',
	'The watchdog has put back the callback address, which was lost; events of that time are missing':
		'回调地址丢失，看门狗已经恢复；这段时间的事件缺失',
	'A message that the account sends from the phone or another device, in a private chat or a group, for the memory of an agent. Comes only if this event itself is chosen':
		'这个号从手机或其他设备在私聊或群里发的消息，供 Agent 的记忆使用。专门选了这个事件才会来',
};
