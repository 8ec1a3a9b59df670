import type { IDataObject } from 'n8n-workflow';

import type { XmlElement } from '../../../libraries/xml';
import { child, children, field, textIn } from '../xml/fields';
import type { Message } from '../xml/message';
import { linksIn, placeholderIn, rendered, type Link, type Links } from './links';
import { personsIn, personsWithIds, withoutReader } from './names';
import { WHO, WORDINGS } from './noticeWordings';
import type { Person } from './person';

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
	/** What stands in the template's placeholders. */
	links: Links;
	/** Ids of the members, where the words have their names only. */
	memberIds: readonly string[];
	/** Whether names without quotes around are those of one person. */
	isOne?: boolean;
	self: string | null;
}

/** Finds people by the names of the groups in a wording. */
type Find = (...names: string[]) => Person[];

/** The groups of a wording that hold words. */
type Groups = Record<string, string | undefined>;

const READERS: Record<string, (find: Find, groups: Groups) => IDataObject> = {
	memberJoined: (find, { qr }) => ({
		by: qr === undefined ? 'invitation' : 'qrCode',
		inviter: find('inviter')[0] ?? null,
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
	return read({ words, links, memberIds: idsIn(older), self }, event);
}

/** WeChat lists the ids alone, or as it does in templates. */
function idsIn(older: XmlElement | undefined): string[] {
	const list = child(older, 'link', 'memberlist');
	const members = [...children(list, 'username'), ...children(list, 'member')];
	const ids = members.map((member) => textIn(member, 'username') ?? member.text.trim());
	return ids.filter((id) => id !== '');
}

/** WeChat's number for a notice; nobody can send one. */
const NOTICE = '10000';

/** Reads a notice in plain words, which is believed only where the push says that it is one. */
export function noticeInWords({ words, event, self, data }: Message): IDataObject | undefined {
	if (words === undefined) return undefined;
	const isNotice = Object.hasOwn(READERS, event) || field(data, 'msgType') === NOTICE;
	return isNotice ? read({ words, links: new Map(), memberIds: [], self }, event) : undefined;
}

function read(notice: Notice, event: string): IDataObject | undefined {
	const found = worded(notice, event) ?? linked(notice, event);
	if (found === undefined) return undefined;
	const { kind, find, groups } = found;
	return { type: kind, ...READERS[kind](find, groups), text: shown(notice) };
}

/** The words as WeChat shows them. */
function shown({ words, links }: Notice): string {
	return links.size === 0 ? words : rendered(words, links).trim();
}

interface Found {
	kind: string;
	find: Find;
	groups: Groups;
}

/** The event's own wordings come first: a group's name may read like another notice. */
function worded(notice: Notice, event: string): Found | undefined {
	const words = notice.words.slice(0, SEARCHED);
	const expected = WORDINGS.filter(({ kind }) => kind === event);
	for (const { kind, pattern } of [...expected, ...WORDINGS]) {
		const match = pattern.exec(words);
		if (!match) continue;
		const groups: Groups = { ...match.groups, name: newName(match.groups?.name, notice) };
		const isListed = kind.startsWith('admin') && match.groups === undefined;
		const parts = isListed ? adminsIn(words) : (match.groups ?? {});
		return {
			kind,
			groups,
			find: (...names) =>
				names.flatMap((name) =>
					people(name, parts, { ...notice, isOne: isOne(name, kind, groups) }),
				),
		};
	}
	return undefined;
}

/** Who invites, leaves or scans a code is one person; who is invited may be many. */
function isOne(role: string, kind: string, { qr }: Groups): boolean {
	return role !== 'members' || kind === 'left' || qr !== undefined;
}

/** What a group is called now; a template has it in a link. */
function newName(captured: string | undefined, { links }: Notice): string | undefined {
	const placeholder = placeholderIn(captured ?? '');
	if (links.size === 0 || placeholder === undefined) return captured;
	return links.get(placeholder)?.text || undefined;
}

/** Every name is an administrator, but "A将B…" says who made B one, and so does "B被A…". */
function adminsIn(words: string): Record<string, string[]> {
	const named = (part: string) => part.match(new RegExp(WHO, 'gs')) ?? [];
	const at = words.search(/[将將把被]/);
	const [before, behind] = [named(words.slice(0, Math.max(at, 0))), named(words.slice(at))];
	if (at === -1) return { members: named(words) };
	return words[at] === '被' ? { members: before, by: behind } : { by: before, members: behind };
}

function people(
	name: string,
	parts: Record<string, string | string[] | undefined>,
	notice: Notice,
): Person[] {
	const captured = parts[name];
	if (captured === undefined) return [];
	if (name !== 'members' || notice.memberIds.length === 0) {
		return everyone([captured].flat(), { ...notice, memberIds: [] });
	}
	return namedBy([captured].flat().join('、'), notice);
}

/** Nobody twice, however often a template names the same long list. */
function everyone(captured: readonly string[], notice: Notice): Person[] {
	const persons = new Set<Person>();
	for (const names of new Set(captured)) {
		for (const person of namedBy(names, notice)) persons.add(person);
	}
	return [...persons];
}

function namedBy(words: string, { links, memberIds, self, isOne: one }: Notice): Person[] {
	const { me, rest } = withoutReader(words, self);
	if (rest === '') return me;
	if (memberIds.length > 0) return [...me, ...personsWithIds(rest, memberIds)];
	const placeholders = links.size === 0 ? [] : [...rest.matchAll(/\$(\w{1,40})\$/g)];
	if (placeholders.length === 0) return [...me, ...personsIn(rest, one)];
	const names = new Set(placeholders.map(([, placeholder]) => placeholder));
	return [...me, ...[...names].flatMap((placeholder) => links.get(placeholder)?.persons ?? [])];
}

const INVITERS = ['username', 'from', 'inviter'];

/** What a group is called now, in the templates of WeChat. */
const NEW_NAME = 'remark';

/** An event whose template is in words that are not known: its placeholders have names that are. */
function linked(notice: Notice, event: string): Found | undefined {
	if (!Object.hasOwn(READERS, event) || event === 'inviteConfirmationChanged') return undefined;
	const links = new Map<string, Link>(notice.links);
	const name = links.get(NEW_NAME)?.text;
	links.delete(NEW_NAME);
	if (event === 'renamed' && name === undefined) return undefined;
	const personsOf = (link: string) => links.get(link)?.persons ?? [];
	const persons = [...links.keys()].flatMap(personsOf);
	if (persons.length === 0 && event !== 'renamed') return undefined;
	const inviter = event === 'memberJoined' ? INVITERS.flatMap(personsOf) : [];
	const members = persons.filter((person) => !inviter.includes(person));
	const roles: Record<string, Person[]> = {
		inviter,
		members,
		by: event === 'renamed' ? persons : [],
	};
	return {
		kind: event,
		groups: { name, qr: links.has('adder') ? '' : undefined },
		find: (...names) => names.flatMap((role) => roles[role] ?? []),
	};
}
