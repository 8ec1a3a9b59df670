/**
 * Brings a credential's base URL into one form.
 *
 * @param text what the user typed; stray spaces and trailing slashes are tolerated
 * @returns the URL without trailing slash, for example `http://api.example.com:9899`
 * @throws Error that says what is expected, when it is not a plain http or https address
 */
export function normalizeBaseUrl(text: unknown): string {
	const trimmed = typeof text === 'string' ? text.trim() : '';
	if (trimmed === '')
		throw new Error(
			'The Base URL is empty. Enter the address E云 gave you, e.g. http://api.example.com:9899',
		);
	if (!URL.canParse(trimmed)) {
		throw new Error(
			`The Base URL "${excerptOf(trimmed)}" is not a web address. It must look like http://api.example.com:9899`,
		);
	}
	const url = new URL(trimmed);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new Error(`The Base URL must start with http:// or https://, not ${url.protocol}//`);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new Error(
			'The Base URL must be the plain address without user name, password, "?" or "#". The token or account goes into its own field',
		);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function excerptOf(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/**
 * Whether an address leads nowhere from another device: loopback and unspecified addresses,
 * `localhost` and names without a dot. A phone in the same network may open the other local ones.
 *
 * @param address a full URL
 * @returns false for an unreadable address
 */
export function isOwnMachine(address: string): boolean {
	const host = hostOf(address);
	if (host === undefined) return false;
	if (host.includes(':')) return host === '::1' || host === '::';
	return /^(.*\.)?localhost\.?$|^127\.|^0\.0\.0\.0$/.test(host) || !host.includes('.');
}

/** The host of a URL in lower case, IPv6 without brackets and IPv4 in its plain form. */
function hostOf(address: string): string | undefined {
	if (!URL.canParse(address)) return undefined;
	const host = new URL(address).hostname.toLowerCase().replace(/^\[|\]$/g, '');
	const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
	if (!mapped) return host;
	const [high, low] = [parseInt(mapped[1], 16), parseInt(mapped[2], 16)];
	return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * Whether an address only makes sense on the own machine or network, where the vendor's servers
 * cannot reach it: loopback, private, link-local and unspecified addresses, `localhost`, `*.local`
 * and names without a dot.
 *
 * @param address a full URL
 * @returns true when it is local; false for a public address or an unreadable one
 */
export function isLocalAddress(address: string): boolean {
	const host = hostOf(address);
	if (host === undefined) return false;
	if (host.includes(':')) return host === '::1' || host === '::' || /^(fe[89ab]|f[cd])/.test(host);
	if (/^(localhost|.*\.(localhost|local|internal|lan|home))\.?$/.test(host)) return true;
	const ipv4 = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
	if (!ipv4) return !host.includes('.');
	const [first, second] = [Number(ipv4[1]), Number(ipv4[2])];
	return (
		[0, 10, 127].includes(first) ||
		(first === 172 && second >= 16 && second <= 31) ||
		(first === 192 && second === 168) ||
		(first === 169 && second === 254) ||
		(first === 100 && second >= 64 && second <= 127)
	);
}
