import type { Token, Tokenizer, Tokens } from '../libraries/markdown';

/** Above this the parser would keep n8n busy for too long with text made to do so. */
const LONGEST = 20_000;

const BULLET = '• ';
const RULE = '———';

/** The marker of an ordered item as it was written. */
const NUMBER = /^\s*(\d{1,9}[.)])/;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	gt: '>',
	lt: '<',
	nbsp: ' ',
	quot: '"',
	'#39': "'",
};

/**
 * Turns Markdown, as language models write it, into text that reads well where no Markdown is shown.
 * Line breaks stay as they are. What is no Markdown comes back unchanged but for white space.
 *
 * @param markdown any text; very long ones come back as they are
 */
export async function plainText(markdown: string): Promise<string> {
	if (markdown.length > LONGEST) return markdown;
	// Only here is the parser read from the disk: most workflows send no Markdown.
	const { Lexer, Tokenizer: Standard } = await import('../libraries/markdown');
	try {
		const tokenizer = chatTokenizer(Standard);
		return blocks(Lexer.lex(markdown, { gfm: true, breaks: true, tokenizer })).trim();
	} catch {
		// Nested more deeply than anybody writes.
		return markdown;
	}
}

/** Bold up to the next two stars: beside Chinese punctuation the rules of Markdown do not take it for bold. */
const BOLD = /^\*\*(?=[^\s*])(?:[^*\n]|\*(?!\*))*(?<=[^\s*])\*\*(?!\*)/;

function chatTokenizer(Standard: typeof Tokenizer): Tokenizer {
	class ChatTokenizer extends Standard {
		override emStrong(src: string, maskedSrc: string, prevChar?: string) {
			// In the mask, code and links hold no stars.
			const [mask] = BOLD.exec(maskedSrc.slice(-src.length)) ?? [];
			if (mask === undefined) return super.emStrong(src, maskedSrc, prevChar);
			const raw = src.slice(0, mask.length);
			const text = raw.slice(2, -2);
			return { type: 'strong' as const, raw, text, tokens: this.lexer.inlineTokens(text) };
		}
	}
	return new ChatTokenizer();
}

/** Blocks, with the blank lines between them that were there, and one around headings and tables. */
function blocks(tokens: readonly Token[]): string {
	let text = '';
	for (const token of tokens) {
		if (token.type === 'space') {
			if (!text.endsWith('\n\n')) text += text.endsWith('\n') ? '\n' : '\n\n';
			continue;
		}
		const written = block(token);
		if (written === '') continue;
		if (text !== '' && !text.endsWith('\n')) text += '\n';
		text += written;
	}
	return text;
}

function block(token: Token): string {
	switch (token.type) {
		case 'blockquote':
			return blocks((token as Tokens.Blockquote).tokens).trim();
		case 'code':
			return (token as Tokens.Code).text;
		case 'def':
			return '';
		case 'heading':
			return inline((token as Tokens.Heading).tokens);
		case 'hr':
			return RULE;
		case 'html':
			return withBreaks(token.raw.replace(/\n+$/, ''));
		case 'list':
			return list(token as Tokens.List);
		case 'table':
			return table(token as Tokens.Table);
		default:
			return 'tokens' in token && token.tokens ? inline(token.tokens) : unescaped(token.raw);
	}
}

function list({ items, ordered, loose }: Tokens.List): string {
	return items.map((item) => listItem(item, ordered)).join(loose ? '\n\n' : '\n');
}

function listItem({ raw, task, checked, tokens }: Tokens.ListItem, ordered: boolean): string {
	const box = task ? (checked ? '☑ ' : '☐ ') : undefined;
	const mark = ordered ? `${NUMBER.exec(raw)?.[1] ?? '1.'} ` : BULLET;
	const text = blocks(tokens.filter(({ type }) => type !== 'checkbox')).trim();
	return `${box ?? mark}${text.replace(/\n(?!\n)/g, '\n  ')}`;
}

function table({ header, rows }: Tokens.Table): string {
	return [header, ...rows]
		.map((cells) => cells.map((cell) => inline(cell.tokens).trim()).join(' | '))
		.join('\n');
}

function inline(tokens: readonly Token[]): string {
	let text = '';
	tokens.forEach((token, place) => {
		text += isArithmetic(token, text, tokens[place + 1]) ? token.raw : span(token);
	});
	return text;
}

/** In "2*3*4" the stars are no marks, whatever the rules of Markdown say. */
function isArithmetic({ type, raw }: Token, before: string, next: Token | undefined): boolean {
	return type === 'em' && /\d$/.test(before) && /^\*\d/.test(raw) && /^\d/.test(next?.raw ?? '');
}

function span(token: Token): string {
	switch (token.type) {
		case 'br':
			return '\n';
		case 'codespan':
			return (token as Tokens.Codespan).text;
		case 'escape':
			return (token as Tokens.Escape).text;
		case 'html':
			return withBreaks(token.raw);
		case 'image': {
			const { text, href } = token as Tokens.Image;
			return linked(text, href);
		}
		case 'link': {
			const { tokens, href } = token as Tokens.Link;
			return linked(inline(tokens), href);
		}
		default:
			return 'tokens' in token && token.tokens ? inline(token.tokens) : unescaped(token.raw);
	}
}

/** An address that says itself stands there once. */
function linked(text: string, href: string): string {
	const bare = href.replace(/^(?:mailto:|https?:\/\/)/, '');
	if (text.trim() === '') return href;
	if (text === href || text === bare || `${text}/` === bare) return text;
	return href === '' ? text : `${text} (${href})`;
}

function withBreaks(html: string): string {
	return html.replace(/<br\s*\/?>\n?/gi, '\n');
}

function unescaped(raw: string): string {
	return raw.replace(/&(amp|apos|gt|lt|nbsp|quot|#39);/g, (_, name: string) => ENTITIES[name]);
}
