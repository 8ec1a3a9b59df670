import { createHash } from 'node:crypto';

import type { Question } from './question';

const STYLE = [
	'body{margin:0;padding:24px 16px;background:#f2f3f5;color:#1f2329;font:17px/1.5 system-ui,sans-serif}',
	'main{max-width:560px;margin:0 auto;padding:24px;background:#fff;border-radius:12px}',
	'h1{margin:0 0 12px;font-size:20px}',
	'p{margin:0 0 20px;white-space:pre-wrap;overflow-wrap:anywhere}',
	'textarea,button{box-sizing:border-box;width:100%;font:inherit;border-radius:8px}',
	'textarea{min-height:120px;padding:12px;border:1px solid #c9cdd4}',
	'button{margin-top:12px;padding:14px;border:1px solid #07c160;background:#07c160;color:#fff}',
	'button.no{border-color:#c9cdd4;background:#fff;color:#1f2329}',
	'.hint{color:#c8372d}',
].join('');

/**
 * Nothing is loaded, run or framed; forms go back to this address only. Stands in the page too:
 * where n8n answers with it, n8n puts a policy of its own in place of the header.
 */
const POLICY = [
	"default-src 'none'",
	`style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
	"form-action 'self'",
	"base-uri 'none'",
].join('; ');

/** The headers of every page. The address holds the signature, so it goes to nobody else. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `${POLICY}; frame-ancestors 'none'`,
	'Referrer-Policy': 'no-referrer',
	'Cache-Control': 'no-store',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex, nofollow',
};

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

function page(title: string, content: string): string {
	return [
		'<!DOCTYPE html><html><head><meta charset="utf-8">',
		`<meta http-equiv="Content-Security-Policy" content="${escape(POLICY)}">`,
		'<meta name="viewport" content="width=device-width, initial-scale=1">',
		`<title>${escape(title)}</title><style>${STYLE}</style></head>`,
		`<body><main dir="auto">${content}</main></body></html>`,
	].join('\n');
}

/** The names of the form's fields, and the values of its buttons. */
export const ANSWER_FIELD = 'answer';
export const YES = 'yes';
export const NO = 'no';

function controls({ choices, submitLabel }: Question): string {
	if (choices === undefined) {
		return [
			`<textarea name="${ANSWER_FIELD}" required autofocus></textarea>`,
			`<button type="submit">${escape(submitLabel)}</button>`,
		].join('\n');
	}
	return choices
		.map(({ approved, label }) => {
			const value = approved ? YES : NO;
			return `<button class="${value}" name="${ANSWER_FIELD}" value="${value}">${escape(label)}</button>`;
		})
		.join('\n');
}

/**
 * The page that asks. Opening it does nothing, so a link preview may; its form posts the answer to
 * the page's own address.
 *
 * @param question what to show; its texts are escaped
 * @param hint what was wrong with the answer before
 */
export function questionPage(question: Question, hint = ''): string {
	return page(
		question.title,
		[
			`<h1>${escape(question.title)}</h1>`,
			`<p>${escape(question.message)}</p>`,
			...(hint === '' ? [] : [`<p class="hint">${escape(hint)}</p>`]),
			`<form method="post" accept-charset="utf-8">${controls(question)}</form>`,
		].join('\n'),
	);
}

/** A page that only tells something. */
export function notePage(text: string): string {
	return page(text, `<p>${escape(text)}</p>`);
}
