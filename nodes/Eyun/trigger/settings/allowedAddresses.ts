import { memoize } from '../../common/memoize';
import { ipaddr } from '../../libraries/addresses';

type Address = ReturnType<typeof ipaddr.process>;
type Range = [network: Address, bits: number];

const SINGLE_IPV4 = 32;
const SINGLE_IPV6 = 128;
/** How many bits an IPv4 address written as IPv6 has in front of it. */
const MAPPED_BITS = 96;

/**
 * Reads a list of addresses and ranges.
 *
 * @param text IPv4, IPv6 or CIDR ranges, separated by commas, spaces or new lines
 * @returns the ranges, and the entries that are none
 */
export function readRanges(text: string): { ranges: Range[]; wrong: string[] } {
	const entries = text.split(/[\s,;，；]+/).filter((entry) => entry !== '');
	const read = entries.map((entry) => ({ entry, range: rangeOf(entry) }));
	return {
		ranges: read.flatMap(({ range }) => (range === undefined ? [] : [range])),
		wrong: read.filter(({ range }) => range === undefined).map(({ entry }) => entry),
	};
}

/**
 * Whether a callback may come from an address.
 *
 * @param allowed what the user typed; '' lets everybody in
 * @param sender as Express gives it, which minds n8n's N8N_PROXY_HOPS; undefined when unknown
 */
export function mayCall(allowed: string, sender: string | undefined): boolean {
	if (allowed === '') return true;
	if (sender === undefined || !ipaddr.isValid(sender)) return false;
	// IPv4 in the clothes of IPv6, as a socket for both gives it, becomes IPv4 again.
	const address = ipaddr.process(sender);
	return rangesOf(allowed).some(
		([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
	);
}

const rangesOf = memoize((allowed) => readRanges(allowed).ranges);

function rangeOf(entry: string): Range | undefined {
	// Without this, "1.2" would be read as 1.0.0.2, which nobody means.
	if (!entry.includes(':') && !/^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(entry)) return undefined;
	if (ipaddr.isValidCIDR(entry)) {
		const [network, bits] = ipaddr.parseCIDR(entry);
		const plain = ipaddr.process(network.toString());
		const isMapped = plain.kind() !== network.kind();
		if (isMapped && bits < MAPPED_BITS) return [network, bits];
		return [plain, isMapped ? bits - MAPPED_BITS : bits];
	}
	if (!ipaddr.isValid(entry)) return undefined;
	const address = ipaddr.process(entry);
	return [address, address.kind() === 'ipv4' ? SINGLE_IPV4 : SINGLE_IPV6];
}
