/**
 * How WeChat words notices in a group, in Chinese and English. Where several could match, the first
 * one counts.
 */

/** Somebody in a notice: a name or names in quotes, or the reader. */
export const WHO = '["“].+?["”]|你|[Yy]ou';

/** One way WeChat words a notice; the groups of the pattern say who is who. */
export interface Wording {
	kind: string;
	pattern: RegExp;
}

/** In a pattern given as text, `<name>` stands for somebody, named or "you". */
function wording(kind: string, pattern: string | RegExp): Wording {
	if (typeof pattern !== 'string') return { kind, pattern };
	const source = pattern.replace(/(?<!\(\?)<(\w+)>/g, (_, name: string) => `(?<${name}>${WHO})`);
	return { kind, pattern: new RegExp(source, 's') };
}

export const WORDINGS: readonly Wording[] = [
	wording('memberJoined', '^<inviter>邀请(?<too>你)和<members>加入了?群聊'),
	wording('memberJoined', '^<inviter>邀请<members>加入了?群聊'),
	wording('memberJoined', '^<members>通过(?<qr>扫描)<inviter>分享的二维码加入了?群聊'),
	wording('memberJoined', '^<members>通过<inviter>的(?<qr>邀请二维码)加入了?群聊'),
	wording('memberJoined', '^<members>通过扫描(?<qr>二维码)加入了?群聊'),
	wording(
		'memberJoined',
		/^(?<inviter>.+?) invited (?<too>you) and (?<members>.+?) to (?:the|a) group chat/is,
	),
	wording('memberJoined', /^(?<inviter>.+?) invited (?<members>.+?) to (?:the|a) group chat/is),
	wording(
		'memberJoined',
		/^(?<members>.+?) joined (?:the )?group chat via (?:the|a) (?<qr>QR code)(?: shared by (?<inviter>.+?)| (?<you>you) shared)?\.?$/is,
	),
	wording('youWereRemoved', '^(?<members>你)被<by>移出了?群聊'),
	wording(
		'youWereRemoved',
		/^(?<members>You) were removed from the group chat by (?<by>.+?)\.?$/is,
	),
	wording('memberRemoved', '^<by>将<members>移出了?群聊'),
	wording('memberRemoved', /^(?<by>.+?) removed (?<members>.+?) from the group chat/is),
	wording('left', '^<members>已?退出了?群聊'),
	wording('left', /^(?<members>.+?) left the group chat/is),
	wording('renamed', '^<by>修改群名为["“](?<name>.*)["”]'),
	wording('renamed', /^(?<by>.+?) changed the group name to ["“](?<name>.*)["”]/is),
	wording('ownerChanged', '^<by>(?:已将|将)群主转让给了?<owner>'),
	wording('ownerChanged', '^<owner>已?成为新?的?群主'),
	wording(
		'ownerChanged',
		/^(?<owner>.+?) (?:is now|has become|have become|became) the (?:new )?group owner/is,
	),
	wording('dismissed', '^(?:群主)?<by>已?解散了?[该本]?群聊'),
	wording('dismissed', /^[该本]?群聊?已被?(?:群主)?解散/s),
	wording('inviteConfirmationChanged', /(?<on>已?(?:启用|开启)).{0,4}群聊邀请确认/s),
	wording('inviteConfirmationChanged', /恢复默认进群方式|(?:关闭|停用).{0,4}群聊邀请确认/s),
	wording(
		'adminRemoved',
		/(?:移除|取消|解除|不再是).{0,60}管理员|管理员.{0,60}(?:移除|取消|解除)/s,
	),
	wording('adminAdded', /(?:成为|添加|设置?为|设定).{0,60}管理员/s),
];
