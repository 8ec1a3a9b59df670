import { memoize } from '../../common/memoize';
import { ipaddr } from '../../libraries/addresses';

type Address = ReturnType<typeof ipaddr.process>;
type Range = [network: Address, bits: number];

const SINGLE_IPV4 = 32;
const SINGLE_IPV6 = 128;
/** How many bits an IPv4 address written as IPv6 has in front of it. */
const MAPPED_BITS = 96;

/** A user's list of addresses and ranges. */
export interface AllowedAddresses {
	/** Whether nothing was entered, so that everybody is allowed. */
	isEmpty: boolean;
	ranges: readonly Range[];
	/** Entries that are no address and no range. */
	wrong: readonly string[];
}

/**
 * Reads a list of addresses and ranges; the same text is read once.
 *
 * @param text IPv4, IPv6 or CIDR ranges, separated by commas, spaces or new lines; '' for everybody
 */
export const readAllowedAddresses = memoize((text: string): AllowedAddresses => {
	const entries = text.split(/[\s,;，；]+/).filter((entry) => entry !== '');
	const read = entries.map((entry) => ({ entry, range: rangeOf(entry) }));
	return {
		isEmpty: text === '',
		ranges: read.flatMap(({ range }) => (range === undefined ? [] : [range])),
		wrong: read.filter(({ range }) => range === undefined).map(({ entry }) => entry),
	};
});

/**
 * Whether a callback may come from an address.
 *
 * @param allowed what the user entered
 * @param sender as Express gives it, which minds n8n's N8N_PROXY_HOPS; undefined when unknown
 */
export function isAllowed(
	{ isEmpty, ranges }: AllowedAddresses,
	sender: string | undefined,
): boolean {
	if (isEmpty) return true;
	if (sender === undefined || !ipaddr.isValid(sender)) return false;
	// An IPv4 sender may come as IPv6, such as ::ffff:203.0.113.7.
	const address = ipaddr.process(sender);
	return ranges.some(
		([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
	);
}

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
