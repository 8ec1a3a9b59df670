import { NotSent } from './notSent';

/**
 * Brings a credential's base URL into one form.
 *
 * @param text what the user typed; stray spaces and trailing slashes are tolerated
 * @returns the URL without trailing slash, for example `http://api.example.com:9899`
 * @throws NotSent that says what is expected, when it is not a plain http or https address
 */
export function normalizeBaseUrl(text: unknown): string {
	const trimmed = typeof text === 'string' ? text.trim() : '';
	if (trimmed === '')
		throw new NotSent(
			'The Base URL is empty. Enter the address from Eyun, e.g. http://api.example.com:9899',
		);
	// "api.example.com:9899" can be parsed, too: as a scheme of that name.
	if (!URL.canParse(trimmed) || !/^https?:|:\/\//i.test(trimmed)) {
		throw new NotSent(
			`The Base URL "${excerptOf(trimmed)}" is not a web address. It must look like http://api.example.com:9899`,
		);
	}
	const url = new URL(trimmed);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new NotSent(`The Base URL must start with http:// or https://, not ${url.protocol}//`);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new NotSent(
			'The Base URL must be the plain address without user name, password, "?" or "#". The token or account goes into its own field',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function excerptOf(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
