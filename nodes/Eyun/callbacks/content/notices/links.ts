import type { XmlElement } from '../../../libraries/xml';
import { child, children, textIn } from '../xml/fields';
import { membersIn, personByName, type Person } from './person';

/** A placeholder of a template, `$names$`: who or what stands there. */
export interface Link {
	/** Nobody where the place holds a word, such as the button that takes an invitation back. */
	persons: Person[];
	/** As WeChat shows it. */
	text: string;
}

export type Links = ReadonlyMap<string, Link>;

/** A button beside the notice, which is no part of it. */
const BUTTON = 'link_revoke';

/** Between names. */
const SEPARATOR = '、';

/** Once this much is written, a placeholder that comes again stays empty, or a text could grow huge. */
const LONGEST_REPETITION = 4_000;

/** The links of a template, by their names. */
export function linksIn(list: XmlElement | undefined): Links {
	return new Map(
		children(list, 'link').map((link): [string, Link] => [
			link.attributes.name ?? '',
			linkOf(link),
		]),
	);
}

function linkOf(link: XmlElement): Link {
	if (link.attributes.type === BUTTON) return { persons: [], text: '' };
	const list = child(link, 'memberlist');
	const members = membersIn(list).filter(({ wcId, nickName }) => (wcId ?? nickName) !== null);
	if (members.length > 0) {
		const separator = child(list, 'separator')?.text || SEPARATOR;
		return { persons: members, text: members.map(nameOf).join(separator) };
	}
	const plain = textIn(link, 'plain');
	const text = plain ?? textIn(link, 'text') ?? textIn(link, 'title') ?? '';
	return { persons: plain === null ? [] : [personByName(plain)], text };
}

function nameOf({ nickName, wcId }: Person): string {
	return nickName ?? wcId ?? '';
}

/** The name of the placeholder that is all of a text. */
export function placeholderIn(text: string): string | undefined {
	return /^\s*\$(\w{1,40})\$\s*$/.exec(text)?.[1];
}

/** A text with its placeholders filled in, as WeChat shows it. */
export function rendered(text: string, links: Links): string {
	if (links.size === 0) return text;
	const seen = new Set<string>();
	let written = 0;
	return text.replace(/\$(\w{1,40})\$/g, (_, name: string) => {
		const filling = links.get(name)?.text ?? '';
		if (seen.has(name) && written + filling.length > LONGEST_REPETITION) return '';
		seen.add(name);
		written += filling.length;
		return filling;
	});
}
