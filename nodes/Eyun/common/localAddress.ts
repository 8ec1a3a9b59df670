import { ipaddr } from '../libraries/addresses';

/** Ranges (as ipaddr.js calls them) that lead nowhere from another device. */
const OWN_MACHINE = ['loopback', 'unspecified'];

/** Ranges that lead nowhere from the internet. */
const LOCAL = [...OWN_MACHINE, 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'];

const OWN_NAME = /^(.*\.)?localhost\.?$/;
const LOCAL_NAME = /^(localhost|.*\.(localhost|local|internal|lan|home))\.?$/;

/**
 * Whether an address leads nowhere from another device: loopback and unspecified addresses,
 * `localhost` and names without a dot. A phone in the same network may open the other local ones.
 *
 * @param address a full URL
 * @returns false for an unreadable address
 */
export function isOwnMachine(address: string): boolean {
	return isIn(address, OWN_MACHINE, OWN_NAME);
}

/**
 * Whether an address only makes sense on the own machine or network, where Eyun's servers cannot
 * reach it: loopback, private, link-local and unspecified addresses, `localhost`, `*.local` and
 * names without a dot.
 *
 * @param address a full URL
 * @returns false for a public address or an unreadable one
 */
export function isLocalAddress(address: string): boolean {
	return isIn(address, LOCAL, LOCAL_NAME);
}

function isIn(address: string, ranges: readonly string[], names: RegExp): boolean {
	if (!URL.canParse(address)) return false;
	const host = new URL(address).hostname.toLowerCase().replace(/^\[|\]$/g, '');
	if (ipaddr.isValid(host)) return ranges.includes(ipaddr.process(host).range());
	return names.test(host) || !host.includes('.');
}
