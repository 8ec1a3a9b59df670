import { personByName, type Person } from './person';
import { QUOTED } from './noticeWordings';

/**
 * Who a notice means by its words. WeChat joins names with "、" or ", ", and people have both in
 * their names: what stands in one pair of quotes is split only where the ids of the message say into
 * how many.
 */

/** Quotes that end a name and begin the next. */
const BETWEEN_QUOTES = /["”」]\s*(?:、|，|,|和|及|与|與| and )\s*["“「]/;
const AROUND = /^["“”「]|["“”」]$/g;
const ME = /^(?:你|您|your?)$/i;
const ME_AND = /^(?:你|您|you)(?:和|、| and |, )(?=["“”「])/i;
const IS_QUOTED = new RegExp(`^${QUOTED}$`, 's');

/** The ways in which WeChat joins names in one pair of quotes. */
const SEPARATORS = [/、/, /, /, /、|, /];

/** A name as it stands in a notice. */
function bare(name: string): string {
	return name.replace(AROUND, '').trim();
}

function filled(names: readonly string[]): string[] {
	return names.map(bare).filter((name) => name !== '');
}

/** Who is meant by "you", and what else a part of a notice says: "you and …" names others, too. */
export function withoutReader(words: string, self: string | null): { me: Person[]; rest: string } {
	const text = words.trim();
	const me = [{ wcId: self, nickName: null }];
	if (ME.test(text)) return { me, rest: '' };
	const [mine] = ME_AND.exec(text) ?? [];
	return mine === undefined ? { me: [], rest: text } : { me, rest: text.slice(mine.length) };
}

/**
 * The people that a part of a notice names, such as `"A"、"B"` or `A, B`.
 *
 * @param isOne whether a comma without quotes around is part of a name
 */
export function personsIn(words: string, isOne = false): Person[] {
	const separator = IS_QUOTED.test(words) ? BETWEEN_QUOTES : SEPARATORS[2];
	return filled(isOne ? [words] : words.split(separator)).map(personByName);
}

/**
 * The people of whom the message has the ids, in the same order.
 *
 * @param words the part of the notice that names them
 * @param ids all of them; the names count only where they are as many
 */
export function personsWithIds(words: string, ids: readonly string[]): Person[] {
	const whole = [bare(words)];
	const ways = [
		whole,
		words.split(BETWEEN_QUOTES),
		...SEPARATORS.map((separator) => bare(words).split(separator)),
	];
	const names = ways.map(filled).find(({ length }) => length === ids.length);
	return ids.map((wcId, index) => ({ wcId, nickName: names?.[index] ?? null }));
}
