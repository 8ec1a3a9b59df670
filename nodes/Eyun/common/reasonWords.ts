import { isRecord } from './records';

/** Nothing that explains why an account went offline is longer. */
const LONGEST = 20_000;
/** JSON with XML in it with words in it; more layers than that have not been seen. */
const MOST_LAYERS = 8;

/** Where WeChat and the vendor put the words, the likeliest first. */
const MEMBERS = [
	'reason',
	'Content',
	'content',
	'message',
	'msg',
	'errMsg',
	'wording',
	'text',
	'data',
];
const ELEMENTS = ['content', 'wording', 'message', 'msg', 'reason', 'text', 'title'];

const TAG = /<[^<>]{0,2000}>/g;
const CDATA = /<!\[CDATA\[|\]\]>/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The words of a reason, which WeChat wraps in XML and the vendor in JSON:
 * `{"reason":"<e><Content><![CDATA[your account …]]></Content></e>"}`.
 *
 * @param reason whatever stands where a reason is expected
 * @returns undefined when it has no words
 */
export function reasonWords(reason: unknown): string | undefined {
	let value = reason;
	for (let layer = 0; layer < MOST_LAYERS; layer++) {
		const inside = unwrapped(value);
		if (inside === undefined) break;
		value = inside;
	}
	if (typeof value !== 'string') return undefined;
	const words = value.slice(0, LONGEST).replace(CDATA, '').replace(TAG, ' ');
	return words.replace(/[^\S\n]+/g, ' ').trim() || undefined;
}

/** What is inside a layer; undefined for words, and for what holds none. */
function unwrapped(value: unknown): unknown {
	if (Array.isArray(value)) return value[0] as unknown;
	if (isRecord(value)) return MEMBERS.map((name) => value[name]).find(isFilled);
	if (typeof value !== 'string') return undefined;
	const text = value.slice(0, LONGEST).trim();
	if (/^[[{"]/.test(text)) return parsed(text) ?? inXml(text);
	return /^&lt;/.test(text) ? unescaped(text) : inXml(text);
}

function isFilled(value: unknown): boolean {
	return typeof value === 'string'
		? value.trim() !== ''
		: typeof value === 'object' && value !== null;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** The text of the element that holds the words, found without a parser, which broken XML would stop. */
function inXml(text: string): string | undefined {
	if (!text.includes('<')) return undefined;
	for (const name of ELEMENTS) {
		const words = textOf(contentOf(text, name));
		if (words !== '') return words;
	}
	return text.startsWith('<') ? longestText(text) : undefined;
}

function contentOf(text: string, name: string): string {
	const lower = text.toLowerCase();
	const tag = lower.search(new RegExp(`<${name}[\\s>]`));
	const start = tag === -1 ? -1 : lower.indexOf('>', tag) + 1;
	const end = start <= 0 ? -1 : lower.indexOf(`</${name}>`, start);
	return end === -1 ? '' : text.slice(start, end);
}

/** Where no element is known: the words are longer than the numbers around them. */
function longestText(xml: string): string | undefined {
	const texts = xml
		.replace(CDATA, '')
		.split(TAG)
		.map((part) => part.trim());
	return texts.sort((a, b) => b.length - a.length)[0] || undefined;
}

/** In CDATA everything is meant as it stands. */
function textOf(inner: string): string {
	return inner.includes('<![CDATA[') ? inner.replace(CDATA, '').trim() : unescaped(inner).trim();
}

function unescaped(text: string): string {
	return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]);
}
