import { parseXml, type XmlElement } from '../../../libraries/xml';

/** WeChat's longest messages, chat records of 100 messages, have some 100 KB. */
const MAX_LENGTH = 1_048_576;
/** The parser calls itself for each level; WeChat uses about ten. */
const MAX_DEPTH = 64;
/** Each element is an object in memory. */
const MAX_ELEMENTS = 50_000;

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/** What XML allows neither as itself nor as a reference; with `u`, half surrogate pairs too. */
const FORBIDDEN = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/g;
const REFERENCE = /&#(?:x[\da-fA-F]{1,6}|\d{1,7});/g;
/** Serialisers of Java and C# write an emoji as its two halves. */
const HALVES =
	/&#(?:x[dD][89abAB][\da-fA-F]{2}|5[5-6]\d{3});&#(?:x[dD][c-fC-F][\da-fA-F]{2}|5[6-7]\d{3});/g;
/** WeChat has messages with a declaration after the root's start tag. */
const DECLARATION = /<\?xml[^<>]{0,200}\?>/g;
const FIRST_TAG = /<[A-Za-z_]/;
const DOCUMENT_TYPE = /<!(?!--)/;

/**
 * Parses the XML of a message. Hostile XML is harmless: length, depth and number of elements are
 * checked before the parser sees it, and document types, the only place of entities, are refused.
 *
 * @param text the content of a message, perhaps after a line with the sender's id
 * @returns its root element; undefined for what is no XML, also after one attempt to repair it
 */
export function parseContent(text: string): XmlElement | undefined {
	if (text.length > MAX_LENGTH || !text.includes('<')) return undefined;
	// The parser's own way to do this takes quadratic time.
	const xml = text.trim().replace(/\r\n?/g, '\n');
	return parse(xml) ?? parse(repaired(xml));
}

function parse(xml: string): XmlElement | undefined {
	// Repairing may make it longer.
	if (xml.length > MAX_LENGTH || endOfRoot(xml) === undefined) return undefined;
	try {
		return parseXml(xml).root ?? undefined;
	} catch {
		return undefined;
	}
}

/** Takes off what stands around the root, and makes well-formed what WeChat gets wrong. */
function repaired(xml: string): string {
	const clean = outsideCdata(xml.replace(FORBIDDEN, ''), (part) =>
		part
			.replace(DECLARATION, '')
			.replace(HALVES, joined)
			.replace(REFERENCE, allowed)
			.replace(BARE_AMPERSAND, '&amp;'),
	);
	const start = clean.search(FIRST_TAG);
	if (start === -1 || DOCUMENT_TYPE.test(clean.slice(0, start))) return '';
	const root = clean.slice(start);
	return root.slice(0, endOfRoot(root));
}

/** A reference, unless it is to what XML allows no reference to: the parser refuses it. */
function allowed(reference: string): string {
	const code = codeIn(reference);
	const isCharacter = code <= 0x10ffff && String.fromCodePoint(code).search(FORBIDDEN) === -1;
	return isCharacter ? reference : '';
}

function joined(halves: string): string {
	const text = halves.replace(REFERENCE, (half) => String.fromCharCode(codeIn(half)));
	return text.search(FORBIDDEN) === -1 ? text : halves;
}

function codeIn(reference: string): number {
	const digits = reference.slice(2, -1);
	return digits.startsWith('x') ? parseInt(digits.slice(1), 16) : Number(digits);
}

function outsideCdata(xml: string, change: (part: string) => string): string {
	let done = '';
	let at = 0;
	for (;;) {
		const open = xml.indexOf(CDATA, at);
		const close = open === -1 ? -1 : xml.indexOf(CDATA_END, open);
		if (close === -1) return done + change(xml.slice(at));
		const end = close + CDATA_END.length;
		done += change(xml.slice(at, open)) + xml.slice(open, end);
		at = end;
	}
}

/**
 * Where the root element ends, found without recursion.
 *
 * @returns undefined when it does not end, is too deep or too large, or has a document type
 */
function endOfRoot(xml: string): number | undefined {
	let depth = 0;
	let elements = 0;
	let at = xml.indexOf('<');
	while (at !== -1) {
		const end = endOfMarkup(xml, at);
		if (end === undefined) return undefined;
		const kind = xml[at + 1];
		if (kind === '/') depth--;
		else if (kind !== '!' && kind !== '?') {
			if (++elements > MAX_ELEMENTS || depth >= MAX_DEPTH) return undefined;
			if (xml[end - 2] !== '/') depth++;
		}
		if (depth <= 0 && elements > 0) return end;
		at = xml.indexOf('<', end);
	}
	return undefined;
}

function endOfMarkup(xml: string, start: number): number | undefined {
	if (xml.startsWith('<!--', start)) return after(xml, '-->', start + 4);
	if (xml.startsWith(CDATA, start)) return after(xml, CDATA_END, start);
	if (xml.startsWith('<?', start)) return after(xml, '?>', start);
	return xml.startsWith('<!', start) ? undefined : endOfTag(xml, start);
}

function after(xml: string, what: string, from: number): number | undefined {
	const index = xml.indexOf(what, from);
	return index === -1 ? undefined : index + what.length;
}

/** A `>` inside the quotes of an attribute does not end the tag. */
function endOfTag(xml: string, start: number): number | undefined {
	let quote = '';
	for (let at = start; at < xml.length; at++) {
		const char = xml[at];
		if (quote !== '') {
			if (char === quote) quote = '';
		} else if (char === '>') return at + 1;
		else if (char === '"' || char === "'") quote = char;
	}
	return undefined;
}
