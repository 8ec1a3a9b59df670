/** What people type into n8n's list of nodes finds the nodes, by n8n's own search. */
import { createRequire } from 'node:module';
import codex from '../../nodes/Eyun/Eyun.node.json';
import { Eyun } from '../../nodes/Eyun/Eyun.node.ts';

type Search = (
	words: string,
	nodes: object[],
	keys: Array<{ key: string; weight: number }>,
) => unknown[];

const { sublimeSearch } = createRequire(require.resolve('n8n-core'))(
	'@n8n/utils/search/sublime-search',
) as { sublimeSearch: Search };

/** As n8n's list of nodes searches. */
const KEYS = [
	{ key: 'properties.displayName', weight: 1.3 },
	{ key: 'properties.codex.alias', weight: 1 },
];

const { displayName } = new Eyun().description;

const find = (words: string) =>
	sublimeSearch(words, [{ properties: { displayName, codex: { alias: codex.alias } } }], KEYS);

const WORDS = `微信, wechat, WeChat bot, wechat api, 个人微信, 个微, 微信机器人, 企微, wecom, wechat work, weixin, we chat
tencent, 腾讯, E云, E云管家, wkteam, eyun, 群, 微信群, 群发, 群消息, 群成员, 群公告, 拉群, 拉人, 进群, 建群, 踢人
发消息, 发送消息, 发微信, 发图片, 发文件, 收消息, 接收消息, 自动回复, 关键词回复, 转发, 撤回, 下载文件, 消息推送, 通知
朋友圈, 发朋友圈, 点赞, 评论, 视频号, 小程序, 名片, 语音, 表情, 加好友, 好友申请, 通过好友, 标签, 打标签, 备注, 通讯录
联系人, @所有人, 艾特, 二维码, 扫码, 登录, 微信登录, 掉线, 转账, 红包, 收款, 客服, 智能客服, 私域, 审批, 人工审核, 回调
聊天机器人, 微信接口, qr, qr code, login, mass send, broadcast, group, group message, moments, channels, at all, mention
recall, revoke, friend request, add friend, label, tag, contacts, sticker, mini program, red packet, transfer
voice message, send message, chatbot, messaging, notification, customer service, approval`;

it.each(WORDS.split(/, |\n/))('finds them by %s', (words) => expect(find(words)).toHaveLength(1));

it.each(['slack', 'telegram', 'http request', 'google sheets', '公众号', '支付宝', '钉钉', '飞书'])(
	'does not find them by %s',
	(words) => expect(find(words)).toEqual([]),
);
