/**
 * Notices in a group (85002 to 85015) as WeChat writes them when somebody else does something: a
 * template with its people beside it, after the group's id. The wordings for administrators, a new
 * owner and leaving are assumed: only their plain words are known.
 */
import { hex } from './ids.cts';
import type { JsonObject } from './json.cts';
import { nowSeconds } from './world.cts';
import { cdata } from './xml.cts';

export interface Named {
	wcId: string;
	nickName: string;
}

/** What has happened. */
export interface Notice {
	chatRoomId: string;
	/** The hosted account that reads it: 你. */
	me: string;
	by: Named;
	/** Who joined, was removed, was made administrator or owner. */
	members: Named[];
	/** The group's new name, or the announcement. */
	name: string;
	/** The message that is the todo. */
	newMsgId: bigint;
	/** 群聊邀请确认 is on now. */
	enabled: boolean;
}

/** A piece of the template: words, people, plain text under a name, or something to revoke. */
type Piece = string | { name: string; people: Named[] } | { name: string; plain: string };

/** The fields of a notice: content and msgType. Undefined for a code whose events are none. */
export function noticeFields(code: string, notice: Notice): JsonObject | undefined {
	const { chatRoomId } = notice;
	if (code === '85011') return { content: announcement(notice), msgType: 10002 };
	if (code === '85012') return { content: `${chatRoomId}:\n${todo(notice)}`, msgType: 10002 };
	if (code === '85013') return { content: confirmation(notice), msgType: 10000 };
	const pieces = templates[code]?.(notice);
	return pieces && { content: `${chatRoomId}:\n${template(pieces)}`, msgType: 10002 };
}

const templates: Record<string, (notice: Notice) => Piece[]> = {
	'85002': ({ by }) => ['你被"', { name: 'username', people: [by] }, '"移出群聊'],
	'85003': (notice) => [
		...who(notice, '将"', '"将"'),
		{ name: 'kickoutname', people: notice.members },
		'"移出了群聊',
	],
	'85004': ({ by }) => ['群主"', { name: 'identity', people: [by] }, '"已解散该群聊'],
	'85005': (notice) => [
		...who(notice, '修改群名为“', '"修改群名为“'),
		{ name: 'remark', people: [{ wcId: '', nickName: notice.name }] },
		'”',
	],
	'85006': (notice) => administrators(notice, '添加为群管理员', '你已成为群管理员'),
	'85007': (notice) => administrators(notice, '移除群管理员', '你已被移除群管理员'),
	'85008': (notice) => {
		if (hasMe(notice)) return joinedMyself(notice, '"邀请你加入了群聊');
		const names = { name: 'names', people: notice.members };
		return notice.by.wcId === notice.me
			? ['你邀请"', names, '"加入了群聊  ', { name: 'revoke', plain: '撤销' }]
			: [...who(notice, '', '"邀请"'), names, '"加入了群聊'];
	},
	'85009': (notice) => {
		if (hasMe(notice)) return joinedMyself(notice, '"分享的二维码加入群聊');
		const adder = { name: 'adder', people: notice.members };
		return notice.by.wcId === notice.me
			? ['" ', adder, '"通过扫描你分享的二维码加入群聊']
			: ['" ', adder, '"通过扫描"', { name: 'from', people: [notice.by] }, '"分享的二维码加入群聊'];
	},
	'85010': (notice) =>
		hasMe(notice)
			? ['你已成为新群主']
			: ['"', { name: 'identity', people: notice.members }, '"已成为新群主'],
	'85015': ({ by }) => ['"', { name: 'username', people: [by] }, '"退出了群聊'],
};

function hasMe({ me, members }: Notice): boolean {
	return members.some(({ wcId }) => wcId === me);
}

/** 你… for the account itself, else "somebody"…. */
function who({ by, me }: Notice, mine: string, theirs: string): Piece[] {
	return by.wcId === me ? [`你${mine}`] : ['"', { name: 'username', people: [by] }, theirs];
}

function administrators(notice: Notice, done: string, mine: string): Piece[] {
	return hasMe(notice)
		? [mine]
		: ['群主已将"', { name: 'names', people: notice.members }, `"${done}`];
}

/** I am one of those who joined; the others stand as plain text. */
function joinedMyself({ me, by, members }: Notice, done: string): Piece[] {
	const others = members.filter(({ wcId }) => wcId !== me).map(({ nickName }) => nickName);
	const scanned = done.includes('二维码');
	return [
		scanned ? '你通过扫描"' : '"',
		{ name: scanned ? 'from' : 'username', people: [by] },
		done,
		...(others.length === 0
			? []
			: ['，群聊参与人还有：', { name: 'others', plain: others.join('、') }]),
	];
}

function template(pieces: Piece[]): string {
	const words = pieces.map((piece) => (typeof piece === 'string' ? piece : `$${piece.name}$`));
	const links = pieces.filter((piece) => typeof piece !== 'string');
	return lines([
		'<sysmsg type="sysmsgtemplate">',
		'\t<sysmsgtemplate>',
		'\t\t<content_template type="tmpl_type_profile">',
		'\t\t\t<plain><![CDATA[]]></plain>',
		`\t\t\t<template>${cdata(words.join(''))}</template>`,
		'\t\t\t<link_list>',
		...links.flatMap(link),
		'\t\t\t</link_list>',
		'\t\t</content_template>',
		'\t</sysmsgtemplate>',
		'</sysmsg>',
	]);
}

function link(piece: Exclude<Piece, string>): string[] {
	if ('plain' in piece) {
		const revoke = piece.name === 'revoke';
		const tag = revoke ? 'title' : 'plain';
		return [
			`\t\t\t\t<link name="${piece.name}" type="${revoke ? 'link_revoke' : 'link_plain'}">`,
			`\t\t\t\t\t<${tag}>${cdata(piece.plain)}</${tag}>`,
			'\t\t\t\t</link>',
		];
	}
	return [
		`\t\t\t\t<link name="${piece.name}" type="link_profile">`,
		'\t\t\t\t\t<memberlist>',
		...piece.people.flatMap(({ wcId, nickName }) => [
			'\t\t\t\t\t\t<member>',
			`\t\t\t\t\t\t\t<username>${cdata(wcId)}</username>`,
			`\t\t\t\t\t\t\t<nickname>${cdata(nickName)}</nickname>`,
			'\t\t\t\t\t\t</member>',
		]),
		`\t\t\t\t\t\t<separator>${cdata('、')}</separator>`,
		'\t\t\t\t\t</memberlist>',
		'\t\t\t\t</link>',
	];
}

function announcement({ chatRoomId, by, name }: Notice): string {
	const id = `${by.wcId}_${chatRoomId}_${String(nowSeconds())}_${hex(8)}`;
	const item = lines([
		'<group_notice_item type="18">',
		`\t<edittime>${String(nowSeconds())}</edittime>`,
		`\t<source sourcetype="6" sourceid="${hex(32)}">`,
		`\t\t<fromusr>${by.wcId}</fromusr>`,
		`\t\t<tousr>${chatRoomId}</tousr>`,
		'\t</source>',
		`\t<announcement_id>${id}</announcement_id>`,
		'</group_notice_item>',
	]);
	return lines([
		'<sysmsg type="mmchatroombarannouncememt">',
		'    <mmchatroombarannouncememt>',
		`        <content>${cdata(name)}</content>`,
		`        <xmlcontent>${cdata(item)}</xmlcontent>`,
		`        <announcement_id>${cdata(id)}</announcement_id>`,
		'    </mmchatroombarannouncememt>',
		'</sysmsg>',
	]);
}

function todo({ by, newMsgId }: Notice): string {
	const id = String(newMsgId);
	return lines([
		'<sysmsg type="roomtoolstips">',
		'<todo>',
		'  <op>0</op>',
		`  <todoid>${cdata(`related_msgid_${id}`)}</todoid>`,
		`  <username>${cdata('roomannouncement@app.origin')}</username>`,
		`  <path>${cdata('')}</path>`,
		`  <time>${String(nowSeconds())}</time>`,
		`  <title>${cdata('群待办')}</title>`,
		`  <creator>${cdata(by.wcId)}</creator>`,
		`  <related_msgid>${cdata(id)}</related_msgid>`,
		`  <manager>${cdata(by.wcId)}</manager>`,
		'  <nreply>0</nreply>',
		`  <scene>${cdata('altertodo_set')}</scene>`,
		`  <oper>${cdata(by.wcId)}</oper>`,
		`  <template>${cdata(`\${${by.wcId}}将你的消息设置为群待办`)}</template>`,
		'</todo>',
		'</sysmsg>',
	]);
}

/** 85014: somebody asks a manager to let others in. */
export function applicationXml(chatRoomId: string, by: Named, members: Named[]): string {
	const words = `"${by.nickName}"想邀请${String(members.length)}位朋友加入群聊  `;
	return lines([
		'<sysmsg type="NewXmlChatRoomAccessVerifyApplication">',
		'\t<NewXmlChatRoomAccessVerifyApplication>',
		`\t\t<text>${cdata(words)}</text>`,
		'\t\t<link>',
		'\t\t\t<scene>roomaccessapplycheck_approve</scene>',
		`\t\t\t<text>${cdata('去确认')}</text>`,
		`\t\t\t<ticket>${cdata(`${hex(16)}==`)}</ticket>`,
		`\t\t\t<invitationreason>${cdata('')}</invitationreason>`,
		`\t\t\t<inviterusername>${cdata(by.wcId)}</inviterusername>`,
		'\t\t\t<memberlist>',
		`\t\t\t\t<memberlistsize>${String(members.length)}</memberlistsize>`,
		...members.flatMap(({ wcId, nickName }) => [
			'\t\t\t\t<member>',
			`\t\t\t\t\t<username>${cdata(wcId)}</username>`,
			`\t\t\t\t\t<nickname>${cdata(nickName)}</nickname>`,
			`\t\t\t\t\t<headimgurl>${cdata('')}</headimgurl>`,
			'\t\t\t\t</member>',
		]),
		'\t\t\t</memberlist>',
		'\t\t</link>',
		`\t\t<RoomName>${cdata(chatRoomId)}</RoomName>`,
		'\t</NewXmlChatRoomAccessVerifyApplication>',
		'</sysmsg>',
	]);
}

function confirmation({ enabled }: Notice): string {
	return enabled
		? '群主已启用“群聊邀请确认”，群成员需群主确认才能邀请朋友进群。'
		: '群主已恢复默认进群方式。';
}

function lines(all: string[]): string {
	return `${all.join('\n')}\n`;
}
