import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, children, textIn } from '../xml/fields';
import type { Message } from '../xml/message';
import { WHO, WORDINGS } from './noticeWordings';
import { membersIn, type Person } from './person';

/**
 * Notices in a group: who joined, left, renamed it. They come as plain words, or as a template with
 * the people beside it. The words depend on the language of the account's phone.
 */

/** How much of a notice is searched: the names of all members of a group may follow. */
const SEARCHED = 4000;

/** What is known about a notice. */
interface Notice {
	/** The template, or the plain words. */
	words: string;
	/** The people in the template's placeholders. */
	links: ReadonlyMap<string, Person[]>;
	/** Ids of the members, where the words have their names only. */
	memberIds: readonly string[];
	self: string | null;
}

/** Finds people by the names of the groups in a wording. */
type Find = (...names: string[]) => Person[];

const READERS: Record<string, (find: Find, groups: Record<string, string>) => IDataObject> = {
	memberJoined: (find, { qr }) => ({
		by: qr === undefined ? 'invitation' : 'qrCode',
		inviter: find('inviter', 'you')[0] ?? null,
		members: find('too', 'members'),
	}),
	youWereRemoved: removal,
	memberRemoved: removal,
	left: removal,
	renamed: (find, { name }) => ({ newName: name ?? null, by: find('by')[0] ?? null }),
	ownerChanged: (find) => ({
		newOwner: find('owner', 'members')[0] ?? null,
		by: find('by')[0] ?? null,
	}),
	dismissed: (find) => ({ by: find('by', 'members')[0] ?? null }),
	inviteConfirmationChanged: (_, { on }) => ({ enabled: on !== undefined }),
	adminAdded: (find) => ({ members: find('members'), by: find('by')[0] ?? null }),
	adminRemoved: (find) => ({ members: find('members'), by: find('by')[0] ?? null }),
};

function removal(find: Find): IDataObject {
	return { members: find('members'), by: find('by')[0] ?? null };
}

/** Reads a template with its people, or a notice of an older kind in words and ids. */
export function noticeInXml({ root, event, self }: Message): IDataObject | undefined {
	const template = child(root, 'sysmsgtemplate', 'content_template');
	const older = child(root, 'delchatroommember');
	const words =
		textIn(template, 'template') ??
		textIn(template, 'plain') ??
		textIn(older, 'text') ??
		textIn(older, 'plain');
	if (words === null) return undefined;
	const links = linksIn(child(template, 'link_list'));
	const memberIds = children(child(older, 'link', 'memberlist'), 'username').map(
		({ text }) => text,
	);
	return read({ words, links, memberIds, self }, event);
}

/** Reads a notice in plain words, which is believed only where the vendor says it is one. */
export function noticeInWords({ words, event, self }: Message): IDataObject | undefined {
	if (words === undefined || !Object.hasOwn(READERS, event)) return undefined;
	return read({ words, links: new Map(), memberIds: [], self }, event);
}

function linksIn(list: XmlElement | undefined): Map<string, Person[]> {
	const links = children(list, 'link').map((link): [string, Person[]] => [
		link.attributes.name ?? '',
		membersIn(child(link, 'memberlist')),
	]);
	return new Map(links);
}

function read(notice: Notice, event: string): IDataObject | undefined {
	const found = worded(notice, event) ?? linked(notice, event);
	if (found === undefined) return undefined;
	const { kind, find, groups } = found;
	return { type: kind, ...READERS[kind](find, groups), text: rendered(notice) };
}

interface Found {
	kind: string;
	find: Find;
	groups: Record<string, string>;
}

/** The event's own wordings come first: a group's name may read like another notice. */
function worded(notice: Notice, event: string): Found | undefined {
	const words = notice.words.slice(0, SEARCHED);
	const expected = WORDINGS.filter(({ kind }) => kind === event);
	for (const { kind, pattern } of [...expected, ...WORDINGS]) {
		const match = pattern.exec(words);
		if (!match) continue;
		const groups = match.groups ?? {};
		const all = kind.startsWith('admin') ? adminsIn(words) : groups;
		return { kind, groups, find: (...names) => names.flatMap((name) => people(name, all, notice)) };
	}
	return undefined;
}

/** Every name is an administrator, but "A将B…" says who made B one. */
function adminsIn(words: string): Record<string, string[]> {
	const named = (part: string) => part.match(new RegExp(WHO, 'gs')) ?? [];
	const at = words.search(/[将把]/);
	return at === -1
		? { members: named(words) }
		: { by: named(words.slice(0, at)), members: named(words.slice(at)) };
}

function people(name: string, groups: Record<string, string | string[]>, notice: Notice): Person[] {
	const captured = groups[name];
	if (captured === undefined) return [];
	const persons = everyone([captured].flat(), notice);
	const { memberIds } = notice;
	if (name !== 'members' || memberIds.length !== persons.length) return persons;
	return persons.map(({ wcId, nickName }, index) => ({ wcId: wcId ?? memberIds[index], nickName }));
}

/** Nobody twice, however often a template names the same long list. */
function everyone(captured: readonly string[], notice: Notice): Person[] {
	const persons = new Set<Person>();
	for (const names of new Set(captured)) {
		for (const person of personsIn(names, notice)) persons.add(person);
	}
	return [...persons];
}

function personsIn(names: string, { links, self }: Notice): Person[] {
	if (/^(?:你|you)$/i.test(names)) return [{ wcId: self, nickName: null }];
	const bare = names.replace(/^["“]|["”]$/g, '').trim();
	const placeholder = /^\$(\w+)\$$/.exec(bare)?.[1] ?? '';
	const linkedPeople = links.get(placeholder);
	if (linkedPeople !== undefined) return linkedPeople;
	const list = bare.split(/、|, /).map((nickName) => nickName.trim());
	return list.filter((nickName) => nickName !== '').map((nickName) => ({ wcId: null, nickName }));
}

const INVITERS = ['username', 'from', 'inviter'];

/** An event whose template is in words that are not known: its placeholders have names that are. */
function linked(notice: Notice, event: string): Found | undefined {
	const { links } = notice;
	const persons = [...links.values()].flat();
	if (persons.length === 0 || !Object.hasOwn(READERS, event)) return undefined;
	if (event === 'renamed' || event === 'inviteConfirmationChanged') return undefined;
	const joined = event === 'memberJoined';
	const inviter = joined ? INVITERS.flatMap((name) => links.get(name) ?? []) : [];
	const members = persons.filter((person) => !inviter.includes(person));
	const roles: Record<string, Person[]> = { inviter, members };
	return {
		kind: event,
		groups: links.has('adder') ? { qr: '' } : {},
		find: (...names) => names.flatMap((name) => roles[name] ?? []),
	};
}

/** The words as WeChat shows them; a placeholder counts once, or the text could grow huge. */
function rendered({ words, links }: Notice): string {
	if (links.size === 0) return words;
	const left = new Map(links);
	const named = words.replace(/\$(\w{1,40})\$/g, (_, name: string) => {
		const persons = left.get(name) ?? [];
		left.delete(name);
		return persons.map(({ nickName, wcId }) => nickName ?? wcId).join('、');
	});
	return named.trim();
}
