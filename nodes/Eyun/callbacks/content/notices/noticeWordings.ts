/**
 * How WeChat words notices in a group, in Chinese (simplified and traditional) and English. Where
 * several could match, the first one counts.
 */

const OPEN = '["“”「]';
const CLOSE = '["“”」]';

/** A name or names in quotes. */
export const QUOTED = `${OPEN}.+?${CLOSE}`;

/**
 * Somebody in a notice: a name or names in quotes, the reader, or the reader and names. Templates
 * have placeholders, not always in quotes.
 */
export const WHO = `(?:(?:你|您|[Yy]ou)(?:和|、| and |, ))?${QUOTED}|你|您|[Yy]ou|\\$\\w{1,40}\\$`;

/** One way WeChat words a notice; the groups of the pattern say who is who. */
export interface Wording {
	kind: string;
	pattern: RegExp;
}

/** Words that differ with the script or the version of WeChat. */
const PARTS: Record<string, string> = {
	INVITE: '[邀][请請]',
	JOIN: '加入了?(?:群聊|群[組组]|[聊][天]室)',
	OUT: '(?:了?[该該本]?(?:群聊|群[組组]|聊天室)|[群])',
	SCAN: '(?:[通透][过過])?(?:[扫掃][描瞄])?',
	QR: '(?:二[维維][码碼]|[Qq][Rr] ?(?:[Cc]ode|[码碼]))',
	ADMIN: '管理[员員]',
	THE_GROUP: '(?:the |this |a |your )?group(?: chat)?',
};

/** `<name>` stands for somebody, named or "you"; `{PART}` for one of the words above. */
function chinese(kind: string, source: string): Wording {
	const whole = source
		.replace(/\{(\w+)\}/g, (_, part: string) => PARTS[part])
		.replace(/(?<!\(\?)<(\w+)>/g, (_, name: string) => `(?<${name}>${WHO})`);
	return { kind, pattern: new RegExp(whole, 's') };
}

/** `<name>` stands for any words: names are not always in quotes. */
function english(kind: string, source: string): Wording {
	const whole = source
		.replace(/\{(\w+)\}/g, (_, part: string) => PARTS[part])
		.replace(/(?<!\(\?)<(\w+)>/g, (_, name: string) => `(?<${name}>.+?)`);
	return { kind, pattern: new RegExp(whole, 'is') };
}

const HAS = `(?:['’]ve| have| has)?`;

/** In the order in which they are tried: the first one that fits says what a notice is. */
export const WORDINGS: readonly Wording[] = [
	chinese('memberJoined', '^<inviter>{INVITE}(?<too>[你您])和<members>{JOIN}'),
	chinese('memberJoined', '^<inviter>{INVITE}<members>{JOIN}'),
	chinese('memberJoined', '^<members>{SCAN}<inviter>分享的(?<qr>{QR}){JOIN}'),
	chinese('memberJoined', '^<members>{SCAN}<inviter>的(?<qr>(?:{INVITE}|群)?{QR}){JOIN}'),
	chinese('memberJoined', '^<members>{SCAN}(?<qr>群?{QR}){JOIN}'),
	english(
		'memberJoined',
		`^<inviter>${HAS} invited (?<too>you) and <members> to (?:join )?{THE_GROUP}`,
	),
	english('memberJoined', `^<inviter>${HAS} invited <members> to (?:join )?{THE_GROUP}`),
	english(
		'memberJoined',
		`^<members>${HAS} joined {THE_GROUP} (?:via|through|by scanning|by) (?:the |a |an )?(?<qr>QR ?code)(?: that)? (?:shared by|from|of) <inviter>\\.?\\s*$`,
	),
	english(
		'memberJoined',
		`^<members>${HAS} joined {THE_GROUP} (?:via|through|by scanning|by) (?:the |a |an )?(?<qr>QR ?code)(?: that)? <inviter>${HAS} shared\\.?\\s*$`,
	),
	english(
		'memberJoined',
		`^<members>${HAS} joined {THE_GROUP} (?:via|through|by scanning|by) <inviter>(?:['’]s|(?<=your)) (?:shared |invitation |invite |group )?(?<qr>QR ?code)\\.?\\s*$`,
	),
	english(
		'memberJoined',
		`^<members>${HAS} joined {THE_GROUP} (?:via|through|by scanning|by) (?:the |a |an )?(?:shared |invitation |invite |group )?(?<qr>QR ?code)`,
	),
	chinese('youWereRemoved', '^(?<members>[你您])已?被<by>移[出除]{OUT}'),
	chinese('youWereRemoved', '^(?<members>[你您])已?被(?:群主|{ADMIN})?移[出除]{OUT}'),
	chinese('youWereRemoved', '^<by>已?[将將把](?<members>[你您])移[出除]{OUT}'),
	english(
		'youWereRemoved',
		`^(?<members>you)(?: were| have been|['’]ve been) (?:removed|kicked out) (?:from|of) {THE_GROUP} by <by>\\.?\\s*$`,
	),
	english(
		'youWereRemoved',
		`^(?<members>you)(?: were| have been|['’]ve been) (?:removed|kicked out) (?:from|of) {THE_GROUP}`,
	),
	english('youWereRemoved', `^<by>${HAS} removed (?<members>you) from {THE_GROUP}`),
	chinese('memberRemoved', '^<by>已?[将將把]<members>移[出除]{OUT}'),
	chinese('memberRemoved', '^<members>已?被<by>移[出除]{OUT}'),
	english('memberRemoved', `^<by>${HAS} removed <members> from {THE_GROUP}(?! admin| owner)`),
	english(
		'memberRemoved',
		`^<members> (?:was|were|has been|have been) removed from {THE_GROUP} by <by>\\.?\\s*$`,
	),
	chinese('left', '^<members>已?(?:退出|[离離][开開])了?[该該本]?(?:群聊|群[組组]|聊天室)'),
	english('left', `^<members>${HAS} left {THE_GROUP}`),
	chinese(
		'renamed',
		'^<by>已?(?:修改|更改)(?:群名|群聊名[称稱]?|群[組组]名[称稱])[为為]["“「](?<name>.*)["”」]',
	),
	chinese(
		'renamed',
		'^<by>已?[将將把](?:群名|群聊名[称稱]?|群[組组]名[称稱])(?:修改|更改|改)[为為成]["“「](?<name>.*)["”」]',
	),
	english(
		'renamed',
		`^<by>${HAS} (?:changed|renamed) {THE_GROUP}(?:['’]s)?(?: name)? to ["“](?<name>.*)["”]`,
	),
	chinese(
		'ownerChanged',
		'^<by>(?:已?[将將把])群主(?:[转轉][让讓][给給]?了?|移交[给給]?了?)<owner>',
	),
	chinese('ownerChanged', '^<owner>已?成[为為]了?新?的?群主'),
	english(
		'ownerChanged',
		`^<by>${HAS} transferred (?:the )?(?:group |group chat )?ownership(?: of {THE_GROUP})? to <owner>\\.?\\s*$`,
	),
	english(
		'ownerChanged',
		`^<by>${HAS} (?:made|appointed|set) <owner> (?:as )?(?:the )?(?:new )?(?:group )?owner`,
	),
	english(
		'ownerChanged',
		`^<owner> (?:(?:is|are)(?: now)?|has become|have become|['’]ve become|became) (?:the )?(?:new )?(?:group )?owner`,
	),
	chinese('dismissed', '^(?:群主)?<by>已?解散了?[该該本]?(?:群聊|群[組组]|聊天室)'),
	chinese('dismissed', '^[该該本]?(?:群聊|群[組组]|聊天室|群)已?被?(?:群主)?<by>?解散'),
	english(
		'dismissed',
		`^(?:(?:the )?group owner )?<by>${HAS} (?:disbanded|dismissed|dissolved) {THE_GROUP}`,
	),
	english(
		'dismissed',
		`^{THE_GROUP} (?:has been|was|is) (?:disbanded|dismissed|dissolved) by (?:the )?(?:group )?owner\\.?\\s*$`,
	),
	english(
		'dismissed',
		`^{THE_GROUP} (?:has been|was|is) (?:disbanded|dismissed|dissolved) by (?:(?:the )?(?:group )?owner )?<by>\\.?\\s*$`,
	),
	english('dismissed', `^{THE_GROUP} (?:has been|was|is) (?:disbanded|dismissed|dissolved)`),
	chinese(
		'inviteConfirmationChanged',
		'(?<on>已?(?:[启啟]用|[开開][启啟])).{0,6}群(?:聊|[組组])?{INVITE}[确確][认認]',
	),
	chinese(
		'inviteConfirmationChanged',
		'恢[复復][默預][认設][进進]群方式|(?:[关關][闭閉]|停用|取消).{0,6}群(?:聊|[組组])?{INVITE}[确確][认認]',
	),
	english(
		'inviteConfirmationChanged',
		'(?<on>enabled|turned on|activated).{0,40}(?:invit|approv|confirm)',
	),
	english(
		'inviteConfirmationChanged',
		'(?:disabled|turned off|deactivated).{0,40}(?:invit|approv|confirm)|restored.{0,20}default.{0,40}join',
	),
	chinese(
		'adminRemoved',
		'(?:移除|取消|解除|不再是).{0,60}{ADMIN}|{ADMIN}.{0,60}(?:移除|取消|解除)',
	),
	chinese('adminAdded', '(?:成[为為]|添加|新增|[设設]置?[为為]|[设設]定).{0,60}{ADMIN}'),
	english(
		'adminRemoved',
		`^<by>${HAS} removed <members>(?:['’]s)? (?:as|from) (?:the |a |an |your )?group(?: chat)? admin`,
	),
	english(
		'adminRemoved',
		`^<members> (?:(?:is|are|was|were) (?:removed|no longer)|(?:has|have) been removed)(?: as| from)? (?:the |a |an )?(?:group )?(?:chat )?admin`,
	),
	english(
		'adminAdded',
		`^<by>${HAS} (?:added|made|appointed|set) <members> (?:as |to be )?(?:the |a |an )?(?:group )?(?:chat )?admin`,
	),
	english(
		'adminAdded',
		`^<members> (?:(?:is|are) now|became|has become|have become|['’]ve become|(?:was|were|has been|have been) (?:added|made|appointed|set)(?: as)?) (?:the |a |an )?(?:group )?(?:chat )?admin`,
	),
];
